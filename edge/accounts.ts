/** Who may sign in: the accounts in Postgres, and what managers do with them. */
import type { AccountRow } from "../protocols/api/accounts.ts";
import type { Me, Role } from "../protocols/api/route.ts";
import type { Database } from "../supervisors/storage/postgres/open-postgres.ts";
import { freshPassword, hashPassword } from "./password.ts";
import { notFound, Refusal } from "./problem.ts";
import { windowMs } from "./throttle.ts";

/** A person is expected to sign in within a week of being given a password. */
const oneTimeLifeMs = 7 * 24 * 3_600_000;
export const oneTimeUntil = () => new Date(Date.now() + oneTimeLifeMs);

export interface Account {
  readonly me: Me;
  readonly passwordHash: string;
}

interface Row extends Omit<Me, "passwordOnce"> {
  readonly password_hash: string;
  readonly password_once: boolean;
}

export const meOf = ({ id, email, name, role, password_once }: Omit<Row, "password_hash">): Me => ({
  id,
  email,
  name,
  role,
  ...(password_once ? { passwordOnce: true } : {}),
});

/** Who is disabled, or whose one-time password has run out, is not found: to who tries it looks like a wrong password. */
export const accountByEmail = async (sql: Database, email: string): Promise<Account | null> => {
  const [row] = await sql<Row[]>`
    select id, email, name, role, password_hash, password_once from account
    where email = ${email.toLowerCase()} and disabled_at is null and (password_until is null or password_until > now())`;
  return row === undefined ? null : { me: meOf(row), passwordHash: row.password_hash };
};

export const employeeAccounts = async (sql: Database): Promise<readonly Me[]> =>
  await sql<Me[]>`
    select id, email, name, role from account where role = 'employee' and disabled_at is null order by name, id limit 1000`;

interface ListedRow extends Omit<AccountRow, "createdAt" | "disabledAt" | "lastSignInAt" | "waitsUntil"> {
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
  readonly lastSignInAt: Date | null;
  readonly failedSince: Date | null;
}

/** All of them by name; an installation has hundreds, not more. */
export const listAccounts = async (sql: Database): Promise<AccountRow[]> => {
  const rows = await sql<ListedRow[]>`
    select id as account, email, name, role, created_at as "createdAt", disabled_at as "disabledAt", password_once as "passwordOnce",
      last_sign_in_at as "lastSignInAt",
      (select count(*)::int from session where session.account = account.id and expires_at > now()) as sessions,
      (select max(since) from login_failure f where f.email = account.email and f.count >= f.most
        and f.since > now() - ${windowMs} * interval '1 millisecond') as "failedSince"
    from account order by name, id limit 5000`;
  return rows.map(({ createdAt, disabledAt, lastSignInAt, failedSince, ...row }) => ({
    ...row,
    createdAt: createdAt.getTime(),
    disabledAt: disabledAt?.getTime() ?? null,
    lastSignInAt: lastSignInAt?.getTime() ?? null,
    waitsUntil: failedSince === null ? null : failedSince.getTime() + windowMs,
  }));
};

/** A password that somebody else has seen: it opens nothing but the choice of another, and not for ever. */
export interface Given {
  readonly account: string;
  readonly oneTimePassword: string;
  readonly validUntil: number;
}

export const createAccount = async (
  sql: Database,
  { email, name, role }: Pick<Me, "email" | "name" | "role">,
): Promise<Given> => {
  const oneTimePassword = freshPassword();
  const until = oneTimeUntil();
  const account = email.toLowerCase();
  const made = await sql`
    insert into account (id, email, name, role, password_hash, password_once, password_until)
    values (${account}, ${account}, ${name}, ${role}, ${await hashPassword(oneTimePassword)}, true, ${until})
    on conflict do nothing`;
  if (made.count === 0)
    throw new Refusal(
      409,
      "EmailTaken",
      "There is an account with this e-mail already. Look for it in the list: it can be enabled or given a new password.",
    );
  return { account, oneTimePassword, validUntil: until.getTime() };
};

export const giveOneTimePassword = async (sql: Database, account: string): Promise<Given> => {
  const oneTimePassword = freshPassword();
  const until = oneTimeUntil();
  const changed = await sql`
    update account set password_hash = ${await hashPassword(oneTimePassword)}, password_once = true, password_until = ${until}
    where id = ${account}`;
  if (changed.count === 0) throw notFound("such account");
  return { account, oneTimePassword, validUntil: until.getTime() };
};

/** One's own, chosen by oneself. */
export const setOwnPassword = async (sql: Database, account: string, password: string): Promise<void> => {
  await sql`
    update account set password_hash = ${await hashPassword(password)}, password_once = false, password_until = null
    where id = ${account}`;
};

/**
 * @param change what is set; an installation never loses its last manager by it
 * @returns the account as it was before
 */
export const changeAccount = async (
  sql: Database,
  account: string,
  change: { readonly role?: Role; readonly disabled?: boolean },
): Promise<{ readonly role: Role; readonly email: string; readonly disabled: boolean }> =>
  await sql.begin(async (tx) => {
    // Locked in one order: two managers who disable each other don't both succeed.
    const managers = await tx<{ id: string }[]>`
      select id from account where role = 'manager' and disabled_at is null order by id for update`;
    const [before] = await tx<{ role: Role; email: string; disabled_at: Date | null }[]>`
      select role, email, disabled_at from account where id = ${account} for update`;
    if (before === undefined) throw notFound("such account");
    const staysManager = (change.role ?? "manager") === "manager" && change.disabled !== true;
    if (!staysManager && managers.length === 1 && managers[0]?.id === account)
      throw new Refusal(409, "LastManager", "This is the last manager: make another one first.");
    if (change.role !== undefined) await tx`update account set role = ${change.role} where id = ${account}`;
    if (change.disabled !== undefined)
      await tx`update account set disabled_at = ${change.disabled ? (before.disabled_at ?? new Date()) : null} where id = ${account}`;
    return { role: before.role, email: before.email, disabled: before.disabled_at !== null };
  });

/**
 * By the command line: makes an account with a password of its own, or gives the one of this e-mail a new password and ends its
 * sessions (an edge may believe in one for 10 s more, and a socket stays for half a minute). Who was disabled may sign in again.
 * @returns the password, which stands nowhere else
 */
export const giveAccount = async (
  sql: Database,
  { email, name, role }: Pick<Me, "email" | "name" | "role">,
): Promise<string> => {
  const password = freshPassword();
  const hash = await hashPassword(password);
  await sql.begin(async (tx) => {
    const [{ id } = { id: "" }] = await tx<{ id: string }[]>`
      insert into account (id, email, name, role, password_hash)
      values (${email.toLowerCase()}, ${email.toLowerCase()}, ${name}, ${role}, ${hash})
      on conflict (email) do update set name = excluded.name, role = excluded.role, password_hash = excluded.password_hash,
        password_once = false, password_until = null, disabled_at = null
      returning id`;
    await tx`delete from session where account = ${id}`;
    await tx`delete from login_failure where email = ${email.toLowerCase()}`;
  });
  return password;
};

/** By the command line: whoever leaves signs in no more; sessions end as above. @returns whether there was such an account */
export const disableAccount = async (sql: Database, email: string): Promise<boolean> =>
  await sql.begin(async (tx) => {
    const [row] = await tx<{ id: string }[]>`
      update account set disabled_at = now() where email = ${email.toLowerCase()} returning id`;
    if (row !== undefined) await tx`delete from session where account = ${row.id}`;
    return row !== undefined;
  });
