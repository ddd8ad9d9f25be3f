/** All applications, and what only a manager can move. */
import { session } from "../../state/session.ts";
import { useStore } from "../../state/store.ts";
import { NeedsYou } from "../floor/needs-you.tsx";
import { ApplicationsPanel } from "./applications-panel.tsx";

export function ApplicationsPage() {
  const decides = useStore(session, (now) => now.state === "signed-in" && now.me.role === "manager");
  return (
    <div className="mx-auto w-full max-w-[100rem] space-y-5 p-5">
      <h1 className="sr-only">Applications</h1>
      {decides && <NeedsYou />}
      <ApplicationsPanel canDecide={decides} />
    </div>
  );
}
