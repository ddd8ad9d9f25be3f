/** Actors that their supervisor parked with their mailbox: why, how much waits, and the way on. Nothing is drawn if there is none. */
import { call } from "../../api/call.ts";
import { usePolled } from "../../state/polled.ts";
import { ResumeForm } from "./resume-form.tsx";

const askPaused = () => call("pausedActors");

export function PausedActorsPanel() {
  const items = usePolled(askPaused, 5_000).value?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="paused-title" className="panel" data-testid="paused-actors">
      <h2 id="paused-title" className="border-line border-b px-4 py-3 text-base font-semibold">
        Parked by their supervisor <span className="text-ink-soft font-normal">{items.length}</span>
      </h2>
      <ul className="divide-line divide-y">
        {items.map(({ address, reason, mail }) => (
          <li key={address} className="space-y-2 px-4 py-3" data-testid="paused-actor">
            <p>
              <span className="font-medium">{address}</span>{" "}
              <span className="text-ink-soft break-words">
                {reason || "No node has it in memory."} {mail}{" "}
                {mail === 1 ? "message waits." : "messages wait."}
              </span>
            </p>
            <ResumeForm address={address} />
          </li>
        ))}
      </ul>
    </section>
  );
}
