/** O3, dead letters: what actors could not take, by cause; each group is retried in phases, parked here, or dropped with a reason. */
import { useMemo, useState } from "react";
import type { DeadLetter, DeadPage } from "../../../../protocols/dead-letter.ts";
import { call } from "../../api/call.ts";
import { Panel } from "../../components/panel.tsx";
import { Sparkline } from "../../components/sparkline.tsx";
import { useNow } from "../../state/clock.ts";
import { usePolled } from "../../state/polled.ts";
import { useStore } from "../../state/store.ts";
import { ago, moment } from "../../state/time-text.ts";
import { LetterGroupView } from "./letter-group-view.tsx";
import { arrivals, groupLetters, type LetterGroup } from "./letter-groups.ts";
import { isParked, parkedGroups, parkGroup, takeUpGroup } from "./parked-groups.ts";

/** Groups are made of at most so many; the oldest come first, so that the rest follows when these are dealt with. */
const mostPages = 5;

async function askLetters(): Promise<{ items: readonly DeadLetter[]; total: number }> {
  const items: DeadLetter[] = [];
  let total = 0;
  let after: string | undefined;
  for (let i = 0; i < mostPages; i++) {
    const page: DeadPage = await call("deadLetters", { query: { limit: "200", after } });
    items.push(...page.items);
    total = page.total;
    if (page.next === null) break;
    after = String(page.next);
  }
  return { items, total };
}

export function DeadLettersPage() {
  const polled = usePolled(askLetters, 4_000);
  const now = useNow();
  const [chosen, setChosen] = useState("");
  const [withParked, setWithParked] = useState(false);
  const parked = useStore(parkedGroups, (all) => all);
  const items = polled.value?.items ?? [];
  const groups = useMemo(() => groupLetters(items), [items]);
  const shown = groups.filter((group) => withParked || !isParked(parked, group));
  const newest = Math.max(...items.map(({ at }) => at));
  const open = shown.find(({ fingerprint }) => fingerprint === chosen) ?? shown[0];
  return (
    <div className="mx-auto w-full max-w-[100rem] space-y-5 p-5">
      <h1 className="sr-only">Dead letters</h1>
      <Panel
        title="Dead letters"
        testId="dead-letters"
        asOf={polled.at}
        problem={polled.problem}
        detail={
          polled.value &&
          (items.length === 0
            ? "none"
            : `${polled.value.total} in ${groups.length} ${groups.length === 1 ? "group" : "groups"} · oldest ${ago(now - (items[0]?.at ?? now))} · newest ${ago(now - newest)}`)
        }
        aside={
          <label className="flex items-center gap-2">
            <input
              type="checkbox"
              className="accent-accent size-4"
              checked={withParked}
              onChange={(event) => setWithParked(event.target.checked)}
            />
            Include parked
          </label>
        }
      >
        {shown.length === 0 && (
          <p className="text-ink-soft p-4">
            {!polled.value
              ? "Fetching…"
              : items.length > 0
                ? "Every group is parked on this screen. A group comes back when a letter joins it."
                : "No dead letters: every message was taken. What an actor can't take will wait here with its cause, for 90 days."}
          </p>
        )}
        <ul className="divide-line divide-y">
          {shown.map((group) => (
            <GroupRow
              key={group.fingerprint}
              group={group}
              open={group === open}
              parked={isParked(parked, group)}
              onOpen={() => setChosen(group.fingerprint)}
            />
          ))}
        </ul>
      </Panel>
      {open && <LetterGroupView key={open.fingerprint} group={open} onChanged={polled.reload} />}
    </div>
  );
}

function GroupRow(props: { group: LetterGroup; open: boolean; parked: boolean; onOpen: () => void }) {
  const { group, open, parked, onOpen } = props;
  const now = useNow();
  const [first, last] = [group.letters[0], group.letters.at(-1)];
  return (
    <li
      data-testid="letter-group"
      data-fingerprint={group.fingerprint}
      className={`flex flex-wrap items-center gap-x-4 px-4 py-1 ${open ? "bg-accent-soft" : ""}`}
    >
      <button
        type="button"
        aria-expanded={open}
        onClick={onOpen}
        className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-3 rounded py-1 text-left"
      >
        <span className="text-dead-text w-16 text-right font-semibold">
          <span aria-hidden="true">✝ </span>
          {group.letters.length}
        </span>
        <span className="font-medium">{group.cause}</span>
        <span className="text-ink-soft">
          {group.kind} · {group.types.slice(0, 3).join(", ")}
        </span>
      </button>
      <span className="text-ink-soft text-[13px]">
        first {first && moment(first.at, now)} · last {last && moment(last.at, now)}
      </span>
      <Sparkline values={arrivals(group.letters, now)} label="When they came" width={72} />
      <button
        type="button"
        className="text-accent-text rounded px-1 hover:underline"
        onClick={() => (parked ? takeUpGroup(group) : parkGroup(group))}
      >
        {parked ? "Take up" : "Park"}
      </button>
    </li>
  );
}
