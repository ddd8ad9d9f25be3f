/** Waits until everything has come to rest after the last fault, and then judges the run from the outside. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { jetstreamManager } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import { encodeToken } from "../../protocols/address.ts";
import type { StoredFact } from "../../protocols/event.ts";
import { buckets, streams, subjects } from "../../protocols/subjects.ts";
import { streamReader } from "../../supervisors/capabilities/archive/stream-reader.ts";
import {
  commandsTookEffect,
  oneHolder,
  owed,
  type Received,
  type Refused,
  standings,
  strikesAfter,
  strikesAreMisses,
  strikesAreTheirFault,
  submittedOnce,
  takenBack,
  unjudged,
  witnessesHeard,
} from "./invariants.ts";
import { archivedUpTo, readModelsEqualRebuild } from "./read-models.ts";
import type { Notes } from "./reviewer.ts";
import type { World } from "./world.ts";

export interface Verdict {
  /** By invariant, what is wrong; empty lists are good. */
  readonly violations: ReadonlyMap<string, readonly string[]>;
  readonly facts: number;
  readonly applications: number;
  readonly submissions: number;
  readonly strikes: number;
  /** Of the strikes, how many were taken back, and misses that gave none. */
  readonly voided: number;
  readonly excused: number;
  /** Reviews that ended, by how. */
  readonly reviews: Readonly<Record<string, number>>;
}

const sayEveryMs = 30_000;

/** @returns a function that gives all that EVENTS holds by then, in order; it reads only what is new. */
function factReader(nc: NatsConnection): () => Promise<readonly StoredFact[]> {
  const reader = streamReader(nc, streams.events, subjects.allEvents);
  const facts: StoredFact[] = [];
  let position = 0;
  return async () => {
    for (;;) {
      const records = await reader.after(position, 500);
      const last = records.at(-1);
      if (last === undefined) return facts;
      for (const { text } of records) facts.push(JSON.parse(text));
      position = last.seq;
    }
  };
}

/**
 * @param withinMs how long it may go on without coming nearer to its rest
 * @returns what was not at rest by then
 */
export async function comeToRest(
  world: World,
  acknowledged: ReadonlyMap<string, number>,
  withinMs: number,
  log: (line: string) => void,
) {
  const { nc, portal, companies, sql, mongo } = world;
  const jsm = await jetstreamManager(nc, { checkAPI: false });
  const allFacts = factReader(nc);
  let deadline = Date.now() + withinMs;
  let most = 0;
  let saidAt = Date.now();
  let restless: string[] = [];
  let quietSince: number | null = null;
  for (;;) {
    try {
      restless = [];
      const facts = await allFacts();
      const openings = new Set(
        (
          (await (await fetch(`${portal.url}/__control/postings`)).json()) as {
            openingId: number;
            company: string;
            absurdity?: unknown;
          }[]
        )
          .filter(({ absurdity, company }) => !absurdity && companies.includes(company))
          .map(({ openingId }) => openingId),
      );
      const count = (type: string) => facts.filter((fact) => fact.type === type).length;
      const [listed, matched] = [count("JobListed"), count("JobMatched")];
      if (listed < openings.size) restless.push(`${listed} of ${openings.size} jobs are listed`);
      if (matched < listed) restless.push(`${matched} of ${listed} jobs are matched`);
      const unfinished = owed(facts);
      restless.push(...unfinished);
      restless.push(...unjudged(facts));
      restless.push(...witnessesHeard(facts, acknowledged));
      const [events, jobs] = await Promise.all([
        jsm.streams.info(streams.events),
        jsm.streams.info(streams.jobs),
      ]);
      const archived = await archivedUpTo(sql, mongo.url);
      // The figures of the moment go on and on; a second behind is at rest.
      if (archived.events + 50 < events.state.last_seq)
        restless.push(`Postgres is at ${archived.events} of ${events.state.last_seq}`);
      if (archived.jobs < jobs.state.last_seq - 200)
        restless.push(`Mongo is at ${archived.jobs} of ${jobs.state.last_seq}`);
      const done = matched + standings(facts).size - unfinished.length;
      if (done > most) deadline = Date.now() + withinMs;
      most = Math.max(most, done);
    } catch (error) {
      restless = [`can't be read: ${error}`];
    }
    if (restless.length > 0 && Date.now() - saidAt > sayEveryMs) {
      saidAt = Date.now();
      log(`not at rest: ${restless.length}, among them: ${restless[0]}`);
    }
    quietSince = restless.length === 0 ? (quietSince ?? Date.now()) : null;
    if (quietSince !== null && Date.now() - quietSince > 3_000) return [];
    if (Date.now() > deadline) return restless;
    await wait(1_000);
  }
}

