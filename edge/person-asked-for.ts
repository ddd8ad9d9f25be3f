/** Whom a route about a person means: an employee asks about themselves, by id or as `me`; a colleague looks to them as if there were none. */
import type { Me } from "../protocols/api/http.ts";
import type { Database } from "../supervisors/storage/postgres/open-postgres.ts";
import { notFound } from "./problem.ts";

/** @throws Refusal 404 */
export async function personAskedFor(
  sql: Database,
  me: Me,
  employee: string,
): Promise<{ readonly id: string; readonly name: string }> {
  const id = employee === "me" ? me.id : employee;
  if (me.role === "employee" && id !== me.id) throw notFound("such employee");
  const [known] = await sql<{ name: string }[]>`select name from account where id = ${id}`;
  if (known === undefined) throw notFound("such employee");
  return { id, name: known.name };
}
