/** O1, the system: each part with a word for its state, the live figures, and what has just happened. */
import { call } from "../../api/call.ts";
import { EventsPanel } from "../../components/events-panel.tsx";
import { KpiTiles, LiveTiles } from "../../components/metric-tiles.tsx";
import { Notice } from "../../components/notice.tsx";
import { usePolled } from "../../state/polled.ts";
import { ApplicationsPanel } from "../applications/applications-panel.tsx";
import { DeadLettersPanel } from "./dead-letters-panel.tsx";
import { PausedActorsPanel } from "./paused-actors-panel.tsx";

/** Unready is an answer too: 503 with the same body. */
const askHealth = () => call("health", {}, 503);
const askEvents = () => call("events", { query: { limit: "50" } });

export function OpsPage() {
  const health = usePolled(askHealth, 5_000);
  const events = usePolled(askEvents, 3_000);
  return (
    <div className="mx-auto w-full max-w-[100rem] space-y-5 p-5">
      <h1 className="sr-only">System</h1>
      <section
        aria-labelledby="health-title"
        className="panel"
        data-testid="health"
        data-ok={health.value?.ok}
      >
        <h2 id="health-title" className="border-line border-b px-4 py-3 text-base font-semibold">
          System{" "}
          <span className="text-ink-soft font-normal">
            {!health.value ? "asking…" : health.value.ok ? "ready" : "not ready"}
          </span>
        </h2>
        {health.problem && (
          <div className="p-3">
            <Notice tone="warn">{health.problem} What is shown may be out of date.</Notice>
          </div>
        )}
        <ul className="divide-line divide-y">
          {health.value?.parts.map((part) => (
            <li
              key={part.name}
              className="grid grid-cols-[10rem_9rem_1fr] gap-3 px-4 py-2"
              data-testid="health-part"
              data-ok={part.ok}
            >
              <span className="font-medium">{part.name}</span>
              <span>
                {part.ok ? (
                  <>
                    <span aria-hidden="true" className="text-good">
                      ●{" "}
                    </span>
                    ok
                  </>
                ) : (
                  <span className={part.required ? "text-bad-text" : "text-warn-text"}>
                    <span aria-hidden="true">{part.required ? "✕ " : "▲ "}</span>
                    {part.required ? "not ready" : "missing"}
                  </span>
                )}
              </span>
              <span className="text-ink-soft min-w-0 break-words">{part.detail}</span>
            </li>
          ))}
        </ul>
      </section>
      <PausedActorsPanel />
      <DeadLettersPanel />
      <section aria-label="Figures" className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-5">
        <LiveTiles />
        <KpiTiles />
      </section>
      <div className="grid grid-cols-1 gap-5 xl:grid-cols-[1.7fr_1fr]">
        <ApplicationsPanel canDecide={false} />
        <EventsPanel
          facts={events.value?.items ?? []}
          empty={events.problem || (events.value ? "Nothing has happened yet." : "Fetching…")}
        />
      </div>
    </div>
  );
}
