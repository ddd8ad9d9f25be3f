/** O2, actors: counts by kind first, then the unusual ones; one of them with its machine as it runs. Never all of them. */
import { useCallback, useState } from "react";
import type { KindRow } from "../../../../protocols/api/ops.ts";
import type { ActorLine } from "../../../../protocols/inspection.ts";
import { call } from "../../api/call.ts";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { FindField } from "../../components/find-field.tsx";
import { Panel } from "../../components/panel.tsx";
import { Sparkline } from "../../components/sparkline.tsx";
import type { PageProps } from "../../pages.tsx";
import { useNow } from "../../state/clock.ts";
import { usePolled } from "../../state/polled.ts";
import { linkTo } from "../../state/route.ts";
import { ago } from "../../state/time-text.ts";
import { ActorView } from "./actor-view.tsx";
import { PausedActorsPanel } from "./paused-actors-panel.tsx";

const askKinds = () => call("actorKinds");

export function ActorsPage({ of }: PageProps) {
  const kinds = usePolled(askKinds, 3_000);
  const [kind, setKind] = useState("any");
  const rows = kinds.value?.items ?? [];
  const sum = (pick: (row: KindRow) => number) => rows.reduce((total, row) => total + pick(row), 0);
  if (of !== "") return <ActorView key={of} address={of} />;
  return (
    <div className="mx-auto w-full max-w-[100rem] space-y-5 p-5">
      <h1 className="sr-only">Actors</h1>
      <PausedActorsPanel />
      <Panel
        title="Actors"
        testId="kinds"
        asOf={kinds.at}
        problem={kinds.problem}
        detail={`${rows.length} kinds · ${sum(({ actors }) => actors)} stored · ${sum(({ resident }) => resident ?? 0)} in memory · ${sum(({ mail }) => mail)} messages wait`}
      >
        <DataTable
          label="Kinds of actors"
          columns={kindColumns(setKind)}
          rows={rows}
          keyOf={(row) => row.kind}
          chosen={kind}
        />
      </Panel>
      <ActorList kind={kind} onKind={setKind} kinds={rows.map((row) => row.kind)} />
    </div>
  );
}

const kindColumns = (choose: (kind: string) => void): ReadonlyArray<Column<KindRow>> => [
  {
    ...{ name: "Kind", width: "10rem" },
    cell: ({ kind }) => (
      <button
        type="button"
        className="text-accent-text rounded font-medium hover:underline"
        onClick={() => choose(kind)}
      >
        {kind}
      </button>
    ),
  },
  { name: "Stored", width: "5rem", right: true, cell: ({ actors }) => actors },
  { name: "In memory", width: "6rem", right: true, cell: ({ resident }) => resident ?? "–" },
  { name: "Messages/s", width: "7rem", right: true, cell: ({ perSecond }) => perSecond?.toFixed(1) ?? "–" },
  { name: "Waiting", width: "6rem", right: true, cell: ({ mail }) => mail },
  { name: "Timers", width: "5rem", right: true, cell: ({ timers }) => timers },
  {
    ...{ name: "Set aside", width: "6rem", right: true },
    cell: ({ parked }) => (
      <span className={parked > 0 ? "text-warn-text" : ""}>{parked > 0 ? `▲ ${parked}` : 0}</span>
    ),
  },
  { name: "Failed turns/h", width: "8rem", right: true, cell: ({ failures }) => failures ?? "–" },
  {
    ...{ name: "Last hour", right: true },
    cell: ({ kind, series }) => (
      <span className="inline-flex justify-end">
        <Sparkline
          values={series}
          label={`Messages to ${kind} per second, lately`}
          max={Math.max(0.5, ...series)}
        />
      </span>
    ),
  },
];

function ActorList(props: { kind: string; kinds: readonly string[]; onKind: (kind: string) => void }) {
  const { kind, kinds, onKind } = props;
  const [find, setFind] = useState("");
  const ask = useCallback(
    () => call("actors", { params: { kind }, query: { find: find || undefined, limit: "200" } }),
    [kind, find],
  );
  const list = usePolled(ask, 3_000);
  const now = useNow();
  const rows = list.value?.items ?? [];
  const columns: ReadonlyArray<Column<ActorLine>> = [
    {
      name: "Actor",
      cell: ({ address }) => (
        <a
          className="text-accent-text rounded font-medium break-all hover:underline"
          href={linkTo("actors", address)}
        >
          {address}
        </a>
      ),
    },
    { name: "State", cell: ({ state }) => <span className="break-all">{state}</span> },
    { name: "Mail", width: "4rem", right: true, cell: ({ mail }) => mail },
    { name: "Last turn", width: "8rem", cell: ({ lastTurnAt }) => ago(now - lastTurnAt) },
    {
      name: "Unusual",
      cell: ({ unusual }) =>
        unusual ? (
          <span className="text-warn-text">▲ {unusual}</span>
        ) : (
          <span className="text-ink-soft">–</span>
        ),
    },
  ];
  return (
    <Panel
      title={kind === "any" ? "With mail or set aside" : `Of kind ${kind}`}
      testId="actor-list"
      asOf={list.at}
      problem={list.problem}
      detail={list.value ? `${rows.length} of ${list.value.total}` : "asking…"}
      aside={
        <>
          <FindField
            label="Part of an actor's address"
            hint="part of the address"
            value={find}
            onChange={setFind}
          />
          <select
            aria-label="Kind"
            className="field w-auto"
            value={kind}
            onChange={(event) => onKind(event.target.value)}
          >
            <option value="any">with mail, any kind</option>
            {kinds.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </>
      }
    >
      <DataTable
        label="Actors"
        columns={columns}
        rows={rows}
        keyOf={(row) => row.address}
        maxHeight={26}
        foot={
          rows.length === 0 &&
          list.value && (
            <p className="text-ink-soft p-4">
              {kind === "any"
                ? "No actor has mail waiting and none is set aside. Choose a kind above to see its actors."
                : "None is called like that."}
            </p>
          )
        }
      />
    </Panel>
  );
}
