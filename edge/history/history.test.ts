/** History over a real Postgres that the archivist's own fold has filled: the numbers are those of the facts, also after a rebuild. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Fact } from "../../protocols/event.ts";
import { archiveFacts } from "../../supervisors/capabilities/archive/archive-facts.ts";
import { rebuildReadModels } from "../../supervisors/capabilities/archive/rebuild.ts";
import { type Database, migrate, openPostgres } from "../../supervisors/storage/postgres/open-postgres.ts";
import { startPostgres, type TestPostgres } from "../../supervisors/testkit/postgres.ts";
import { lowScore } from "../testkit/proposal.ts";
import { csvOf } from "./csv.ts";
import { kpiCsv } from "./kpi-csv.ts";
import { kpiSeries } from "./kpi-series.ts";
import { liveHistory } from "./live-history.ts";
import { personDay, spansOf, totalsOf } from "./person-day.ts";
import { bucketsOf, requireRange } from "./time-range.ts";
import { figuresOfPeople, workCsv, workPage } from "./work-history.ts";

let pg: TestPostgres;
let sql: Database;

const start = Date.UTC(2026, 0, 5, 8);
const minute = 60_000;
const hour = 60 * minute;
/** A working day of two people, as facts. */
const said: { at: number; fact: Fact }[] = [];
const say = (atMinute: number, fact: Fact) => void said.push({ at: start + atMinute * minute, fact });

const scored = (atMinute: number, application: string) =>
  say(atMinute, {
    type: "ApplicationScored",
    application,
    candidate: "ada",
    candidateName: "Ada",
    job: {
      id: application,
      title: "Engineer",
      company: "Acme",
      region: "eu",
      portal: "p",
      url: "u",
      applyUrl: "u",
    },
    score: lowScore,
  });
const approved = (
  atMinute: number,
  application: string,
  by: "machine" | "employee",
  employee: string | null = null,
) => say(atMinute, { type: "ApplicationApproved", application, by, employee, resumeVersion: "ada/1" });
const asked = (atMinute: number, application: string, reason: string) =>
  say(atMinute, {
    type: "ManualReviewRequired",
    application,
    request: 1,
    queue: "main",
    priority: 1,
    reason,
  });
const assigned = (atMinute: number, application: string, employee: string, assignment = 1) =>
  say(atMinute, {
    type: "ReviewAssigned",
    application,
    employee,
    offer: {
      application,
      assignment,
      title: application === "a2" ? "=HYPERLINK(1)" : "Engineer",
      company: "Acme, Inc.",
      candidateName: "Ada",
      score: 71,
      assignedAt: start + atMinute * minute,
      deadlineAt: start + (atMinute + 15) * minute,
    },
  });
const ended = (
  atMinute: number,
  application: string,
  employee: string,
  heldMinutes: number,
  outcome: "completed" | "missed" | "returned" | "released",
  strike = false,
  assignment = 1,
) =>
  say(atMinute, {
    type: "ReviewEnded",
    application,
    employee,
    assignment,
    outcome,
    strike,
    reason: strike ? "The time was over." : outcome,
    heldMs: heldMinutes * minute,
  });

