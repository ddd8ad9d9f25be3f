/** One board: how it stands, when it is looked at, what it brought, and what may be done with it. */
import type { BoardAction } from "../../../../protocols/api/boards.ts";
import type { BoardStanding } from "../../../../protocols/portal.ts";
import { call } from "../../api/call.ts";
import { Button } from "../../components/button.tsx";
import { useLive } from "../../state/freshness.ts";
import { ago, shortTime } from "../../state/time-text.ts";
import { useAttempt } from "../../state/use-attempt.ts";
import { BoardState } from "./board-state.tsx";

const actionsOf: Record<BoardStanding["state"], readonly (readonly [BoardAction, string])[]> = {
  closed: [
    ["look", "Look now"],
    ["switch-off", "Switch off"],
  ],
  open: [
    ["reset", "Reset breaker"],
    ["switch-off", "Switch off"],
  ],
  "half-open": [["switch-off", "Switch off"]],
  off: [
    ["switch-on", "Switch on"],
    ["remove", "Remove"],
  ],
  "not-allowed": [
    ["look", "Ask again"],
    ["switch-off", "Switch off"],
  ],
  removed: [],
};

export function BoardRow({ row, now, changed }: { row: BoardStanding; now: number; changed: () => void }) {
  const live = useLive();
  const { pending, problem, attempt } = useAttempt();
  const { board, state } = row;
  const act = (action: BoardAction) =>
    attempt(async () => {
      await call("boardAction", { params: { portal: board.portal, action } });
      changed();
    });
  const next =
    state === "half-open"
      ? "probing now"
      : row.nextLookAt === null
        ? state === "closed"
          ? "looking now"
          : "–"
        : row.nextLookAt <= now
          ? "looking now"
          : `${state === "open" ? "probe " : ""}in ${coming(row.nextLookAt - now)}`;
  return (
    <>
      <tr data-testid="board" data-portal={board.portal} data-state={state}>
        <th scope="row" className="px-4 py-2 text-left font-medium">
          {board.company}
          <span className="text-ink-soft block max-w-80 truncate text-[13px] font-normal" title={board.url}>
            {board.url.replace(/^https?:\/\//, "")}
          </span>
        </th>
        <td className="px-3 py-2">{board.adapter}</td>
        <td className="px-3 py-2">{board.region}</td>
        <td className="px-3 py-2">
          <BoardState state={state} />
        </td>
        <td className="px-3 py-2 whitespace-nowrap">
          {row.lastLookAt === null ? "not yet" : ago(now - row.lastLookAt)}
        </td>
        <td className="px-3 py-2 text-right">{row.listed}</td>
        <td className="px-3 py-2 text-right">{row.found}</td>
        <td className={`px-3 py-2 text-right ${row.rejected > 0 ? "text-warn-text" : ""}`}>{row.rejected}</td>
        <td className="px-3 py-2 whitespace-nowrap">{next}</td>
        <td className="px-4 py-2">
          <div className="flex justify-end gap-2">
            {actionsOf[state].map(([action, name]) => (
              <Button
                key={action}
                aria-label={`${name}: ${board.company}, ${board.adapter}`}
                disabled={pending || !live}
                onClick={() => void act(action)}
                className="whitespace-nowrap"
              >
                {name}
              </Button>
            ))}
          </div>
        </td>
      </tr>
      {(row.reason !== "" || problem !== "") && (
        <tr className="border-t-0!">
          <td colSpan={10} className="px-4 pb-2 text-[13px]">
            {problem !== "" ? (
              <span role="alert" className="text-bad-text">
                {problem}
              </span>
            ) : (
              <span className="text-ink-soft">
                Since {shortTime(row.since)}: {row.reason}
              </span>
            )}
          </td>
        </tr>
      )}
    </>
  );
}

/** Coarse: "8 s", "12 min", "3 h". */
const coming = (ms: number) =>
  ms < 60_000
    ? `${Math.ceil(ms / 1_000)} s`
    : ms < 3_600_000
      ? `${Math.round(ms / 60_000)} min`
      : `${Math.round(ms / 3_600_000)} h`;
