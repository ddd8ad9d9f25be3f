/** A pool of connections to Postgres with its schema brought up to date. Nodes and edges each open one. */
import postgres, { type Sql } from "postgres";
import { migrations } from "./migrations.ts";

export type Database = Sql;

/** Any number, the same for all who migrate this schema: only one does at a time. */
const migrationLock = 7_070_001;

/** Connects lazily; a dead server shows in the first query, and the pool reconnects by itself. */
export const openPostgres = (url: string, most = 8): Database =>
  postgres(url, {
    max: most,
    connect_timeout: 5,
    idle_timeout: 60,
    // Above the longest query that is meant to be; a stuck one must not hold a connection for ever.
    connection: { application_name: "callboard", statement_timeout: 30_000 },
    onnotice: () => {},
  });

/** Applies the steps that this database lacks, each in a transaction. Safe to be called by many processes at once. */
export const migrate = async (sql: Database): Promise<void> => {
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${migrationLock})`;
    await tx`create table if not exists schema_version (version integer primary key, name text not null, at timestamptz not null default now())`;
    const rows = await tx<{ version: number }[]>`select version from schema_version`;
    const applied = new Set(rows.map(({ version }) => version));
    const newest = Math.max(0, ...applied);
    const known = migrations.at(-1)?.version ?? 0;
    if (newest > known)
      throw new Error(
        `Postgres has schema version ${newest}, but this build knows only up to ${known}: run the newer build.`,
      );
    for (const { version, name, sql: text } of migrations) {
      if (applied.has(version)) continue;
      await tx.unsafe(text);
      await tx`insert into schema_version (version, name) values (${version}, ${name})`;
    }
  });
};
