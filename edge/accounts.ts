/** Who may sign in. Real accounts live in Postgres; a first start without any makes demo accounts and writes them down. */
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Schema } from "effect";
import { type Me, Role } from "../protocols/api/http.ts";
import type { Database } from "../supervisors/storage/postgres/open-postgres.ts";
import { freshPassword, hashPassword } from "./password.ts";

export interface Account extends Me {
  readonly passwordHash: string;
}

interface Row {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly password_hash: string;
}

/** Disabled accounts are not found. */
export const accountByEmail = async (sql: Database, email: string): Promise<Account | null> => {
  const [row] = await sql<Row[]>`
    select id, email, name, role, password_hash from account where email = ${email.toLowerCase()} and disabled_at is null`;
  return row === undefined
    ? null
    : { id: row.id, email: row.email, name: row.name, role: row.role, passwordHash: row.password_hash };
};

export const employeeAccounts = async (sql: Database): Promise<readonly Me[]> =>
  await sql<Me[]>`
    select id, email, name, role from account where role = 'employee' and disabled_at is null order by name, id limit 1000`;

/**
 * Makes an account with a password of its own, or gives the one of this e-mail a new password and ends its sessions (an edge
 * may believe in one for 10 s more). Who was disabled may sign in again.
 * @returns the password, which stands nowhere else
 */
export const giveAccount = async (sql: Database, { email, name, role }: Omit<Me, "id">): Promise<string> => {
  const password = freshPassword();
  const hash = await hashPassword(password);
  await sql.begin(async (tx) => {
    const [{ id } = { id: "" }] = await tx<{ id: string }[]>`
      insert into account (id, email, name, role, password_hash)
      values (${email.toLowerCase()}, ${email.toLowerCase()}, ${name}, ${role}, ${hash})
      on conflict (email) do update
        set name = excluded.name, role = excluded.role, password_hash = excluded.password_hash, disabled_at = null
      returning id`;
    await tx`delete from session where account = ${id}`;
  });
  return password;
};

/** Whoever leaves signs in no more; sessions end as above. @returns whether there was such an account */
export const disableAccount = async (sql: Database, email: string): Promise<boolean> =>
  await sql.begin(async (tx) => {
    const [row] = await tx<{ id: string }[]>`
      update account set disabled_at = now() where email = ${email.toLowerCase()} returning id`;
    if (row !== undefined) await tx`delete from session where account = ${row.id}`;
    return row !== undefined;
  });

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

/** Any number, the same for all edges: only one makes accounts at a time. */
const accountsLock = 7_070_002;

/**
 * Makes the demo accounts where there are none, so that the file and the accounts agree: a file without accounts (the database
 * is new) gives them its passwords; demo accounts without a file (it was removed) get new ones.
 */
export const ensureDemoAccounts = async (sql: Database, home: string): Promise<void> => {
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
  const half = `${file}.${process.pid}`;
  await writeFile(half, text, { mode: 0o600 });
  await chmod(half, 0o600);
  await rename(half, file);
};
