/**
 * The accounts that a first start makes: one or two of each role for the demo, or, where real people work, the first manager,
 * who makes the others. Their passwords stand in a file that only its owner can read.
 */
import { randomUUID } from "node:crypto";
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Schema } from "effect";
import { Role } from "../protocols/api/route.ts";
import type { CallboardConfig } from "../supervisors/config.ts";
import type { Database } from "../supervisors/storage/postgres/open-postgres.ts";
import { oneTimeUntil } from "./accounts.ts";
import { freshPassword, hashPassword } from "./password.ts";

const people = [
  { id: "mira", name: "Mira", role: "employee", email: "mira@callboard.example" },
  { id: "jon", name: "Jon", role: "employee", email: "jon@callboard.example" },
  { id: "lena", name: "Lena", role: "manager", email: "lena@callboard.example" },
  { id: "omar", name: "Omar", role: "ops", email: "omar@callboard.example" },
] as const;

const Written = Schema.fromJsonString(
  Schema.Array(Schema.Struct({ role: Role, email: Schema.String, password: Schema.String })),
);
type Written = typeof Written.Type;

export const demoAccountsFile = (home: string) => join(home, "demo-accounts.json");
export const firstManagerFile = (home: string) => join(home, "first-manager.json");

/** Any number, the same for all edges: only one makes accounts at a time. */
const accountsLock = 7_070_002;

/** Called by an edge before it listens. */
export const ensureFirstAccounts = async (
  sql: Database,
  config: Pick<CallboardConfig, "home" | "demoAccounts" | "firstManager">,
  log: (line: string) => void,
): Promise<void> => {
  if (config.demoAccounts === "on") return await ensureDemoAccounts(sql, config.home);
  const [manager] = await sql`select 1 from account where role = 'manager' and disabled_at is null limit 1`;
  if (manager !== undefined) return;
  if (config.firstManager === undefined)
    return log(
      "Nobody can manage this installation yet: give somebody an account with `callboard account <e-mail> --role manager`, or set CALLBOARD_FIRST_MANAGER.",
    );
  const file = await makeFirstManager(sql, config.home, config.firstManager.toLowerCase());
  if (file !== null)
    log(`The one-time password of the first manager, ${config.firstManager}, is in ${file}.`);
};

/** @returns the file with the password, or null if another edge was faster. */
const makeFirstManager = async (sql: Database, home: string, email: string): Promise<string | null> =>
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${accountsLock})`;
    const [manager] = await tx`select 1 from account where role = 'manager' and disabled_at is null limit 1`;
    if (manager !== undefined) return null;
    const password = freshPassword();
    const hash = await hashPassword(password);
    const file = firstManagerFile(home);
    await tx`
      insert into account (id, email, name, role, password_hash, password_once, password_until)
      values (${email}, ${email}, ${email.slice(0, email.indexOf("@"))}, 'manager', ${hash}, true, ${oneTimeUntil()})
      on conflict (email) do update set role = 'manager', disabled_at = null, password_hash = excluded.password_hash,
        password_once = true, password_until = excluded.password_until`;
    await writePrivately(file, `${JSON.stringify([{ role: "manager", email, password }], null, 2)}\n`);
    return file;
  });

/**
 * Makes the demo accounts where there are none, so that the file and the accounts agree: a file without accounts (the database
 * is new) gives them its passwords; demo accounts without a file (it was removed) get new ones.
 */
const ensureDemoAccounts = async (sql: Database, home: string): Promise<void> => {
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${accountsLock})`;
    const existing = new Set((await tx<{ email: string }[]>`select email from account`).map((r) => r.email));
    const file = demoAccountsFile(home);
    let written = await readWritten(file);
    const isDemo = people.some(({ email }) => existing.has(email));
    if (written === null && existing.size > 0 && !isDemo) return;
    const renewed = written === null;
    written ??= people.map(({ role, email }) => ({ role, email, password: freshPassword() }));
    for (const { role, email, password } of written) {
      if (existing.has(email) && !renewed) continue;
      const person = people.find((one) => one.email === email);
      const hash = await hashPassword(password);
      await tx`
        insert into account (id, email, name, role, password_hash)
        values (${person?.id ?? email}, ${email.toLowerCase()}, ${person?.name ?? email}, ${role}, ${hash})
        on conflict (email) do update set password_hash = excluded.password_hash`;
    }
    // Last within the transaction: a file without accounts is put right at the next start, the reverse is not seen.
    if (renewed) await writePrivately(file, `${JSON.stringify(written, null, 2)}\n`);
  });
};

const readWritten = async (file: string): Promise<Written | null> => {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return null;
  try {
    return Schema.decodeUnknownSync(Written)(text);
  } catch (cause) {
    throw new Error(`${file} is damaged: remove it, and the demo accounts get new passwords.`, { cause });
  }
};

const writePrivately = async (file: string, text: string) => {
  await mkdir(dirname(file), { recursive: true });
  const half = `${file}.${randomUUID()}`;
  await writeFile(half, text, { mode: 0o600 });
  await chmod(half, 0o600);
  await rename(half, file);
};
