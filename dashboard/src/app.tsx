/** Which page is shown: by session and role. The pages of each role are loaded only when they are needed. */
import { lazy, Suspense, useEffect, useState } from "react";
import type { Me } from "../../protocols/api/http.ts";
import { sentence } from "./api/problem.ts";
import { Button } from "./components/button.tsx";
import { Notice } from "./components/notice.tsx";
import { type Place, Shell } from "./components/shell.tsx";
import { LoginPage } from "./pages/login/login-page.tsx";
import { setAvailable } from "./state/board.ts";
import { mine } from "./state/my-state.ts";
import { useRoute } from "./state/route.ts";
import { logIn, logOut, resume, session } from "./state/session.ts";
import { useStore } from "./state/store.ts";

const EmployeeHome = lazy(() =>
  import("./pages/employee-home.tsx").then((m) => ({ default: m.EmployeeHome })),
);
const FloorPage = lazy(() => import("./pages/floor/floor-page.tsx").then((m) => ({ default: m.FloorPage })));
const BoardsPage = lazy(() =>
  import("./pages/boards/boards-page.tsx").then((m) => ({ default: m.BoardsPage })),
);
const CandidatesPage = lazy(() =>
  import("./pages/candidates/candidates-page.tsx").then((m) => ({ default: m.CandidatesPage })),
);
const OpsPage = lazy(() => import("./pages/ops/ops-page.tsx").then((m) => ({ default: m.OpsPage })));

export function App() {
  const now = useStore(session, (s) => s);
  useEffect(() => void resume(), []);
  switch (now.state) {
    case "asking":
      return <p className="sr-only">Callboard is starting…</p>;
    case "unreachable":
      return (
        <main className="mx-auto grid min-h-dvh max-w-md place-content-center gap-3 p-4">
          <h1 className="text-xl font-semibold">Callboard</h1>
          <Notice tone="warn" role="alert">
            The server cannot be reached. It may be starting.
          </Notice>
          <Button onClick={() => void resume()}>Try again</Button>
        </main>
      );
    case "signed-out":
      return <LoginPage signIn={logIn} />;
    case "signed-in":
      return <Home me={now.me} />;
  }
}

const boards: Place = { route: "boards", name: "Boards" };
/** Home first. */
const places: Record<Me["role"], readonly Place[]> = {
  employee: [{ route: "", name: "Review" }],
  manager: [{ route: "", name: "Floor" }, { route: "candidates", name: "Candidates" }, boards],
  ops: [{ route: "", name: "System" }, boards],
};

const keys: Record<Me["role"], ReadonlyArray<readonly [string, string]>> = {
  employee: [
    ["o", "Go online or offline"],
    ["Ctrl/⌘ Enter", "Approve and send"],
    ["r", "Return the task"],
    ["x", "Reject the posting"],
  ],
  manager: [],
  ops: [],
};

function Home({ me }: { me: Me }) {
  const [problem, setProblem] = useState("");
  const named = useRoute();
  // An address of another role's page, or of none, leads home.
  const route = places[me.role].some((place) => place.route === named) ? named : "";
  const switchBoard = () => {
    const status = mine.get().now?.status;
    if (status === "away" || status === "free") void setAvailable(status === "away");
  };
  return (
    <Shell
      places={places[me.role]}
      route={route}
      person={me.name}
      signOut={() => void logOut().catch((error) => setProblem(sentence(error)))}
      shortcuts={me.role === "employee" ? { o: switchBoard } : {}}
      keys={keys[me.role]}
    >
      {problem && (
        <Notice tone="bad" role="alert">
          {problem}
        </Notice>
      )}
      <Suspense fallback={<p className="text-ink-soft p-6">Loading…</p>}>
        {route === "boards" ? (
          <BoardsPage />
        ) : route === "candidates" ? (
          <CandidatesPage />
        ) : me.role === "employee" ? (
          <EmployeeHome />
        ) : me.role === "manager" ? (
          <FloorPage />
        ) : (
          <OpsPage />
        )}
      </Suspense>
    </Shell>
  );
}
