import { expect, test } from "vitest";
import { createStandings } from "./standings.ts";

const standing = {
  type: "StandingReply",
  status: "free",
  ...{ offer: null, offers: [], link: "online", linkSince: 0, intent: "available", next: null, since: 0 },
  profile: { capacity: 1, skills: [], timeFactor: 1 },
  ...{ warnAtStrike: 3, lockAtStrike: 4 },
} as const;

/** An actor's answers, given when the test says so. */
const world = () => {
  const asked: { address: string; answer: (strikes: number) => void; fail: () => void }[] = [];
  let now = 0;
  const standings = createStandings(
    {
      ask: (address) =>
        new Promise((resolve, reject) =>
          asked.push({
            address,
            answer: (strikes) => resolve({ ...standing, strikes }),
            fail: () => reject(new Error("no answer")),
          }),
        ),
    },
    () => now,
  );
  return {
    asked,
    standings,
    later: (ms: number) => {
      now += ms;
    },
  };
};
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("who asks at once shares one question, and its answer holds until a fact comes", async () => {
  const { asked, standings, later } = world();
  const both = Promise.all([standings.of("mira"), standings.of("mira")]);
  expect(asked).toHaveLength(1);
  asked[0]?.answer(1);
  expect((await both).map(({ strikes }) => strikes)).toEqual([1, 1]);
  expect((await standings.of("mira")).strikes).toBe(1);
  standings.changed("mira");
  const next = standings.of("mira");
  asked[1]?.answer(2);
  expect((await next).strikes).toBe(2);
  later(30_000);
  void standings.of("mira");
  expect(asked).toHaveLength(3);
});

test("an answer to what was asked before a fact is not taken for one after it", async () => {
  const { asked, standings } = world();
  const before = standings.of("mira");
  standings.changed("mira");
  const after = standings.of("mira");
  asked[1]?.answer(2);
  asked[0]?.answer(1);
  expect([(await before).strikes, (await after).strikes]).toEqual([1, 2]);
  expect((await standings.of("mira")).strikes).toBe(2);
});

test("a storm is paced, and what was not answered is asked again", async () => {
  const { asked, standings } = world();
  const all = Array.from({ length: 500 }, (_, n) => standings.of(`e${n}`).catch(() => null));
  expect(asked).toHaveLength(200);
  for (let n = 0; n < 500; n++) {
    asked[n]?.[n === 7 ? "fail" : "answer"](0);
    await settled();
  }
  expect((await Promise.all(all)).filter((one) => one === null)).toHaveLength(1);
  void standings.of("e7");
  expect(asked).toHaveLength(501);
});