beforeAll(async () => {
  pg = await startPostgres();
  sql = openPostgres(pg.url, 4);
  await migrate(sql);
  await sql`insert into account (id, email, name, role, password_hash) values
    ('mira', 'mira@x', 'Mira', 'employee', ''), ('jon', 'jon@x', 'Jon', 'employee', '')`;
  say(0, { type: "EmployeeSignedIn", employee: "mira" });
  for (const [n, application] of ["m1", "m2", "m3", "a1", "a2", "a3"].entries()) scored(n, application);
  approved(5, "m1", "machine");
  approved(5, "m2", "machine");
  approved(5, "m3", "machine"); // Then the form asks something: it was not applied to by the machine alone.
  asked(6, "m3", "The form asks what only a person can answer: Notice period?");
  asked(6, "a1", "The score is 71, under 90.");
  asked(6, "a2", "The score is 71, under 90. No visa.");
  asked(6, "a3", "No visa.");
  assigned(10, "a1", "mira"); // Waited 4 minutes.
  ended(20, "a1", "mira", 10, "completed");
  approved(20, "a1", "employee", "mira");
  assigned(30, "a2", "mira");
  ended(45, "a2", "mira", 15, "missed", true);
  asked(45, "a2", "The score is 71, under 90. No visa.");
  say(45, { type: "EmployeeSignedOut", employee: "mira", reason: "Missed a review." });
  assigned(70, "a2", "jon", 2);
  ended(75, "a2", "jon", 5, "completed", false, 2);
  say(75, { type: "ApplicationRejected", application: "a2", by: "jon", reason: "No" });
  assigned(80, "a3", "jon");
  ended(81, "a3", "jon", 1, "returned");
  asked(81, "a3", "No visa.");
  say(82, { type: "ReviewCompletedLate", application: "a2", employee: "mira", assignment: 1 });
  say(90, {
    type: "PulseMeasured",
    live: {
      activeScrapers: 5,
      totalScrapers: 5,
      jobsFoundPerMinute: 41,
      pendingReviews: 2,
      employeesOnline: 1,
    },
    kpis: {
      discovered: 0,
      scored: 0,
      autoApproved: 0,
      reviewed: 0,
      submitted: 0,
      failed: 0,
      autoApplyRate: null,
      manualRate: null,
    },
  });
  await archive();
}, 60_000);
afterAll(async () => {
  await sql?.end({ timeout: 1 });
  await pg?.stop();
});

const archive = () =>
  archiveFacts(
    sql,
    0,
    said.map(({ at, fact }, n) => ({
      seq: n + 1,
      subject: `callboard.event.${fact.type}.main`,
      text: JSON.stringify({ ...fact, actor: "test.main", at: new Date(at).toISOString(), trace: "0" }),
    })),
  );
const day = { from: start - hour, to: start + 3 * hour };
const kpis = () => kpiSeries(sql, { from: start, to: start + 2 * hour, bucketMs: hour });

test("work history is paged, newest first, and filtered by outcome and time", async () => {
  const first = await workPage(sql, "mira", { limit: 1 });
  expect(first.items).toMatchObject([
    {
      application: "a2",
      outcome: "missed",
      strike: true,
      heldMs: 15 * minute,
      allowedMs: 15 * minute,
      status: "rejected",
    },
  ]);
  const second = await workPage(sql, "mira", { limit: 1, cursor: first.next ?? "" });
  expect(second.items).toMatchObject([{ application: "a1", outcome: "completed", company: "Acme, Inc." }]);
  expect((await workPage(sql, "mira", { outcome: "completed" })).items).toHaveLength(1);
  expect((await workPage(sql, "mira", { from: start + 40 * minute })).items).toHaveLength(0);
});

test("a table has the numbers, quoted, and nothing that a spreadsheet would run", async () => {
  const lines = (await workCsv(sql, "mira", {})).split("\r\n");
  expect(lines[1]).toContain(`,'=HYPERLINK(1),"Acme, Inc.",completed late,`);
  expect(csvOf(["a"], [['say "x"\n'], [null], [-1], ["-1"]])).toBe(
    'a\r\n"say ""x""\n"\r\n\r\n-1\r\n\'-1\r\n',
  );
});

test("a person's figures add up to what they did", async () => {
  expect(await figuresOfPeople(sql, day)).toMatchObject([
    {
      name: "Jon",
      done: 1,
      late: 0,
      missed: 0,
      returned: 1,
      ended: 2,
      onTimeRate: 1,
      returnedRate: 0.5,
      medianMs: 5 * minute,
    },
    {
      name: "Mira",
      done: 2,
      late: 1,
      missed: 0,
      ended: 2,
      onTimeRate: 0.5,
      returnedRate: 0,
      medianMs: 12.5 * minute,
    },
  ]);
  expect(await figuresOfPeople(sql, day, "nobody")).toEqual([]);
});

