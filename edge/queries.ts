/** Lists out of the read models, newest first, page by page: a page goes on after the last sequence of the one before. */
import type { ApplicationPage, ApplicationRow, FactLine, FactPage } from "../protocols/api/http.ts";
import type { Database } from "../supervisors/storage/postgres/open-postgres.ts";
import { factLine } from "./fact-line.ts";
import { notOurCursor } from "./problem.ts";

const defaultLimit = 50;

/** @returns the number that the page goes on after; undefined for the first page */
export const positionOf = (cursor: string | undefined): number | undefined => {
  if (cursor === undefined) return undefined;
  const position = Number(cursor);
  if (/^\d{1,15}$/.test(cursor) && position > 0) return position;
  throw notOurCursor();
};

/** Where a list begins whose newest come first. */
const before = (cursor: string | undefined): number => positionOf(cursor) ?? Number.MAX_SAFE_INTEGER;

/**
 * A page of what is numbered, newest first.
 * @param read rows with a number below `before`
 */
export const numberedPage = async <T extends { readonly number: number }>(
  query: { readonly limit?: number | undefined; readonly cursor?: string | undefined },
  read: (before: number, limit: number) => Promise<T[]>,
): Promise<{ items: T[]; next: string | null }> => {
  const limit = query.limit ?? defaultLimit;
  const items = await read(before(query.cursor), limit);
  return { items, next: items.length < limit ? null : String(items.at(-1)?.number) };
};

interface ApplicationRecord extends Omit<ApplicationRow, "createdAt" | "updatedAt"> {
  readonly begun: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export const applicationPage = async (
  sql: Database,
  query: {
    readonly status?: string | undefined;
    readonly limit?: number | undefined;
    readonly cursor?: string | undefined;
  },
): Promise<ApplicationPage> => {
  const limit = query.limit ?? defaultLimit;
  const rows = await sql<ApplicationRecord[]>`
    select id as application, status, score, title, company, region, portal, candidate, candidate_name as "candidateName",
      employee, reference, reason, begun, created_at as "createdAt", updated_at as "updatedAt"
    from application
    where begun < ${before(query.cursor)} ${query.status === undefined ? sql`` : sql`and status = ${query.status}`}
    order by begun desc limit ${limit}`;
  return {
    items: rows.map(({ begun: _, createdAt, updatedAt, ...row }) => ({
      ...row,
      createdAt: createdAt.getTime(),
      updatedAt: updatedAt.getTime(),
    })),
    next: rows.length < limit ? null : (rows.at(-1)?.begun ?? null),
  };
};

interface FactRecord {
  readonly seq: string;
  readonly at: Date;
  readonly type: string;
  readonly actor: string;
  readonly about: string;
  readonly fact: Record<string, never>;
}

const lineOf = ({ seq, at, type, actor, about, fact }: FactRecord): FactLine =>
  factLine({ seq: Number(seq), at, type, actor, about, line: fact });

export const eventPage = async (
  sql: Database,
  query: { readonly limit?: number | undefined; readonly cursor?: string | undefined },
): Promise<FactPage> => {
  const limit = query.limit ?? defaultLimit;
  const rows = await sql<FactRecord[]>`
    select seq, at, type, actor, about, fact from fact where seq < ${before(query.cursor)} order by seq desc limit ${limit}`;
  return {
    items: rows.map(lineOf),
    next: rows.length < limit ? null : (rows.at(-1)?.seq ?? null),
  };
};

/** Oldest first, at most the last 200. */
export const historyOf = async (sql: Database, about: string): Promise<FactLine[]> => {
  const rows = await sql<FactRecord[]>`
    select seq, at, type, actor, about, fact from fact where about = ${about} order by seq desc limit 200`;
  return rows.map(lineOf).reverse();
};
