/**
 * Slows down who guesses passwords. Tries are counted in Postgres, before the password is looked at: so all edges count together,
 * a restart forgets nothing, and many tries at once don't slip through.
 */
import type { Database } from "../supervisors/storage/postgres/open-postgres.ts";
import { Refusal } from "./problem.ts";

export const windowMs = 15 * 60_000;
/** A person mistypes three times; after the fifth failure the door stays closed for the rest of the window. */
const mostPerPair = 5;
/** Many people share an office's address; a list of stolen passwords has thousands. */
const mostPerAddress = 100;
/** From all addresses together. A person who is attacked so can't sign in either, until a manager ends it. */
const mostPerEmail = 100;

export interface Throttle {
  /** Counts a try, whether or not there is such an account. @throws Refusal 429 */
  begins(email: string, address: string): Promise<void>;
  /** The password was right: what this person mistyped before counts no more. */
  succeeded(email: string, address: string): Promise<void>;
  /** A manager knows better. */
  unlock(email: string): Promise<void>;
}

export const loginThrottle = (sql: Database): Throttle => {
  const keysOf = (email: string, address: string) =>
    [
      { key: `address ${address}`, email: "", most: mostPerAddress },
      { key: `email ${email}`, email, most: mostPerEmail },
      { key: `pair ${email} ${address}`, email, most: mostPerPair },
    ] as const; // In one order always: two logins don't wait for each other in a ring.
  return {
    begins: async (given, address) => {
      const keys = keysOf(given.toLowerCase(), address);
      const counted = await sql<{ key: string; count: number; since: Date }[]>`
        insert into login_failure as f (key, email, most, count, since)
        select key, email, most, 1, now() from unnest(${keys.map(({ key }) => key)}::text[], ${keys.map(({ email }) => email)}::text[],
          ${keys.map(({ most }) => most)}::int[]) as k (key, email, most) order by key
        on conflict (key) do update set
          count = case when f.since < now() - ${windowMs} * interval '1 millisecond' then 1 else f.count + 1 end,
          since = case when f.since < now() - ${windowMs} * interval '1 millisecond' then now() else f.since end
        returning key, count, since`;
      for (const { key, count, since } of counted) {
        if (count <= (keys.find((one) => one.key === key)?.most ?? 0)) continue;
        const seconds = Math.max(1, Math.ceil((since.getTime() + windowMs - Date.now()) / 1_000));
        throw new Refusal(
          429,
          "TooManyTries",
          `Too many failed tries. Wait ${Math.ceil(seconds / 60)} minutes and try again, or ask a manager.`,
          { "retry-after": String(seconds) },
        );
      }
    },
    succeeded: async (given, address) => {
      const email = given.toLowerCase();
      await sql`delete from login_failure where key in (${`pair ${email} ${address}`}, ${`email ${email}`})
        or since < now() - ${windowMs} * interval '1 millisecond'`;
      await sql`update login_failure set count = count - 1 where key = ${`address ${address}`} and count > 0`;
    },
    unlock: async (email) => {
      await sql`delete from login_failure where email = ${email}`;
    },
  };
};
