/** E1: nothing in hand. Calm; it says whether one is seen, how one stands, and what will happen next. */
import type { MyState } from "../../../../protocols/api/socket.ts";
import { call } from "../../api/call.ts";
import { BoardSwitch } from "../../components/board-switch.tsx";
import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/notice.tsx";
import { PersonStateMark } from "../../components/person-state.tsx";
import { Standing } from "../../components/standing.tsx";
import { takeBreak } from "../../socket/line.ts";
import { board, setAvailable } from "../../state/board.ts";
import { useLive } from "../../state/freshness.ts";
import { metrics } from "../../state/metrics.ts";
import { usePolled } from "../../state/polled.ts";
import { useShortcuts } from "../../state/shortcuts.ts";
import { useStore } from "../../state/store.ts";
import { MyToday } from "./my-today.tsx";
import { SoundSetting } from "./sound-setting.tsx";

export function ReadyPage({ mine }: { mine: MyState }) {
  const online = mine.status === "free";
  const live = useLive();
  useShortcuts(online ? { b: () => void takeBreak().catch(() => undefined) } : {});
  const { pending, problem } = useStore(board, (now) => now);
  return (
    <div className="mx-auto w-full max-w-4xl space-y-6 p-6">
      <h1 className="sr-only">Ready for reviews</h1>
      <section
        className="panel flex flex-col items-center gap-5 px-6 py-10 text-center"
        aria-label="The board"
        data-testid="board"
        data-status={mine.status}
      >
        <div className="flex flex-wrap items-center justify-center gap-6">
          <PersonStateMark
            large
            state={online ? "available" : mine.status === "break" ? "break" : "offline"}
          />
          <BoardSwitch on={online} disabled={pending || !live} onChange={(on) => void setAvailable(on)} />
          {online && (
            <Button
              disabled={!live}
              shortcut={{ label: "b", keys: "b" }}
              onClick={() => void takeBreak().catch(() => undefined)}
            >
              Break
            </Button>
          )}
        </div>
        <p className="text-ink-soft max-w-prose" data-testid="board-hint">
          {online ? (
            <WhatComes />
          ) : (
            `You get no reviews while you are ${mine.status === "break" ? "on a break" : "offline"}. Go online when you are ready.`
          )}
        </p>
        {problem && (
          <Notice tone="bad" role="alert">
            {problem}
          </Notice>
        )}
        <div className="border-line flex flex-wrap items-center justify-center gap-x-8 gap-y-2 border-t pt-5">
          <span className="flex items-center gap-2">
            Standing <Standing of={mine} withRule />
          </span>
          <SoundSetting />
        </div>
        {mine.strikes >= mine.warnAtStrike && (
          <Notice tone="warn" testId="strike-warning">
            This is the warning: {mine.lockAtStrike - mine.strikes} more missed{" "}
            {mine.lockAtStrike - mine.strikes === 1 ? "review locks" : "reviews lock"} the account until a
            manager has looked at it.
          </Notice>
        )}
      </section>
      <MyToday />
    </div>
  );
}

const askLine = () => call("line");

function WhatComes() {
  const live = useStore(metrics, (now) => now.live);
  const line = usePolled(askLine, 5_000).value;
  const place =
    line?.position == null
      ? "You are on the board."
      : line.position === 1
        ? "You are next in line."
        : `You are number ${line.position} of ${line.free} in line.`;
  const wait =
    line?.typicalWaitMs == null
      ? ""
      : line.typicalWaitMs < 60_000
        ? " The next review usually comes within a minute."
        : ` The next review usually comes within ${Math.ceil(line.typicalWaitMs / 60_000)} min.`;
  if (!live || live.pendingReviews > 0)
    return `${place}${wait} It comes to you by itself; you will hear a sound.`;
  return `${place} The queue is empty. ${live.activeScrapers} scrapers are looking for jobs; what the machine can't decide comes to you by itself.`;
}
