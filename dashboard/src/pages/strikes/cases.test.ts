import { expect, test } from "vitest";
import type { MissRow } from "../../../../protocols/api/misses.ts";
import { person } from "../../testkit/person.ts";
import { casesOf } from "./cases.ts";

const miss = (employee: string, endedAt: number): MissRow => ({
  ...{
    employee,
    name: employee,
    application: `${employee}-${endedAt}`,
    assignment: 1,
    title: "",
    company: "",
  },
  ...{
    strike: null,
    reason: "",
    assignedAt: 0,
    warnedAt: null,
    lastEditAt: null,
    deadlineAt: endedAt,
    endedAt,
  },
  ...{ drafts: 0, extensions: 0, othersActive: 0, othersMissed: 0 },
});

test("who is locked needs a decision, the longest waiting first, even without a miss on record", () => {
  const people = [
    person("jon", "locked", { strikes: 4 }),
    person("ada", "locked", { strikes: 4 }),
    person("sol", "free", { strikes: 3 }),
    person("kim", "away", { strikes: 1 }),
  ];
  const { needsYou, warned, rest } = casesOf(
    [miss("jon", 50), miss("kim", 40), miss("jon", 20), miss("sol", 10)],
    people,
  );
  expect(needsYou.map(({ employee }) => employee)).toEqual(["ada", "jon"]);
  expect(needsYou[1]?.misses.map(({ endedAt }) => endedAt)).toEqual([50, 20]);
  expect(warned.map(({ employee }) => employee)).toEqual(["sol"]);
  expect(rest.map(({ employee }) => employee)).toEqual(["kim"]);
});
