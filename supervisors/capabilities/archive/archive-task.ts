/** The task `archiveNext`: brings Postgres and Mongo up to date with the streams, and stays at it for up to half a minute. */
import type { NatsConnection } from "@nats-io/transport-node";
import type { ArchiveNextOutput } from "../../../actors/archivist/machine.ts";
import { streams, subjects } from "../../../protocols/subjects.ts";
import type { RawPostings } from "../../storage/mongo/raw-postings.ts";
import { type Database, migrate } from "../../storage/postgres/open-postgres.ts";
import { archiveFacts, archivePosition } from "./archive-facts.ts";
import { pause, type StoredRecord, type StreamReader, streamReader } from "./stream-reader.ts";

export interface ArchiveTaskOptions {
  readonly nc: NatsConnection;
  readonly sql: Database;
  /** Null on an installation without Mongo. */
  readonly raw: RawPostings | null;
  /** How long one run stays at it, so that turns are few. Default 30 s. */
  readonly stayMs?: number;
  /** How long to wait when nothing is new. Default 400 ms. */
  readonly idleMs?: number;
}

const batchSize = 200;

/** The implementation for `hostKind(archivistActor, …, { archiveNext })`. */
export const archiveTask = ({ nc, sql, raw, stayMs = 30_000, idleMs = 400 }: ArchiveTaskOptions) => {
  const facts = streamReader(nc, streams.events, subjects.allEvents);
  const postings = streamReader(nc, streams.jobs, subjects.allRaw);
  let migrated = false;
  return async (_: unknown, { signal }: { readonly signal: AbortSignal }): Promise<ArchiveNextOutput> => {
    const until = performance.now() + stayMs;
    // Here and not at the node's start: a dead database must not keep a node from starting.
    if (!migrated) await migrate(sql);
    migrated = true;
    let position = await archivePosition(sql);
    let applied = 0;
    let trouble: string | null = null;
    do {
      const records = await facts.after(position, batchSize);
      const moved = await archiveFacts(sql, position, records);
      if (moved !== null) applied += records.length;
      position = moved ?? (await archivePosition(sql));
      let kept = 0;
      if (raw !== null && trouble === null) {
        try {
          kept = await keepRaw(raw, postings);
        } catch (error) {
          // Postgres goes on without it; the machine says so and this is tried again in the next run.
          trouble = `Raw postings are not archived: ${error instanceof Error ? error.message : String(error)}`;
        }
      }
      if (records.length === 0 && kept === 0) await pause(idleMs, signal);
    } while (!signal.aborted && performance.now() < until);
    return { position, applied, trouble };
  };
};

/** The position is read each time: a Mongo server that was started anew is empty, and is filled again from the beginning. */
const keepRaw = async (raw: RawPostings, postings: StreamReader): Promise<number> => {
  const records = await postings.after(await raw.position(), batchSize);
  const last = records.at(-1);
  if (last === undefined) return 0;
  await raw.keep(records.flatMap(documentOf), last.seq);
  return records.length;
};

/** What can't be read is left out: the catalog, which hears the same message, writes the dead letter. */
const documentOf = ({ seq, text }: StoredRecord) => {
  try {
    const message: unknown = JSON.parse(text);
    if (typeof message !== "object" || message === null || !("posting" in message)) return [];
    const { posting } = message;
    if (typeof posting !== "object" || posting === null) return [];
    if (!("portal" in posting) || !("externalId" in posting)) return [];
    return [{ portal: String(posting.portal), externalId: String(posting.externalId), seq, posting }];
  } catch {
    return []; // As above.
  }
};
