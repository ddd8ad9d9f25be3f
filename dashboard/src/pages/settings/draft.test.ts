import { expect, test } from "vitest";
import { defaultQueueSettings as settings } from "../../../../protocols/queue-settings.ts";
import { isBehind, onTopOf } from "./draft.ts";

const rule = { match: "nurse", skill: "care" };
const mine = {
  ...settings,
  agingEveryMs: 600_000,
  terms: { ...settings.terms, extendMs: 120_000 },
};
const theirs = {
  ...settings,
  skillRules: [rule],
  terms: { ...settings.terms, selfExtensions: 2 },
  strikes: { ...settings.strikes, lockAtStrike: 6 },
};

test("what a manager typed is made to the newest version, and what another one changed meanwhile stays", () => {
  const draft = { from: { settings, version: 4 }, settings: mine };
  const newest = { settings: theirs, version: 5 };
  expect(isBehind(draft, newest)).toBe(true);
  const moved = onTopOf(draft, newest);
  expect(isBehind(moved, newest)).toBe(false);
  expect(moved).toEqual({
    from: newest,
    settings: {
      ...theirs,
      agingEveryMs: 600_000,
      terms: { ...theirs.terms, extendMs: 120_000 },
    },
  });
});

test("where both changed the same number, that of the draft is sent", () => {
  const draft = { from: { settings, version: 4 }, settings: { ...settings, correlatedPeople: 7 } };
  const moved = onTopOf(draft, { settings: { ...settings, correlatedPeople: 5 }, version: 6 });
  expect(moved.settings.correlatedPeople).toBe(7);
});
