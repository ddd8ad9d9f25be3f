/** M4, strikes and appeals: an inbox, oldest first; beside it the evidence and the decision. The system records, a person decides. */
import { useState } from "react";
import type { StrikeRow } from "../../../../protocols/api/strikes.ts";
import { call } from "../../api/call.ts";
import { Button } from "../../components/button.tsx";
import { MissEvidence, StrikeWord } from "../../components/miss-evidence.tsx";
import { Panel } from "../../components/panel.tsx";
import { ReasonForm } from "../../components/reason-form.tsx";
import { useNow } from "../../state/clock.ts";
import { usePolled } from "../../state/polled.ts";
import { linkTo } from "../../state/route.ts";
import { ago } from "../../state/time-text.ts";
import { Incidents } from "./incidents.tsx";

const ask = async () => {
  const [needsYou, all] = await Promise.all([
    call("strikes", { query: { show: "needs-you", limit: "100" } }),
    call("strikes", { query: { show: "all", limit: "100" } }),
  ]);
  return { needsYou: needsYou.items, all: all.items };
};

const keyOf = ({ employee, entry }: StrikeRow) => `${employee} ${entry.application} ${entry.assignment}`;

export function StrikesPage() {
  const polled = usePolled(ask, 3_000);
  const [chosen, setChosen] = useState("");
  const needsYou = polled.value?.needsYou ?? [];
  const waiting = new Set(needsYou.map(keyOf));
  const rest = (polled.value?.all ?? []).filter((row) => !waiting.has(keyOf(row)));
  const every = [...needsYou, ...rest];
  const open = every.find((row) => keyOf(row) === chosen) ?? every[0];
  return (
    <div className="mx-auto grid w-full max-w-[100rem] items-start gap-5 p-5 lg:grid-cols-[26rem_1fr]">
      <h1 className="sr-only">Strikes and appeals</h1>
      <Panel title="Strikes" testId="strikes" asOf={polled.at} problem={polled.problem}>
        {polled.value && every.length === 0 && (
          <p className="text-ink-soft p-4">
            Nothing was missed. Appeals, and whoever is locked, wait here for your decision.
          </p>
        )}
        <Group title="Needs you" rows={needsYou} open={open} onOpen={setChosen} />
        <Group title="Others" rows={rest} open={open} onOpen={setChosen} />
      </Panel>
      <div className="space-y-5">
        {open && <CaseView key={keyOf(open)} row={open} onDone={polled.reload} />}
        <Incidents onDone={polled.reload} />
      </div>
    </div>
  );
}

interface GroupProps {
  readonly title: string;
  readonly rows: readonly StrikeRow[];
  readonly open: StrikeRow | undefined;
  readonly onOpen: (key: string) => void;
}

function Group({ title, rows, open, onOpen }: GroupProps) {
  const now = useNow();
  if (rows.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="eyebrow px-4 pt-3 pb-1">
        {title} ({rows.length})
      </h3>
      <ul className="max-h-[24rem] overflow-y-auto">
        {rows.map((row) => (
          <li key={keyOf(row)}>
            <button
              type="button"
              aria-pressed={open && keyOf(row) === keyOf(open)}
              onClick={() => onOpen(keyOf(row))}
              className="aria-pressed:bg-accent-soft hover:bg-sunken flex w-full items-baseline gap-3 px-4 py-2 text-left"
            >
              <span className="flex-1 font-medium">
                {row.locked && (
                  <span className="text-bad-text">
                    <span aria-hidden="true">▣ </span>
                    <span className="sr-only">locked: </span>
                  </span>
                )}
                {row.name}
              </span>
              <StrikeWord entry={row.entry} />
              <span className="text-ink-soft">{ago(now - row.entry.at)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function CaseView({ row, onDone }: { row: StrikeRow; onDone: () => void }) {
  const { employee, name, locked, entry } = row;
  const counts = entry.state === "issued" || entry.state === "appealed" || entry.state === "upheld";
  const decide = (label: string, decision: "void" | "uphold" | "keep-locked") => ({
    name: label,
    act: (reason: string) =>
      call("decideStrike", {
        params: { employee },
        body: { application: entry.application, assignment: entry.assignment, decision, reason },
      }),
  });
  return (
    <Panel
      title={name}
      testId="strike-case"
      detail={locked ? "the account is locked" : ""}
      aside={
        <a className="text-accent-text rounded hover:underline" href={linkTo("people", employee)}>
          Day, figures, all work
        </a>
      }
    >
      <div className="space-y-4 p-4">
        <p>
          <StrikeWord entry={entry} /> · {entry.title} at {entry.company}
        </p>
        <MissEvidence entry={entry} />
        {(counts || locked) && (
          <ReasonForm
            label={`Your reason, shown to ${name}`}
            onDone={onDone}
            choices={[
              decide(locked ? "Void, and unlock if it falls below" : "Void", "void"),
              decide(locked ? "Uphold, unlock with a warning" : "Uphold", "uphold"),
              ...(locked ? [decide("Keep locked", "keep-locked")] : []),
            ]}
          />
        )}
        {locked && (
          <ReasonForm
            label="Or clear the slate: all strikes end, and stay in the history"
            onDone={onDone}
            choices={[
              { name: "Unlock", act: (reason) => call("unlock", { params: { employee }, body: { reason } }) },
            ]}
          />
        )}
        {!counts && !locked && <Button disabled>Nothing to decide</Button>}
      </div>
    </Panel>
  );
}
