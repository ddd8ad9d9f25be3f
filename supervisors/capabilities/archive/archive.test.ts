/** The archivist's task against real NATS, Postgres and a Mongo-wire server, and the whole actor through a dead database. */
import { jetstream } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { archivistActor } from "../../../actors/archivist/actor.ts";
import type { Fact } from "../../../protocols/event.ts";
import type { Posting } from "../../../protocols/posting.ts";
import { streams, subjects, topics } from "../../../protocols/subjects.ts";
import { startActorNode } from "../../actor-node.ts";
import { hostKind } from "../../runtime/hosted-kind.ts";
import { openRawPostings, type RawPostings } from "../../storage/mongo/raw-postings.ts";
import { type Database, migrate, openPostgres } from "../../storage/postgres/open-postgres.ts";
import { provision } from "../../storage/provision.ts";
import { startMongo, type TestMongo } from "../../testkit/mongo.ts";
import { startNats, type TestNats } from "../../testkit/nats.ts";
import { startPostgres, type TestPostgres } from "../../testkit/postgres.ts";
import { tree } from "../../tree.ts";
import { archivePosition } from "./archive-facts.ts";
import { archiveTask } from "./archive-task.ts";
import { readModelTables, rebuildReadModels } from "./rebuild.ts";
import { streamReader } from "./stream-reader.ts";

let nats: TestNats;
let pg: TestPostgres;
let mongo: TestMongo;
let nc: NatsConnection;
let sql: Database;
let raw: RawPostings;

beforeAll(async () => {
  [nats, pg, mongo] = await Promise.all([startNats(), startPostgres(), startMongo()]);
  nc = await connect(nats.connection());
  await provision(nc);
  sql = openPostgres(pg.url, 4);
  await migrate(sql);
  raw = openRawPostings(mongo.url);
}, 60_000);

afterAll(async () => {
  await raw?.close();
  await sql?.end({ timeout: 1 });
  await nc?.close();
  await Promise.all([nats?.stop(), pg?.stop(), mongo?.stop()]);
});

const posting = (id: string, region: string): Posting => ({
  id,
  portal: "greenhouse-acme",
  externalId: `x-${id}`,
  title: "Backend engineer",
  company: "Acme",
  locations: ["Berlin"],
  remote: "unknown",
  employmentType: "",
  salary: null,
  datePosted: null,
  description: "Text",
  descriptionHtml: "<p>Text</p>",
  region,
  url: "http://127.0.0.1/x",
  applyUrl: "http://127.0.0.1/x/apply",
  fingerprint: id,
});

const part = { weight: 20, value: 1, detail: "" };
const score = {
  score: 72.5,
  version: "1",
  parts: {
    mustHaves: { weight: 20, value: 1, found: [], missing: [] },
    niceToHaves: { weight: 20, value: 1, found: [], missing: [] },
    title: part,
    experience: part,
    semantic: part,
  },
  gates: [],
  quality: { passed: true, reasons: [] },
};

/** All that happens to one application, from the posting to the confirmation. */
const life = (job: string, region: string): Fact[] => {
  const application = `ada-${job}`;
  const offer = {
    application,
    assignment: 1,
    title: "Backend engineer",
    company: "Acme",
    candidateName: "Ada",
    score: 72.5,
    assignedAt: 1_000,
    deadlineAt: 901_000,
  };
  const { url, applyUrl, title, company, portal } = posting(job, region);
  return [
    { type: "JobListed", job, posting: posting(job, region) },
    { type: "JobSeenAgain", job, portal: "jsonld-acme", externalId: "7", url: "http://127.0.0.1/7" },
    {
      type: "ApplicationScored",
      application,
      candidate: "ada",
      candidateName: "Ada",
      job: { id: job, title, company, region, portal, url, applyUrl },
      score,
    },
    { type: "ManualReviewRequired", application, request: 1, queue: "main", priority: 1, reason: "72.5" },
    { type: "ReviewAssigned", application, employee: "mira", offer },
    { type: "ReviewWarned", application, employee: "mira", assignment: 1, deadlineAt: 901_000 },
    {
      type: "ReviewEnded",
      application,
      employee: "mira",
      assignment: 1,
      outcome: "completed",
      strike: false,
      reason: "Completed.",
      heldMs: 5_000,
    },
    { type: "ApplicationApproved", application, by: "employee", employee: "mira", resumeVersion: "ada/2" },
    {
      type: "ApplicationSubmitted",
      application,
      proof: {
        reference: `REF-${job}`,
        confirmation: "Thank you",
        evidence: [`${application}/1.png`],
        resumeVersion: "ada/2",
        submittedAt: 6_000,
      },
    },
  ];
};

