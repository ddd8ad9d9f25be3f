/** Throws the read models away and lets the archivist make them anew from the beginning of the EVENTS stream. */
import type { Database } from "../../storage/postgres/open-postgres.ts";

export const readModelTables = [
  "candidate",
  "job",
  "job_sighting",
  "application",
  "review",
  "strike",
  "miss",
  "locked_account",
  "incident",
  "fact",
  "live_minute",
  "archive_failure",
] as const;

/** May be called while the archivist runs: its next transaction finds the position moved and reads again from there. */
export const rebuildReadModels = async (sql: Database): Promise<void> => {
  await sql.begin(async (tx) => {
    // First, as the archivist does: so the two wait for each other instead of locking each other out.
    await tx`update projection set position = 0 where name = 'archive'`;
    await tx.unsafe(`truncate ${readModelTables.join(", ")}`);
  });
};