test("a day is bands of time without a gap", async () => {
  const { spans, totals } = await personDay(sql, "mira", day);
  expect(spans.map(({ state, from, to }) => [state, (from - start) / minute, (to - start) / minute])).toEqual(
    [
      ["offline", -60, 0],
      ["available", 0, 10],
      ["on-task", 10, 20],
      ["available", 20, 30],
      ["on-task", 30, 45],
      ["offline", 45, 180],
    ],
  );
  expect(totals["on-task"]).toBe(25 * minute);
  expect(
    (await personDay(sql, "mira", { from: start + 15 * minute, to: start + 16 * minute })).spans,
  ).toMatchObject([{ state: "on-task", application: "a1" }]);
  expect(
    (await personDay(sql, "mira", { from: Date.now() + hour, to: Date.now() + 2 * hour })).spans,
  ).toEqual([]);
});

test("a broken line is seen through a task, and bands fill any range exactly", () => {
  const spans = spansOf(
    [
      { at: 0, intent: "available" },
      { at: 30, lineHolds: false },
      { at: 40, lineHolds: true },
      { at: 70, intent: "break" },
      { at: 80, lineHolds: false },
      { at: 90, intent: "offline" },
    ],
    [{ from: 20, to: 60, application: "a" }],
    { from: 10, to: 100 },
  );
  expect(spans.map(({ state, from, to }) => `${state} ${from}-${to}`)).toEqual([
    "available 10-20",
    "on-task 20-30",
    "reconnecting 30-40",
    "on-task 40-60",
    "available 60-70",
    "break 70-80",
    "reconnecting 80-90",
    "offline 90-100",
  ]);
  expect(Object.values(totalsOf(spans)).reduce((a, b) => a + b)).toBe(90);
});

test("each dot has its numbers, and the parts add up to the whole", async () => {
  const { buckets, total, whyHuman, spread } = await kpis();
  expect(buckets).toHaveLength(2);
  expect(buckets[0]).toMatchObject({
    auto: 2,
    humanApproved: 1,
    humanRejected: 0,
    matched: 6,
    sent: 4,
    handled: 2,
  });
  expect(buckets[1]).toMatchObject({
    auto: 0,
    humanRejected: 1,
    handled: 1,
    handleP50Ms: 5 * minute,
    autoRate: 0,
  });
  expect(total).toMatchObject({
    auto: 2,
    humanApproved: 1,
    humanRejected: 1,
    autoRate: 0.5,
    humanRate: 0.5,
    assigned: 4,
    misses: { person: 1, connectivity: 0, platform: 0, poison: 0 },
    strikes: 1,
    onTimeRate: 0.6667,
    slaMs: 15 * minute,
  });
  expect(buckets[0]?.assignP50Ms).toBe(14 * minute); // 4 and 24 minutes.
  expect(whyHuman).toEqual([
    { why: "low match", applications: 2 },
    { why: "requirement", applications: 1 },
    { why: "unknown question", applications: 1 },
  ]);
  expect(spread).toEqual({ people: 2, most: 2, median: 2, ratio: 1 });
  expect(kpiCsv(await kpis(), "decisions").split("\r\n")[1]).toBe(
    "2026-01-05T08:00:00.000Z,2,1,0,0.6667,0.3333",
  );
});

test("live figures hold until the next measurement, and before the first there are none", async () => {
  const live = await liveHistory(sql, { from: start + hour, to: start + 2 * hour, bucketMs: 15 * minute });
  expect(live.map(({ jobsFoundPerMinute }) => jobsFoundPerMinute)).toEqual([null, null, 41, 41]);
});

test("a range that makes no sense is refused", () => {
  expect(() => requireRange({ from: 2, to: 1 }, 1)).toThrow("before it begins");
  expect(() => requireRange({ from: 0, to: 3 * 24 * hour }, 2)).toThrow("at most 2 days");
  expect(() => bucketsOf({ from: 0, to: 24 * hour, bucketMs: minute })).toThrow("1440 dots");
});

test("a rebuild gives the same history", async () => {
  const all = async () => [await kpis(), await figuresOfPeople(sql, day), await workPage(sql, "mira", {})];
  const before = await all();
  await rebuildReadModels(sql);
  expect(await all()).not.toEqual(before);
  await archive();
  expect(await all()).toEqual(before);
});
