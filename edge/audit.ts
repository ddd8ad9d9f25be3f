/**
 * The audit trail: who did what to whom, when and why. A line is written before the thing is done and completed after, so that
 * nothing is done without one; a line without an outcome is of an edge that ended in between.
 */
import type { Schema } from "effect";
import type { AuditLine } from "../protocols/api/accounts.ts";
import type { Me } from "../protocols/api/route.ts";
import type { Database } from "../supervisors/storage/postgres/open-postgres.ts";
import { numberedPage } from "./queries.ts";

export interface Audited {
  readonly by: Pick<Me, "id" | "name" | "role">;
  readonly action: string;
  readonly params: unknown;
  readonly body: unknown;
  readonly address: string;
}

export interface Audit {
  /** @returns completes the line with the status of the answer */
  begin(what: Audited): Promise<(outcome: number) => Promise<void>>;
  page(query: {
    readonly limit?: number | undefined;
    readonly cursor?: string | undefined;
    readonly by?: string | undefined;
    readonly about?: string | undefined;
  }): Promise<{ items: AuditLine[]; next: string | null }>;
}

/** Never written down, whatever route brings them. */
const secrets = /password|current|next|token|secret|content/i;
const longest = 200;

/** What is short and no secret: an audit line says what was asked for, it is no copy of it. */
export const detailOf = (body: unknown): Record<string, Schema.Json> => {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return {};
  const detail: Record<string, Schema.Json> = {};
  for (const [key, value] of Object.entries(body)) {
    if (key === "reason" || secrets.test(key)) continue;
    if (typeof value === "number" || typeof value === "boolean" || value === null) detail[key] = value;
    // A cut through a character leaves a half, which jsonb refuses.
    if (typeof value === "string") detail[key] = value.slice(0, longest).toWellFormed();
  }
  return detail;
};

const textIn = (from: unknown, key: string): string | undefined => {
  if (typeof from !== "object" || from === null || !(key in from)) return undefined;
  const value = (from as Record<string, unknown>)[key];
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
};

/** The first that the address names, else what the body is about. */
const aboutOf = (params: unknown, body: unknown): string => {
  const [first] = Object.keys(params ?? {});
  return (
    (first === undefined ? undefined : textIn(params, first)) ??
    textIn(body, "application") ??
    textIn(body, "email")?.toLowerCase() ??
    ""
  );
};

interface Row extends Omit<AuditLine, "number" | "at"> {
  readonly number: string;
  readonly at: Date;
}

export const auditIn = (sql: Database, log: (line: string) => void): Audit => ({
  begin: async ({ by, action, params, body, address }) => {
    const detail = { ...detailOf(params), ...detailOf(body) };
    const [line] = await sql<{ number: string }[]>`
      insert into audit (by_account, by_name, role, action, about, reason, detail, address)
      values (${by.id}, ${by.name}, ${by.role}, ${action}, ${aboutOf(params, body)}, ${textIn(body, "reason") ?? ""},
        ${sql.json(detail)}, ${address})
      returning number`;
    return async (outcome) => {
      // It is done, and was written down: that its outcome can't be is no reason to tell the asker that it failed.
      await sql`update audit set outcome = ${outcome} where number = ${line?.number ?? 0}`.catch((error) =>
        log(`line ${line?.number} of the audit trail has no outcome: ${error}`),
      );
    };
  },
  page: (query) =>
    numberedPage(query, async (before, limit) => {
      const rows = await sql<Row[]>`
        select number, at, by_account as by, by_name as "byName", role, action, about, reason, detail, address, outcome from audit
        where number < ${before} ${query.by === undefined ? sql`` : sql`and by_account = ${query.by}`}
          ${query.about === undefined ? sql`` : sql`and about = ${query.about}`}
        order by number desc limit ${limit}`;
      return rows.map((row) => ({ ...row, number: Number(row.number), at: row.at.getTime() }));
    }),
});
