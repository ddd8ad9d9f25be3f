import { expect, test } from "vitest";
import { cursorAfter, inLine, type Lined, placeIn } from "./queue-line.ts";

const minute = 60_000;
const row = (
  application: string,
  priority: number,
  requestedAt: number,
  status: Lined["status"] = "waiting",
) => ({
  application,
  priority,
  requestedAt,
  status,
});
const names = (rows: readonly Lined[]) => rows.map(({ application }) => application);

test("what needs a manager comes first, then by level, then whatever waits longest", () => {
  const rows = [row("new", 1, 9), row("old", 1, 5), row("urgent", 0, 9), row("stuck", 3, 9, "escalated")];
  expect(names(inLine(rows, { at: 10, agingEveryMs: minute }))).toEqual(["stuck", "urgent", "old", "new"]);
});

test("a page goes on in the order of the first, whatever has risen a level since", () => {
  const rows = [row("front", 0, 50), row("middle", 0, 60), row("low", 1, 10), row("last", 2, 20)];
  const first = inLine(rows, { at: 100, agingEveryMs: minute });
  expect(names(first)).toEqual(["front", "middle", "low", "last"]);
  // A minute later the third would stand before the first, and so on no page.
  const aged = { at: minute + 100, agingEveryMs: minute };
  expect(names(inLine(rows, aged))).toEqual(["low", "front", "middle", "last"]);
  const after = placeIn(cursorAfter(first[1] as Lined, { at: 100, agingEveryMs: minute }));
  expect(names(inLine(rows, { ...aged, at: after.at }, after))).toEqual(["low", "last"]);
});

test("of two that came in the same millisecond each is on one page", () => {
  const rows = ["a", "b", "c"].map((name) => row(name, 1, 5));
  const line = { at: 10, agingEveryMs: minute };
  const [first, ...rest] = inLine(rows, line);
  const after = placeIn(cursorAfter(first as Lined, line));
  expect(inLine(rows, line, after)).toEqual(rest);
});