export async function judge(
  world: World,
  notes: Notes,
  acknowledged: ReadonlyMap<string, number>,
  restless: readonly string[],
): Promise<Verdict> {
  const { nc, portal, sql, postgres, mongo } = world;
  const read = async (path: string) => (await fetch(`${portal.url}/__control/${path}`)).json();
  const facts = await factReader(nc)();
  const received = (await read("applications")) as Received[];
  const refused = (await read("refused")) as Refused[];
  // For whoever has to find out why.
  await Promise.all([
    writeFile(
      join(world.home, "logs", "facts.jsonl"),
      facts.map((fact) => `${JSON.stringify(fact)}\n`),
    ),
    writeFile(join(world.home, "logs", "portal.json"), JSON.stringify({ received, refused }, null, 1)),
  ]);
  const waiting = restless.length === 0 ? [] : [...shutPortals(facts)];
  const violations = new Map<string, readonly string[]>([
    ["no acknowledged message lost, order kept", witnessesHeard(facts, acknowledged)],
    ["what an edge acknowledged took effect", commandsTookEffect(facts, notes.acknowledged)],
    ["no submission twice", submittedOnce(facts, received, refused)],
    ["at most one holder per review", oneHolder(facts)],
    ["every task ends or waits visibly", [...restless, ...waiting, ...(await staysStuck(nc))]],
    [
      "strikes = misses that were their fault",
      [...strikesAreMisses(facts), ...strikesAreTheirFault(facts, notes)],
    ],
    ["strike records = strikes", await strikeRecords(nc, facts)],
    ["read models = a rebuild", await readModelsEqualRebuild(nc, sql, postgres.url, mongo.url)],
    [
      "no process fell by itself",
      [...world.nodes, ...world.edges, ...world.cluster.servers]
        .filter(({ process }) => process.crashes > 0)
        .map(({ process }) => `${process.name} ended ${process.crashes} times by itself`),
    ],
  ]);
  const count = (wanted: StoredFact["type"]) => facts.filter(({ type }) => type === wanted).length;
  const reviews: Record<string, number> = {};
  for (const fact of facts)
    if (fact.type === "ReviewEnded") reviews[fact.outcome] = (reviews[fact.outcome] ?? 0) + 1;
  return {
    violations,
    reviews,
    facts: facts.length,
    applications: new Set(
      facts.flatMap((fact) => (fact.type === "ApplicationScored" ? [fact.application] : [])),
    ).size,
    submissions: received.length,
    strikes: count("StrikeRecorded"),
    voided: takenBack(facts).length,
    excused: count("MissExcused"),
  };
}

/** Appliers that pause now, and why: what waits behind them explains a run that does not come to rest. */
function shutPortals(facts: readonly StoredFact[]): string[] {
  const last = new Map<string, string>();
  for (const fact of facts)
    if (fact.type === "ApplierBlocked" && Date.parse(fact.at) + fact.retryAfterMs > Date.now())
      last.set(fact.portal, `applier ${fact.portal} waits ${fact.retryAfterMs} ms: ${fact.reason}`);
  return [...last.values()];
}

/** People come and go while we look, and what they say is on its way for a moment: stuck is what is found each time. */
async function staysStuck(nc: NatsConnection): Promise<string[]> {
  let found = await stuck(nc);
  for (let looks = 1; looks < 8 && found.length > 0; looks++) {
    await wait(2_000);
    const now = await stuck(nc);
    found = found.filter((one) => now.includes(one));
  }
  return found;
}

/** Parked actors, parked mail, and dead letters that no failed application explains. */
async function stuck(nc: NatsConnection): Promise<string[]> {
  const found: string[] = [];
  const letters = streamReader(nc, streams.dead, subjects.allDead);
  for (let position = 0; ; ) {
    const records = await letters.after(position, 200);
    if (records.length === 0) break;
    for (const { seq, subject, text } of records) {
      position = seq;
      const letter = JSON.parse(text) as { type: string; cause?: { message: string } };
      if (letter.type === "DeadLetter") found.push(`dead letter ${subject}: ${letter.cause?.message}`);
    }
  }
  const jsm = await jetstreamManager(nc, { checkAPI: false });
  const kept = [
    [streams.acts, subjects.allParked],
    [streams.acts, subjects.allOut],
    [streams.tells, subjects.allTells],
  ] as const;
  for (const [stream, filter] of kept) {
    const { state } = await jsm.streams.info(stream, { subjects_filter: filter });
    // The figures of the moment are on their way all the time.
    for (const [subject, count] of Object.entries(state.subjects ?? {}))
      if (!subject.includes("PulseMeasured")) found.push(`${count} left on ${subject}`);
  }
  return found;
}

/** The KV record of each employee is how many strikes count. */
async function strikeRecords(nc: NatsConnection, facts: readonly StoredFact[]): Promise<string[]> {
  const last = new Map<string, number>();
  for (const fact of facts) {
    if (!("employee" in fact) || fact.employee === null) continue;
    const count = strikesAfter(fact, last.get(fact.employee) ?? 0);
    if (count !== undefined) last.set(fact.employee, count);
  }
  const records = await new Kvm(nc).open(buckets.strikes);
  const wrong: string[] = [];
  for (const [employee, count] of last) {
    const record = await records.get(`employee.${encodeToken(employee)}`);
    const kept = record?.json<{ count: number }>().count;
    if (kept !== count) wrong.push(`${employee}: the record says ${kept}, the facts ${count}`);
  }
  return wrong;
}
