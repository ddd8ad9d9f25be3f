/** A connection that dies costs its queries, never the process: what `patches/` mends in the library. */
import { expect, test } from "vitest";
import { startPostgres } from "../../testkit/postgres.ts";
import { openPostgres } from "./open-postgres.ts";

test("a transaction whose server process is gone is refused, nothing it asks then is done outside of it, and the pool goes on", async () => {
  const server = await startPostgres();
  const sql = openPostgres(server.url, 1);
  const other = openPostgres(server.url, 1);
  try {
    await sql`create table note (text text)`;
    let went = () => {};
    const over = new Promise<void>((resolve) => {
      went = resolve;
    });
    const later: unknown[] = [];
    // Not `reserve()`: what waits behind a query there is never answered when the line dies (postgres.js 3.4.9).
    const broken = sql.begin(async (tx) => {
      await tx`insert into note values ('first')`;
      const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
      await other`select pg_terminate_backend(${row?.pid ?? 0})`;
      await new Promise((resolve) => setTimeout(resolve, 100));
      // The pool has its one connection back, on a new line.
      expect(await sql`select 2 as two`).toEqual([{ two: 2 }]);
      for (const text of ["second", "third"])
        await tx`insert into note values (${text})`.catch(({ code }) => later.push(code));
      went();
    });
    await expect(broken).rejects.toMatchObject({ code: "CONNECTION_CLOSED" });
    await over;
    expect(later).toEqual(["CONNECTION_CLOSED", "CONNECTION_CLOSED"]);
    expect(await sql`select text from note`).toEqual([]);
  } finally {
    await Promise.all([sql.end({ timeout: 1 }), other.end({ timeout: 1 })]);
    await server.stop();
  }
});
