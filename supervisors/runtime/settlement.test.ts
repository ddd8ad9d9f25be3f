/** Nothing is purged that was not acknowledged, whatever order acknowledgements come in. */
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Settlement } from "./settlement.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A work queue of one consumer, as the server keeps it. */
function queue({ most = 10_000, purgeMs = 5 } = {}) {
  const stored = new Set<number>();
  const said: string[] = [];
  let fails = false;
  const settlement = new Settlement({
    purge: async (before) => {
      await new Promise((resolve) => setTimeout(resolve, purgeMs));
      if (fails) throw new Error("timeout");
      const gone = [...stored].filter((seq) => seq < before);
      for (const seq of gone) stored.delete(seq);
      said.push(`purge ${before}`);
      return gone.length;
    },
    acknowledge: (seq) => {
      stored.delete(seq);
      said.push(`ack ${seq}`);
    },
    most,
    goOn: () => said.push("go on"),
    onTrouble: (what) => said.push(what),
  });
  const deliver = (from: number, to: number) => {
    for (let seq = from; seq <= to; seq++) {
      stored.add(seq);
      settlement.delivered(seq);
    }
  };
  const acknowledge = (...all: number[]) => {
    for (const seq of all) settlement.acknowledged(seq);
  };
  return {
    ...{ stored, said, settlement, deliver, acknowledge },
    fail: () => {
      fails = true;
    },
  };
}
const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, i) => first + i);
const aWhile = () => vi.advanceTimersByTimeAsync(500);

test("what lies before the oldest open message goes with one purge", async () => {
  const { stored, said, deliver, acknowledge } = queue();
  deliver(1, 40);
  acknowledge(...upTo(20));
  await aWhile();
  expect(said).toEqual(["purge 21"]);
  acknowledge(...upTo(40, 21));
  await aWhile();
  expect(said).toEqual(["purge 21", "purge 41"]);
  expect(stored.size).toBe(0);
});

test("what lies behind one that stays open goes by itself, a moment later", async () => {
  const { stored, said, deliver, acknowledge } = queue();
  deliver(1, 23);
  acknowledge(...upTo(20), 22, 23);
  await aWhile();
  expect(said).toEqual(["purge 21", "ack 22", "ack 23"]);
  expect([...stored]).toEqual([21]);
});

test("a few go by themselves, and all when the purge fails", async () => {
  const { stored, said, deliver, acknowledge, fail } = queue();
  deliver(1, 30);
  acknowledge(2, 1);
  await aWhile();
  expect(said).toEqual(["ack 2", "ack 1"]);
  fail();
  acknowledge(...upTo(27, 3));
  await aWhile();
  expect([...stored]).toEqual([28, 29, 30]);
});

test("a consumer that may have given out all it may is told to go on", async () => {
  const { said, deliver, acknowledge } = queue({ most: 40 });
  deliver(1, 40);
  acknowledge(...upTo(20));
  await aWhile();
  expect(said).toEqual(["purge 21", "go on"]);
});

test("after its end everything goes by itself: what is open then is another's", async () => {
  const { stored, said, settlement, deliver, acknowledge } = queue();
  deliver(1, 30);
  acknowledge(...upTo(12));
  settlement.stop();
  stored.add(31);
  acknowledge(...upTo(30, 13));
  await aWhile();
  expect(said).toEqual(upTo(30).map((seq) => `ack ${seq}`));
  expect([...stored]).toEqual([31]);
});

test("in any order, with pauses anywhere and a server however slow, exactly what was acknowledged is gone", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ wait: fc.nat(120), take: fc.nat(40), pick: fc.nat() }), { maxLength: 60 }),
      fc.nat(80),
      fc.nat(200),
      async (steps, stopAt, purgeMs) => {
        const { stored, said, settlement, deliver, acknowledge } = queue({ most: 40, purgeMs });
        const open: number[] = [];
        let last = 0;
        for (const [step, { wait, take, pick }] of steps.entries()) {
          deliver(last + 1, last + take);
          for (let seq = last + 1; seq <= last + take; seq++) open.push(seq);
          last += take;
          for (let n = 0; n < take && open.length > 0; n++)
            acknowledge(...open.splice((pick + n * 7) % open.length, 1));
          await vi.advanceTimersByTimeAsync(wait);
          expect([...stored].filter((seq) => open.includes(seq))).toHaveLength(open.length);
          if (step === stopAt) settlement.stop();
        }
        await aWhile();
        expect([...stored]).toEqual(open.sort((a, b) => a - b));
        expect(said.filter((word) => word.startsWith("a purge took"))).toEqual([]);
      },
    ),
    { numRuns: 200 },
  );
});
