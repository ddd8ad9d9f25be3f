/** Which page is shown: by session and role. */
import { Suspense, useEffect, useState } from "react";
import type { Me } from "../../protocols/api/http.ts";
import { sentence } from "./api/problem.ts";
import { Button } from "./components/button.tsx";
import { Notice } from "./components/notice.tsx";
import { Shell } from "./components/shell.tsx";
import { LoginPage } from "./pages/login/login-page.tsx";
import { PasswordPage } from "./pages/password-page.tsx";
import { pages } from "./pages.tsx";
import { roleCommands, roleKeys, roleShortcuts, typedCommands } from "./role-commands.ts";
import { useRoute } from "./state/route.ts";
import { changePassword, logIn, logOut, resume, session } from "./state/session.ts";
import { useStore } from "./state/store.ts";

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
      return now.me.passwordOnce ? (
        <PasswordPage name={now.me.name} change={changePassword} signOut={() => void logOut()} />
      ) : (
        <Home me={now.me} />
      );
  }
}

function Home({ me }: { me: Me }) {
  const [problem, setProblem] = useState("");
  const named = useRoute();
  const places = pages[me.role];
  // An address of another role's page, or of none, leads home.
  const place = places.find(({ route }) => route === named.page) ?? places[0];
  if (!place) throw new Error(`The role ${me.role} has no page.`);
  return (
    <Shell
      places={places}
      route={place.route}
      person={me.name}
      signOut={() => void logOut().catch((error) => setProblem(sentence(error)))}
      shortcuts={roleShortcuts[me.role]}
      keys={roleKeys[me.role]}
      commands={() => roleCommands(me.role)}
      fromTyped={(typed) => typedCommands(me.role, typed)}
    >
      {problem && (
        <Notice tone="bad" role="alert">
          {problem}
        </Notice>
      )}
      <Suspense key={place.route} fallback={<p className="text-ink-soft p-6">Loading…</p>}>
        <place.Page of={place.route === named.page ? named.of : ""} />
      </Suspense>
    </Shell>
  );
}
