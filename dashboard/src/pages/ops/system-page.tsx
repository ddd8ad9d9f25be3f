/** O1, the system: one row for each part with a word for its state and its figures, the servers it needs, and what happens. */
import type { Subsystem, SystemView } from "../../../../protocols/api/ops.ts";
import { call } from "../../api/call.ts";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { EventsPanel } from "../../components/events-panel.tsx";
import { Panel } from "../../components/panel.tsx";
import { Sparkline } from "../../components/sparkline.tsx";
import { useNow } from "../../state/clock.ts";
import { usePolled } from "../../state/polled.ts";
import { ago, moment } from "../../state/time-text.ts";
import { PausedActorsPanel } from "./paused-actors-panel.tsx";

/** Unready is an answer too: 503 with the same body. */
const askHealth = () => call("health", {}, 503);
const askEvents = () => call("events", { query: { limit: "50" } });
const askSystem = () => call("system");

export function SystemPage() {
  const system = usePolled(askSystem, 3_000);
  const events = usePolled(askEvents, 3_000);
  const items = system.value?.items ?? [];
  const bad = items.filter(({ state }) => state !== "ok").length;
  return (
    <div className="mx-auto w-full max-w-[100rem] space-y-5 p-5">
      <h1 className="sr-only">System</h1>
      <PausedActorsPanel />
      <Panel
        title="System"
        testId="subsystems"
        asOf={system.at}
        problem={system.problem}
        detail={
          !system.value
            ? "measuring…"
            : bad === 0
              ? "all parts are well"
              : `${bad} of ${items.length} need a look`
        }
      >
        <SubsystemTable items={items} />
      </Panel>
      <div className="grid gap-5 xl:grid-cols-[1.2fr_1fr]">
        <div className="space-y-5">
          <Servers />
          {system.value && <Nodes nodes={system.value.nodes} />}
        </div>
        <EventsPanel
          facts={events.value?.items ?? []}
          empty={events.problem || (events.value ? "Nothing has happened yet." : "Fetching…")}
        />
      </div>
    </div>
  );
}

const looks: Record<Subsystem["state"], { mark: string; word: string; colour: string }> = {
  ok: { mark: "●", word: "ok", colour: "text-good" },
  warn: { mark: "▲", word: "warn", colour: "text-warn-text" },
  down: { mark: "✕", word: "down", colour: "text-bad-text" },
  unknown: { mark: "○", word: "unknown", colour: "text-off" },
};

const shown = (value: number) =>
  value >= 100
    ? Math.round(value).toLocaleString("en-GB")
    : value >= 10
      ? value.toFixed(0)
      : value.toFixed(Number.isInteger(value) ? 0 : 1);
const figure = (one: Subsystem["rate"]) =>
  one === null ? (
    <span className="text-ink-soft">–</span>
  ) : (
    <>
      {shown(one.value)} <span className="text-ink-soft text-[13px]">{one.unit}</span>
    </>
  );

function SubsystemTable({ items }: { items: readonly Subsystem[] }) {
  const now = useNow();
  const columns: ReadonlyArray<Column<Subsystem>> = [
    { name: "Part", width: "7rem", cell: ({ name }) => <span className="font-medium">{name}</span> },
    {
      name: "State",
      cell: ({ state, why }) => (
        <span>
          <span aria-hidden="true" className={looks[state].colour}>
            {looks[state].mark}{" "}
          </span>
          {looks[state].word}
          {why && <span className="text-ink-soft text-[13px]"> · {why}</span>}
        </span>
      ),
    },
    { name: "Rate", width: "9rem", right: true, cell: ({ rate }) => figure(rate) },
    { name: "Errors", width: "10rem", right: true, cell: ({ errors }) => figure(errors) },
    {
      ...{ name: "p95", width: "5rem", right: true },
      cell: ({ p95Ms }) =>
        p95Ms === null
          ? "–"
          : p95Ms >= 10_000
            ? `${(p95Ms / 1_000).toFixed(0)} s`
            : `${Math.round(p95Ms)} ms`,
    },
    { name: "Queue", width: "10rem", right: true, cell: ({ queue }) => figure(queue) },
    {
      ...{ name: "Last hour", width: "7.5rem" },
      cell: ({ name, series }) => (
        <Sparkline values={series} label={`${name}: rate, lately`} max={Math.max(0.01, ...series)} />
      ),
    },
    {
      name: "Since",
      width: "6rem",
      cell: ({ since }) => <span className="text-ink-soft">{ago(now - since)}</span>,
    },
  ];
  return (
    <DataTable
      label="Parts of the system"
      columns={columns}
      rows={items}
      keyOf={(row) => row.name}
      rowHeight={3}
    />
  );
}

function Servers() {
  const health = usePolled(askHealth, 5_000);
  return (
    <div data-testid="health" data-ok={health.value?.ok}>
      <Panel
        title="What it needs"
        asOf={health.at}
        problem={health.problem}
        detail={!health.value ? "asking…" : health.value.ok ? "ready" : "not ready"}
      >
        <ul className="divide-line divide-y">
          {health.value?.parts.map((part) => (
            <li
              key={part.name}
              className="grid grid-cols-[6rem_7rem_1fr] gap-3 px-4 py-1.5"
              data-testid="health-part"
              data-ok={part.ok}
            >
              <span className="font-medium">{part.name}</span>
              {part.ok ? (
                <span>
                  <span aria-hidden="true" className="text-good">
                    ●{" "}
                  </span>
                  ok
                </span>
              ) : (
                <span className={part.required ? "text-bad-text" : "text-warn-text"}>
                  <span aria-hidden="true">{part.required ? "✕ " : "▲ "}</span>
                  {part.required ? "not ready" : "missing"}
                </span>
              )}
              <span className="text-ink-soft min-w-0 break-words">{part.detail}</span>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}

function Nodes({ nodes }: Pick<SystemView, "nodes">) {
  const now = useNow();
  return (
    <Panel title="Nodes" detail={`${nodes.length} alive`}>
      <ul className="divide-line divide-y">
        {nodes.map(({ startedAt, kinds }) => (
          <li key={startedAt} className="px-4 py-1.5">
            since {moment(Date.parse(startedAt), now)}
            <span className="text-ink-soft"> hosts {kinds.join(", ")}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
