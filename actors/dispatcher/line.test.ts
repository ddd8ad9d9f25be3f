/** Whose turn it is, whatever happens to the hands meanwhile. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { inLine, lineOf } from "./line.ts";
import { freed, gone, type Hand, taken, untaken } from "./round-robin.ts";

test("the next hand is the free one whose last review is longest ago, never one who may not have it", () => {
  const hand = fc.record({
    employee: fc.constantFrom("a", "b", "c", "d", "e"),
    lastAssignedAt: fc.integer({ min: 0, max: 5 }),
    free: fc.boolean(),
    open: fc.constant(0),
    capacity: fc.constant(1),
    skills: fc.constant<string[]>([]),
    timeFactor: fc.constant(1),
  });
  const hands = fc.uniqueArray(hand, { selector: ({ employee }) => employee });
  fc.assert(
    fc.property(hands, fc.constantFrom(null, "a", "b"), (all, exclude) => {
      const may = ({ employee }: Hand) => employee !== exclude;
      const next = inLine(all, "round_robin")(may);
      const pool = all.filter((hand) => hand.free && may(hand));
      if (next === null) expect(pool).toEqual([]);
      else {
        expect(pool).toContain(next);
        expect(next.lastAssignedAt).toBe(Math.min(...pool.map(({ lastAssignedAt }) => lastAssignedAt)));
        expect(inLine(taken(all, [next.employee], 0), "round_robin")(may)?.employee).not.toBe(next.employee);
      }
    }),
  );
});

test("a line that has moved on with its hands is the one that they would be sorted into", () => {
  const employee = fc.constantFrom(..."abcdefgh");
  const change = fc.oneof(
    fc.record({ does: fc.constant("comes" as const), employee, capacity: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ does: fc.constant("goes" as const), employee }),
    fc.record({ does: fc.constant("takes" as const), employees: fc.array(employee, { maxLength: 3 }) }),
    fc.record({ does: fc.constant("gives back" as const), employee, at: fc.nat(20), free: fc.boolean() }),
    fc.record({ does: fc.constant("is as before" as const), back: fc.nat(5) }),
  );
  const strategies = fc.constantFrom("round_robin" as const, "load_balanced" as const);
  fc.assert(
    fc.property(fc.array(fc.tuple(change, strategies), { maxLength: 40 }), (changes) => {
      let hands: readonly Hand[] = [];
      const all = [hands];
      for (const [what, strategy] of changes) {
        if (what.does === "comes") hands = freed(hands, { ...what, open: 0 });
        else if (what.does === "goes") hands = gone(hands, what.employee);
        else if (what.does === "takes") hands = taken(hands, what.employees, 10);
        else if (what.does === "gives back") hands = untaken(hands, what.employee, what.at, what.free);
        // As when a turn is taken back.
        else hands = all.at(-1 - what.back) ?? hands;
        all.push(hands);
        expect(lineOf(hands, strategy)).toEqual(lineOf([...hands], strategy));
      }
    }),
    { numRuns: 2_000 },
  );
});
