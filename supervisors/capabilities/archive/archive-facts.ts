/**
 * Applies facts to the read models: each once, keyed by its sequence in EVENTS, in one transaction with the position. A
 * fact that can't be applied is kept aside with its error and never stops the ones behind it.
 */
import type { TransactionSql } from "postgres";
import type { Database } from "../../storage/postgres/open-postgres.ts";
import { projectFact } from "./project-fact.ts";
import { type ReadFact, readFact } from "./stored-fact.ts";
import type { StoredRecord } from "./stream-reader.ts";

/** Figures of the moment: they would be most of the trail and tell nothing that the other facts don't. */
const notInTheTrail = new Set(["PulseMeasured"]);

export const archivePosition = async (sql: Database): Promise<number> => {
  const [row] = await sql<{ position: string }[]>`select position from projection where name = 'archive'`;
  if (row === undefined)
    throw new Error("The table projection has no row 'archive': run the migrations again.");
  return Number(row.position);
};

/**
 * @param from the position that `records` follow.
 * @returns the new position, or null if another has moved it meanwhile: read again from there.
 */
export const archiveFacts = async (
  sql: Database,
  from: number,
  records: readonly StoredRecord[],
): Promise<number | null> => {
  if (records.length === 0) return from;
  try {
    return await applyAll(sql, from, records);
  } catch (error) {
    if (!isAboutTheData(error)) throw error;
    const [only] = records;
    if (records.length > 1 || only === undefined) return await oneByOne(sql, from, records);
    return await setAside(sql, from, only, String(error));
  }
};

const oneByOne = async (sql: Database, from: number, records: readonly StoredRecord[]) => {
  let position: number | null = from;
  for (const record of records) {
    position = await archiveFacts(sql, position, [record]);
    if (position === null) return null;
  }
  return position;
};

const applyAll = (sql: Database, from: number, records: readonly StoredRecord[]) =>
  sql.begin(async (tx) => {
    const to = records.at(-1)?.seq ?? from;
    if (!(await move(tx, from, to))) return null;
    const queries: Promise<unknown>[] = [];
    for (const record of records) {
      const fact = readFact(record);
      if (fact === null) queries.push(fail(tx, record, "It is no fact: no JSON with type, actor and time."));
      else {
        if (fact.fact === null) queries.push(fail(tx, record, `This build does not know this ${fact.type}.`));
        if (!notInTheTrail.has(fact.type)) queries.push(trail(tx, fact));
        queries.push(...projectFact(tx, fact));
      }
    }
    // Sent without waiting for each other; on one connection they run in order.
    await Promise.all(queries);
    return to;
  });

const setAside = (sql: Database, from: number, record: StoredRecord, error: string) =>
  sql.begin(async (tx) => {
    if (!(await move(tx, from, record.seq))) return null;
    await fail(tx, record, error);
    return record.seq;
  });

const move = async (tx: TransactionSql, from: number, to: number): Promise<boolean> => {
  const moved =
    await tx`update projection set position = ${to} where name = 'archive' and position = ${from}`;
  return moved.count === 1;
};

const trail = (tx: TransactionSql, { seq, at, type, actor, about, line }: ReadFact): Promise<unknown> =>
  tx`insert into fact (seq, at, type, actor, about, fact)
     values (${seq}, ${at}, ${type}, ${actor}, ${about}, ${tx.json(line)}) on conflict do nothing`.then();

const fail = (tx: TransactionSql, { seq, text }: StoredRecord, error: string): Promise<unknown> =>
  tx`insert into archive_failure (seq, error, body)
     values (${seq}, ${error.slice(0, 2_000)}, ${text.replaceAll("\0", "").slice(0, 100_000)}) on conflict do nothing`.then();

/** Postgres' classes 22 (data exception) and 23 (constraint): the same fact fails the same way again. */
const isAboutTheData = (error: unknown): boolean =>
  typeof error === "object" &&
  error !== null &&
  "code" in error &&
  typeof error.code === "string" &&
  /^2[23]/.test(error.code);
