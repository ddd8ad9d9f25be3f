/** O4, the boards: what is watched, how each breaker stands, and how to add one. */
import { useCallback, useState } from "react";
import { call } from "../../api/call.ts";
import { Notice } from "../../components/notice.tsx";
import { useNow } from "../../state/clock.ts";
import { usePolled } from "../../state/polled.ts";
import { AddBoard } from "./add-board.tsx";
import { BoardRow } from "./board-row.tsx";

const columns = [
  "Company",
  "Kind",
  "Region",
  "Breaker",
  "Last look",
  "Listed",
  "Found",
  "Rejected",
  "Next look",
];
const numeric = new Set(["Listed", "Found", "Rejected"]);

const askBoards = (_round: number) => call("boards");

export function BoardsPage() {
  const [round, setRound] = useState(0);
  const [added, setAdded] = useState("");
  // Asked at once after something was done: a new function begins a new round.
  const ask = useCallback(() => askBoards(round), [round]);
  const { value, problem } = usePolled(ask, 2_000);
  const now = useNow();
  const again = () => setRound((n) => n + 1);
  const count = (state: string) => value?.items.filter((row) => row.state === state).length ?? 0;
  return (
    <div className="mx-auto w-full max-w-[100rem] space-y-5 p-5">
      <h1 className="text-lg font-semibold">Boards</h1>
      <AddBoard
        onAdded={(company) => {
          setAdded(company);
          again();
        }}
      />
      {added && <Notice tone="good">{added} is watched now; its first look has begun.</Notice>}
      {problem && <Notice tone="warn">{problem} What is shown may be out of date.</Notice>}
      <section aria-labelledby="boards-title" className="panel overflow-x-auto">
        <div className="border-line flex flex-wrap items-baseline gap-x-4 border-b px-4 py-3">
          <h2 id="boards-title" className="text-base font-semibold">
            Watched
          </h2>
          <p className="text-ink-soft" data-testid="boards-summary">
            {count("closed")} closed · {count("half-open")} half-open · {count("open")} open ·{" "}
            {count("off") + count("not-allowed")} off
          </p>
        </div>
        {value === null || value.items.length === 0 ? (
          <p className="text-ink-soft p-4">
            {value === null
              ? "Fetching…"
              : "No board is watched yet. Paste the address of a careers page above, and its jobs are found from then on."}
          </p>
        ) : (
          <table className="w-full">
            <thead className="text-ink-soft text-[13px]">
              <tr>
                {columns.map((name) => (
                  <th
                    key={name}
                    scope="col"
                    className={`px-3 py-2 font-medium first:px-4 ${numeric.has(name) ? "text-right" : "text-left"}`}
                  >
                    {name}
                  </th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody className="[&>tr]:border-line [&>tr]:border-t">
              {value.items.map((row) => (
                <BoardRow key={row.board.portal} row={row} now={now} changed={again} />
              ))}
            </tbody>
          </table>
        )}
      </section>
    </div>
  );
}
