/** O4, breakers: each in words, with its last six hours, the bot that applies there, and what may be done by hand. */

import type { BoardAction } from "../../../../protocols/api/boards.ts";
import type { Breaker } from "../../../../protocols/api/ops.ts";
import { call } from "../../api/call.ts";
import { Button } from "../../components/button.tsx";
import { Panel } from "../../components/panel.tsx";
import { type StateLook, StateTimeline } from "../../components/state-timeline.tsx";
import { useNow } from "../../state/clock.ts";
import { useCurrent } from "../../state/paused.ts";
import { usePolled } from "../../state/polled.ts";
import { duration, moment } from "../../state/time-text.ts";
import { useAttempt } from "../../state/use-attempt.ts";

type State = Breaker["history"][number]["state"];

const looks: Record<State, StateLook & { mark: string; text: string }> = {
  open: { word: "open", mark: "╳", fill: "fill-bad", text: "text-bad-text", height: 1 },
  "half-open": { word: "half-open", mark: "┄", fill: "fill-warn", text: "text-warn-text", height: 0.65 },
  closed: { word: "closed", mark: "─", fill: "fill-good", text: "text-good-text", height: 0.3 },
  off: { word: "switched off", mark: "○", fill: "fill-off", text: "text-ink-soft", height: 0.15 },
  "not-allowed": { word: "not allowed", mark: "○", fill: "fill-off", text: "text-ink-soft", height: 0.15 },
};
const shownMs = 6 * 3_600_000;
const ask = () => call("breakers");

export function BreakersPage() {
  const polled = usePolled(ask, 2_500);
  const items = polled.value?.items ?? [];
  const count = (state: string) => items.filter(({ standing }) => standing.state === state).length;
  const bots = items.filter(({ applier }) => applier?.trouble).length;
  return (
    <div className="mx-auto w-full max-w-[100rem] p-5">
      <h1 className="sr-only">Breakers</h1>
      <Panel
        title="Breakers"
        testId="breakers"
        asOf={polled.at}
        problem={polled.problem}
        detail={
          polled.value
            ? `${count("closed")} closed · ${count("half-open")} half-open · ${count("open")} open · ${count("off") + count("not-allowed")} off${bots > 0 ? ` · ${bots} ${bots === 1 ? "bot pauses" : "bots pause"}` : ""}`
            : "asking…"
        }
      >
        {polled.value && items.length === 0 && (
          <p className="text-ink-soft p-4">
            No board is watched yet: add one under Boards, and its breaker shows here.
          </p>
        )}
        <ul className="divide-line divide-y">
          {items.map((breaker) => (
            <BreakerRow key={breaker.standing.board.portal} breaker={breaker} onDone={polled.reload} />
          ))}
        </ul>
      </Panel>
    </div>
  );
}

function BreakerRow({ breaker, onDone }: { breaker: Breaker; onDone: () => void }) {
  const { standing, history, applier } = breaker;
  const now = useNow();
  const state: State = standing.state === "removed" ? "off" : standing.state;
  const { mark, word, text } = looks[state];
  const from = now - shownMs;
  const opened = history.filter((one) => one.state === "open").length;
  return (
    <li
      className="grid items-center gap-x-5 gap-y-1 px-4 py-2.5 lg:grid-cols-[8.5rem_minmax(14rem,1.3fr)_minmax(12rem,1fr)_26rem]"
      data-testid="breaker"
      data-portal={standing.board.portal}
      data-state={standing.state}
    >
      <span className={`font-semibold uppercase ${text}`}>
        <span aria-hidden="true">{mark} </span>
        {word}
      </span>
      <span className="min-w-0">
        <span className="font-medium">{standing.board.company}</span>{" "}
        <span className="text-ink-soft">{standing.board.adapter}</span>
        <span className="text-ink-soft block text-[13px] break-words">
          since {moment(standing.since, now)}
          {opened > 1 && `, opened ${opened} times in 6 h`}
          {standing.reason && ` · ${standing.reason}`}
          {state === "off" &&
            standing.nextLookAt === null &&
            " · until it is switched on, under Boards or here"}
          {standing.nextLookAt !== null &&
            ` · next ${state === "closed" ? "look" : "probe"} in ${duration(standing.nextLookAt - now)}`}
        </span>
        <Bot applier={applier} />
      </span>
      <StateTimeline
        label={`${standing.board.company}, the last six hours`}
        pieces={
          history.length === 0
            ? [{ from, state }]
            : [{ from, state: "closed" }, ...history.map(({ at, state: was }) => ({ from: at, state: was }))]
        }
        from={from}
        until={now}
        looks={looks}
      />
      <Overrides portal={standing.board.portal} state={state} onDone={onDone} />
    </li>
  );
}

function Bot({ applier }: Pick<Breaker, "applier">) {
  if (applier === null)
    return <span className="text-ink-soft block text-[13px]">its bot has not answered</span>;
  return (
    <span className={`block text-[13px] ${applier.trouble ? "text-warn-text" : "text-ink-soft"}`}>
      bot:{" "}
      {applier.trouble
        ? `pauses, ${applier.trouble}`
        : applier.mode === "live"
          ? "sends forms"
          : applier.mode === "dry-run"
            ? "fills forms without sending"
            : "not switched yet"}
      {applier.waiting > 0 && ` · ${applier.waiting} wait`}
    </span>
  );
}

/** What can be done by hand, none of it for good: each says until when it holds. */
const actions: Readonly<Record<State, ReadonlyArray<readonly [BoardAction, string]>>> = {
  open: [
    ["look", "Probe now"],
    ["reset", "Close until it fails"],
    ["hold", "Switch off for an hour"],
  ],
  "half-open": [
    ["reset", "Close until it fails"],
    ["hold", "Switch off for an hour"],
  ],
  closed: [
    ["look", "Look now"],
    ["hold", "Switch off for an hour"],
  ],
  off: [["switch-on", "Switch on"]],
  "not-allowed": [],
};

function Overrides({ portal, state, onDone }: { portal: string; state: State; onDone: () => void }) {
  const current = useCurrent();
  const { pending, problem, attempt } = useAttempt();
  return (
    <span className="flex flex-wrap items-center justify-end gap-2">
      {actions[state].map(([action, name]) => (
        <Button
          key={action}
          disabled={pending || !current}
          onClick={() =>
            void attempt(async () => {
              await call("boardAction", { params: { portal, action } });
              onDone();
            })
          }
        >
          {name}
        </Button>
      ))}
      {state === "not-allowed" && <span className="text-ink-soft text-[13px]">by CALLBOARD_PORTALS_OFF</span>}
      {problem && (
        <span role="alert" className="text-bad-text text-[13px]">
          {problem}
        </span>
      )}
    </span>
  );
}
