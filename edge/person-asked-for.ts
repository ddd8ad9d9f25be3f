/** Whom a route about a person means: an employee asks about themselves, by id or as `me`; a colleague looks to them as if there were none. */
import type { Me } from "../protocols/api/http.ts";
import type { Database } from "../supervisors/storage/postgres/open-postgres.ts";
import { notFound } from "./problem.ts";

/** @throws Refusal 404 */
export async function personAskedFor(
  sql: Database,
  me: Me,
  employee: string,
): Promise<{ readonly id: string; readonly name: string; readonly role: Me["role"] }> {
  const id = employee === "me" ? me.id : employee;
  if (me.role === "employee" && id !== me.id) throw notFound("such employee");
  const [known] = await sql<
    { name: string; role: Me["role"] }[]
  >`select name, role from account where id = ${id}`;
  if (known === undefined) throw notFound("such employee");
  return { id, ...known };
}

/**
 * The id of one who reviews. An unknown one is never told or asked anything: that would create its actor.
 * @throws Refusal 404
 */
export async function employeeAskedFor(sql: Database, me: Me, employee: string): Promise<string> {
  const { id, role } = await personAskedFor(sql, me, employee);
  if (role !== "employee") throw notFound("such employee");
  return id;
}
