/** The read models against a rebuild: all of EVENTS and JOBS is read again, into a database of its own, and compared row by row. */
import { setTimeout as wait } from "node:timers/promises";
import type { NatsConnection } from "@nats-io/transport-node";
import { MongoClient } from "mongodb";
import { streams, subjects } from "../../protocols/subjects.ts";
import { archiveFacts } from "../../supervisors/capabilities/archive/archive-facts.ts";
import { readModelTables } from "../../supervisors/capabilities/archive/rebuild.ts";
import { streamReader } from "../../supervisors/capabilities/archive/stream-reader.ts";
import { type Database, migrate, openPostgres } from "../../supervisors/storage/postgres/open-postgres.ts";

/** What differs, a line each. */
export async function readModelsEqualRebuild(
  nc: NatsConnection,
  sql: Database,
  postgresUrl: string,
  mongoUrl: string,
): Promise<string[]> {
  await sql`create database rebuilt`;
  const rebuilt = openPostgres(postgresUrl.replace(/\/[^/]*$/, "/rebuilt"), 2);
  try {
    await migrate(rebuilt);
    const reader = streamReader(nc, streams.events, subjects.allEvents);
    let position = 0;
    let wrong: string[] = [];
    // Facts go on coming, of people who leave and of figures: what differs once both have read on does so for good.
    for (let looks = 0; looks < 10; looks++) {
      for (;;) {
        const records = await reader.after(position, 200);
        const next = records.length === 0 ? null : await archiveFacts(rebuilt, position, records);
        if (next === null) break;
        position = next;
      }
      wrong = [...(await differences(sql, rebuilt)), ...(await rawPostingsAreThere(nc, mongoUrl))];
      if (wrong.length === 0) break;
      await wait(2_000);
    }
    return wrong;
  } finally {
    await rebuilt.end({ timeout: 1 });
  }
}

async function differences(sql: Database, rebuilt: Database): Promise<string[]> {
  const wrong: string[] = [];
  for (const table of readModelTables) {
    // As text in the database's own order of columns, so that a difference of types is one too.
    const rows = async (from: Database) =>
      (await from.unsafe(`select t::text as row from ${table} t order by 1`)).map((one) => String(one.row));
    const [is, should] = await Promise.all([rows(sql), rows(rebuilt)]);
    const [here, there] = [new Set(is), new Set(should)];
    for (const row of is)
      if (!there.has(row)) wrong.push(`${table} has, and a rebuild has not: ${row.slice(0, 200)}`);
    for (const row of should) if (!here.has(row)) wrong.push(`${table} lacks: ${row.slice(0, 200)}`);
  }
  return wrong;
}

async function rawPostingsAreThere(nc: NatsConnection, mongoUrl: string): Promise<string[]> {
  const reader = streamReader(nc, streams.jobs, subjects.allRaw);
  const wanted = new Map<string, number>();
  for (let position = 0; ; ) {
    const records = await reader.after(position, 200);
    if (records.length === 0) break;
    for (const { seq, text } of records) {
      const { posting } = JSON.parse(text) as { posting: { portal: string; externalId: string } };
      wanted.set(`${posting.portal}/${posting.externalId}`, seq);
      position = seq;
    }
  }
  const client = new MongoClient(mongoUrl, { serverSelectionTimeoutMS: 3_000 });
  try {
    const kept = await client.db("callboard").collection("raw_postings").find().toArray();
    const seqs = new Map(kept.map((document) => [String(document._id), Number(document.seq)]));
    return [...wanted].flatMap(([id, seq]) =>
      seqs.get(id) === seq ? [] : [`raw posting ${id}: kept is ${seqs.get(id)}, the stream says ${seq}`],
    );
  } finally {
    await client.close();
  }
}

/** Last sequence of EVENTS that Postgres has, and of JOBS that Mongo has. */
export async function archivedUpTo(
  sql: Database,
  mongoUrl: string,
): Promise<{ events: number; jobs: number }> {
  const [row] = await sql<{ position: string }[]>`select position from projection where name = 'archive'`;
  const client = new MongoClient(mongoUrl, { serverSelectionTimeoutMS: 3_000 });
  try {
    const found = await client.db("callboard").collection("positions").findOne({});
    return { events: Number(row?.position ?? 0), jobs: Number(found?.position ?? 0) };
  } finally {
    await client.close();
  }
}
