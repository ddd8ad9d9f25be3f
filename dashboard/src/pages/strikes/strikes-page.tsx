/** M4, strikes: an inbox, who is locked first; beside it the evidence, and the decision with its reason. */
import { useState } from "react";
import type { MissRow } from "../../../../protocols/api/misses.ts";
import { call } from "../../api/call.ts";
import { MissEvidence, missWord } from "../../components/miss-evidence.tsx";
import { MissList } from "../../components/miss-list.tsx";
import { Panel } from "../../components/panel.tsx";
import { ReasonForm } from "../../components/reason-form.tsx";
import { useNow } from "../../state/clock.ts";
import { floor } from "../../state/floor.ts";
import { usePolled } from "../../state/polled.ts";
import { linkTo } from "../../state/route.ts";
import { useStore } from "../../state/store.ts";
import { ago } from "../../state/time-text.ts";
import { type Case, casesOf } from "./cases.ts";

const ask = () => call("misses");

export function StrikesPage() {
  const polled = usePolled(ask, 4_000);
  const people = useStore(floor, (now) => now.employees);
  const [chosen, setChosen] = useState("");
  const { needsYou, warned, rest } = casesOf(polled.value?.items ?? [], people);
  const all = [...needsYou, ...warned, ...rest];
  const open = all.find(({ employee }) => employee === chosen) ?? all[0];
  return (
    <div className="mx-auto grid w-full max-w-[100rem] items-start gap-5 p-5 lg:grid-cols-[24rem_1fr]">
      <h1 className="sr-only">Strikes</h1>
      <Panel title="Strikes" testId="strikes" asOf={polled.at} problem={polled.problem}>
        {polled.value && all.length === 0 && (
          <p className="text-ink-soft p-4">
            Nothing was missed. When somebody is locked after a fourth strike, they wait here for your
            decision.
          </p>
        )}
        <Group title="Needs you" cases={needsYou} open={open} onOpen={setChosen} />
        <Group title="Warned: one more locks" cases={warned} open={open} onOpen={setChosen} />
        <Group title="Others who missed" cases={rest} open={open} onOpen={setChosen} />
      </Panel>
      {open && <CaseView key={open.employee} one={open} onDone={polled.reload} />}
    </div>
  );
}

interface GroupProps {
  readonly title: string;
  readonly cases: readonly Case[];
  readonly open: Case | undefined;
  readonly onOpen: (employee: string) => void;
}

function Group({ title, cases, open, onOpen }: GroupProps) {
  const now = useNow();
  if (cases.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="eyebrow px-4 pt-3 pb-1">
        {title} ({cases.length})
      </h3>
      <ul>
        {cases.map(({ employee, name, locked, strikes, misses }) => (
          <li key={employee}>
            <button
              type="button"
              aria-pressed={employee === open?.employee}
              onClick={() => onOpen(employee)}
              className="aria-pressed:bg-accent-soft hover:bg-sunken flex w-full items-baseline gap-3 px-4 py-2 text-left"
            >
              <span aria-hidden="true" className={locked ? "text-bad-text" : "text-ink-soft"}>
                {locked ? "▣" : "●"}
              </span>
              <span className="flex-1 font-medium">{name}</span>
              <span className="text-ink-soft">
                {locked ? "locked" : `${strikes} of 4`} · {ago(now - (misses[0]?.endedAt ?? now))}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function CaseView({ one, onDone }: { one: Case; onDone: () => void }) {
  const { employee, name, locked, strikes, misses } = one;
  const [last, ...earlier] = misses;
  return (
    <div className="space-y-5">
      <Panel
        title={name}
        testId="strike-case"
        detail={locked ? `locked, ${strikes} strikes` : `${strikes} of 4 strikes`}
        aside={
          <a className="text-accent-text rounded hover:underline" href={linkTo("people", employee)}>
            Day, figures, all work
          </a>
        }
      >
        <div className="space-y-4 p-4">
          {last && <Last miss={last} />}
          {locked && (
            <ReasonForm
              label={`Your reason, shown to ${name}. Unlocking clears all strikes; they stay in the history.`}
              onDone={onDone}
              choices={[
                {
                  name: "Unlock",
                  act: (reason) => call("unlock", { params: { employee }, body: { reason } }),
                },
              ]}
            />
          )}
        </div>
      </Panel>
      {earlier.length > 0 && (
        <Panel title="Earlier" detail={`${earlier.length}`}>
          <MissList misses={earlier} />
        </Panel>
      )}
    </div>
  );
}

/** Mostly somebody's machine, not the person: more than a third of those who worked then. */
const together = ({ othersActive, othersMissed }: MissRow) =>
  othersMissed >= 2 && othersMissed / othersActive >= 0.3;

function Last({ miss }: { miss: MissRow }) {
  const { mark, word, colour } = missWord(miss);
  return (
    <section aria-label="The last one" className="space-y-2">
      <p>
        <span className={colour}>
          <span aria-hidden="true">{mark} </span>
          {word}
        </span>{" "}
        · {miss.title} at {miss.company}
      </p>
      <MissEvidence miss={miss} />
      {together(miss) && (
        <p className="text-warn-text">
          <span aria-hidden="true">▲ </span>
          So many at once point to our side rather than to {miss.name}.
        </p>
      )}
    </section>
  );
}