const say = async (facts: readonly Fact[]) => {
  const js = jetstream(nc);
  for (const fact of facts) {
    const stored = { ...fact, actor: "test.main", at: "2026-01-02T03:04:05.000Z", trace: "0".repeat(32) };
    await js.publish(subjects.event(fact.type, "main"), JSON.stringify(stored));
  }
};

const contents = async () => {
  const all: Record<string, unknown> = {};
  for (const table of readModelTables)
    all[table] = (await sql.unsafe(`select to_jsonb(t) as row from ${table} t order by 1`)).map((r) => r.row);
  return all;
};

/** One run that ends when nothing is new. */
const run = () => archiveTask({ nc, sql, raw, stayMs: 0 })({}, { signal: new AbortController().signal });

const until = async (seen: () => Promise<boolean>) => {
  const deadline = performance.now() + 30_000;
  while (!(await seen().catch(() => false))) {
    if (performance.now() > deadline) throw new Error("It has not happened within 30 s.");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

test("applies each fact once, and a rebuild gives the same tables", async () => {
  await say(life("j1", "eu"));
  expect(await run()).toMatchObject({ applied: 9, trouble: null });
  await say(life("j2", "us"));
  await say(life("j3", "elsewhere"));
  expect(await run()).toMatchObject({ applied: 18 });
  expect(await run()).toMatchObject({ applied: 0 });
  const incremental = await contents();
  expect(incremental.application).toMatchObject([
    { id: "ada-j1", status: "submitted", reference: "REF-j1", employee: "mira", resume_version: "ada/2" },
    { id: "ada-j2", region: "us" },
    { id: "ada-j3", region: "elsewhere" },
  ]);
  expect(incremental.review).toHaveLength(3);
  expect(incremental.job_sighting).toHaveLength(6);
  expect(incremental.fact).toHaveLength(27);
  await rebuildReadModels(sql);
  expect(await run()).toMatchObject({ applied: 27 });
  expect(await contents()).toEqual(incremental);
});

/** Not made of facts: ours alone, how far the archivist has come, what the schema is, the matcher's cache. */
const notMadeOfFacts = [
  ...["account", "session", "login_failure", "audit", "idempotency"],
  ...["projection", "schema_version", "sentence_vector"],
];

test("a rebuild makes every table anew but those that no fact makes", async () => {
  const tables = await sql`select relname from pg_class
    where relkind in ('r', 'p') and not relispartition and relnamespace = 'public'::regnamespace`;
  expect(tables.map(({ relname }) => relname).sort()).toEqual([...readModelTables, ...notMadeOfFacts].sort());
});

test("what can't be applied is kept aside, and what follows goes on", async () => {
  const js = jetstream(nc);
  const before = await archivePosition(sql);
  await js.publish(subjects.event("Odd", "main"), "not json");
  await js.publish(
    subjects.event("New", "main"),
    JSON.stringify({ type: "New", actor: "test.main", at: "2026-01-02T03:04:05.000Z", trace: "0" }),
  );
  // A date that Postgres has no room for.
  const [, , , , assigned] = life("j8", "eu");
  if (assigned?.type !== "ReviewAssigned") throw new Error("the fifth fact of a life is ReviewAssigned");
  await say([{ ...assigned, offer: { ...assigned.offer, deadlineAt: 8e15 } }]);
  await say([{ type: "EmployeeSignedIn", employee: "nul\u0000in text" }]);
  await say(life("j9", "eu"));
  await run();
  expect(await archivePosition(sql)).toBe(before + 13);
  expect((await sql`select seq from archive_failure order by seq`).map((r) => Number(r.seq))).toEqual([
    before + 1,
    before + 2,
    before + 3,
  ]);
  expect(await sql`select status from application where id = 'ada-j9'`).toMatchObject([
    { status: "submitted" },
  ]);
}, 20_000);

test("half a character from a portal takes no fact out of the read models", async () => {
  const told = life("j10", "eu").map((fact) =>
    fact.type === "JobListed"
      ? {
          ...fact,
          posting: { ...fact.posting, title: "Engineer \ud83d", description: "\ude00 \ud83d\ude00 \\ud83d" },
        }
      : fact,
  );
  await say(told);
  const js = jetstream(nc);
  await js.publish(
    subjects.event("New", "main"),
    '{"type":"New","actor":"test.half","at":"2026-01-02T03:04:05.000Z","trace":"0","pair":"\\ud83d\\ude00","\\udc00":"\\u0000"}',
  );
  await run();
  expect(await sql`select title, posting->>'description' as text from job where id = 'j10'`).toEqual([
    { title: "Engineer \ufffd", text: "\ufffd 😀 \\ud83d" },
  ]);
  expect(
    await sql`select fact->'pair' as pair, fact->'\ufffd' as half from fact where actor = 'test.half'`,
  ).toEqual([{ pair: "😀", half: "" }]);
});

test("keeps raw postings, and fills a Mongo server that was started empty", async () => {
  const js = jetstream(nc);
  for (const id of ["a", "b", "a"])
    await js.publish(
      subjects.topic(topics.raw("greenhouse-acme")),
      JSON.stringify({ type: "JobDiscovered", posting: posting(id, "eu") }),
    );
  const look = async () => {
    const client = await new MongoClient(mongo.url).connect();
    const found = await client.db("callboard").collection("raw_postings").find().toArray();
    await client.close();
    return found.map((document) => String(document._id)).sort();
  };
  expect(await run()).toMatchObject({ trouble: null });
  expect(await look()).toEqual(["greenhouse-acme/x-a", "greenhouse-acme/x-b"]);
  await mongo.restart();
  expect(await look()).toEqual([]);
  await until(async () => (await run()).trouble === null && (await look()).length === 2);
}, 40_000);

test("a dead database is said once, and nothing is lost", async () => {
  const node = await startActorNode({
    nc,
    nodeId: "archive-test",
    kinds: [
      hostKind(archivistActor({ minBackoffMs: 100, maxBackoffMs: 300 }), tree.archivist, {
        archiveNext: archiveTask({ nc, sql, raw: null, stayMs: 200, idleMs: 20 }),
      }),
    ],
  });
  try {
    const behind = async () => {
      const all = await streamReader(nc, streams.events, "callboard.event.ArchiveBehind.*").after(0, 100);
      return all.length;
    };
    await jetstream(nc).publish(subjects.mailbox("archivist.main"), JSON.stringify({ type: "Start" }));
    await say(life("k1", "eu"));
    await until(async () => (await sql`select 1 from application where id = 'ada-k1'`).length === 1);
    expect(await behind()).toBe(0);
    await pg.kill();
    await until(async () => (await behind()) === 1);
    await say(life("k2", "eu"));
    await pg.restart();
    await until(
      async () =>
        (await sql`select 1 from application where id = 'ada-k2' and status = 'submitted'`).length === 1,
    );
    expect(await behind()).toBe(1);
  } finally {
    await node.stop();
  }
}, 60_000);
