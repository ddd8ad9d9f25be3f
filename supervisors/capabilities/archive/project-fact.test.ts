/** What facts do to the read models, against a real Postgres; said by the machines whose facts they are. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { propose, scoreOf } from "../../../actors/application/example.ts";
import { applicationMachine } from "../../../actors/application/machine.ts";
import { Conversation, type Said } from "../../../actors/conversation.ts";
import { employeeMachine } from "../../../actors/employee/machine.ts";
import type { StrikeEntry } from "../../../protocols/strike.ts";
import { type Database, migrate, openPostgres } from "../../storage/postgres/open-postgres.ts";
import { startPostgres, type TestPostgres } from "../../testkit/postgres.ts";
import { archiveFacts, archivePosition } from "./archive-facts.ts";
import { rebuildReadModels } from "./rebuild.ts";

let pg: TestPostgres;
let sql: Database;

beforeAll(async () => {
  pg = await startPostgres();
  sql = openPostgres(pg.url, 1);
  await migrate(sql);
}, 60_000);

afterAll(async () => {
  await sql?.end({ timeout: 1 });
  await pg?.stop();
});

beforeEach(() => rebuildReadModels(sql));

const archive = async (facts: readonly object[], at: number) => {
  const position = await archivePosition(sql);
  const records = facts.map((fact, index) => ({
    seq: position + index + 1,
    subject: "",
    text: JSON.stringify({ ...fact, actor: "test.main", at: new Date(at).toISOString(), trace: "0" }),
  }));
  await archiveFacts(sql, position, records);
  expect(await sql`select error from archive_failure`).toEqual([]);
};
const factsOf = (said: readonly Said[]) =>
  said.flatMap(({ to, message }) => (to === "fact" ? [message] : []));

const about = (application: string) => ({ application, assignment: 1 });

/** Somebody who misses as many reviews, each by their own fault: `a1`, `a2`, … */
const missing = async (count: number) => {
  const talk = new Conversation(employeeMachine, { id: "bob" });
  const tell = async (event: Parameters<Conversation["tell"]>[0]) => {
    talk.now += 60_000;
    await archive(factsOf(talk.tell(event)), talk.now);
  };
  for (let i = 1; i <= count; i++) {
    const offer = {
      ...{ ...about(`a${i}`), title: "Engineer", company: "Acme", candidateName: "Ada" },
      ...{ score: 80, assignedAt: talk.now, deadlineAt: talk.now + 1_000 },
    };
    await archive([{ type: "ReviewAssigned", application: `a${i}`, employee: "bob", offer }], talk.now);
    const end = { type: "ReviewEnded", ...about(`a${i}`), outcome: "missed", strike: true, reason: "over" };
    await archive([{ ...end, employee: "bob", heldMs: 1_000 }], talk.now);
    await tell({ type: "SignIn", edge: "e1" });
    await tell({ type: "OfferReview", queue: "main", offer });
    await tell(end);
    await tell({ type: "MissJudged", ...about(`a${i}`), verdict: "person", reason: "" });
  }
  return { talk, tell };
};
const manager = { by: "lena", reason: "looked", replyTo: "asker" };
const appeal = (application: string) => ({
  ...{ type: "AppealStrike", ...about(application), text: "The page froze.", replyTo: "asker" },
});
const decide = (application: string, decision: string) => ({
  ...{ type: "DecideStrike", ...about(application), decision, ...manager },
});
const unlock = { type: "Unlock", ...manager };

const states = async () =>
  (await sql`select state from miss where employee = 'bob' order by application`).map(({ state }) => state);
const standing = async () =>
  (await sql`select application from strike where cleared_at is null order by application`).map(
    ({ application }) => application,
  );

test.each([
  ["voided", [decide("a4", "void")], ["a1", "a2", "a3"]],
  ["upheld", [decide("a4", "uphold")], ["a2", "a3", "a4"]],
  ["upheld, kept locked and unlocked", [decide("a4", "keep-locked"), unlock], []],
])("after a strike was %s, the read models hold what the ledger holds", async (_, events, left) => {
  const { talk, tell } = await missing(4);
  for (const event of [appeal("a2"), appeal("a4"), ...events]) await tell(event);
  expect(await sql`select 1 from locked_account`).toEqual([]);
  const entries: readonly StrikeEntry[] = talk.state.context.entries;
  const rows = await sql`select state, entry from miss order by application`;
  expect(rows.map(({ entry }) => entry)).toEqual(JSON.parse(JSON.stringify(entries)));
  expect(rows.map(({ state }) => state)).toEqual(entries.map(({ state }) => state));
  expect(await standing()).toEqual(left);
});

test("a full unlock that was stored before each strike's end was said clears them all, a decision's does not", async () => {
  const { talk, tell } = await missing(4);
  await tell(appeal("a2"));
  await tell(decide("a4", "keep-locked"));
  const unlocked = { type: "EmployeeUnlocked", employee: "bob", by: "lena", reason: "looked" };
  const decided = { ...talk.state.context.entries[3], state: "upheld", decidedAt: talk.now };
  const said = { type: "StrikeDecided", employee: "bob", decision: "uphold", entry: decided };
  await archive([said, unlocked], talk.now);
  expect(await states()).toEqual(["issued", "appealed", "issued", "upheld"]);
  await archive([unlocked], talk.now + 1);
  expect(await states()).toEqual(Array(4).fill("cleared"));
  expect(await standing()).toEqual([]);
  expect(
    await sql`select entry->>'state' as state, entry->>'reason' as reason from miss where application = 'a2'`,
  ).toEqual([{ state: "cleared", reason: "looked" }]);
});

test.each([
  ["a manager", decide("a2", "void"), "platform"],
  ["a manager, for want of a line", { ...decide("a2", "void"), reason: "No connection." }, "connectivity"],
  [
    "an incident",
    { type: "VoidStrikes", incident: "i1", misses: [about("a2")], reason: "Our outage." },
    "platform",
  ],
])(
  "a strike that is voided by %s is nobody's fault in the figures; one that is cleared stays",
  async (_, event, cause) => {
    const { tell } = await missing(4);
    await tell(decide("a4", "uphold"));
    await tell(event);
    expect(await states()).toEqual(["cleared", "voided", "issued", "upheld"]);
    expect(await sql`select strike, cause from review order by application`).toEqual([
      { strike: true, cause: "person" },
      { strike: false, cause },
      { strike: true, cause: "person" },
      { strike: true, cause: "person" },
    ]);
  },
);

test("an application whose job is opened again waits from then on, with its new score", async () => {
  const talk = new Conversation(applicationMachine, { id: "ada-f00d" });
  const tell = async (event: Parameters<Conversation["tell"]>[0]) => {
    talk.now += 60_000;
    await archive(factsOf(talk.tell(event)), talk.now);
  };
  await tell(propose(scoreOf(60)));
  await tell({ type: "PostingClosed", reason: "Gone." });
  expect(await sql`select status, first_requested_at as since from application`).toEqual([
    { status: "closed", since: null },
  ]);
  const again = propose(scoreOf(70));
  await tell({ ...again, job: { ...again.job, title: "Senior engineer", portal: "other" } });
  expect(
    await sql`select status, first_requested_at as since, score, match_score->'score' as matched, title, portal from application`,
  ).toEqual([
    {
      ...{ status: "waiting", since: new Date(talk.now), score: 70, matched: 70 },
      ...{ title: "Senior engineer", portal: "other" },
    },
  ]);
});
