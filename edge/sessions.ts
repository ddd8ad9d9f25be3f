/**
 * Sessions: a random id in a signed cookie, its hash in Postgres. The signature spares the database what was made up; the row
 * makes a session end when it is told to. Its end is told to all edges at once, and each forgets it within 10 s by itself.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { SessionRow } from "../protocols/api/accounts.ts";
import type { Me } from "../protocols/api/route.ts";
import type { Database } from "../supervisors/storage/postgres/open-postgres.ts";
import { meOf } from "./accounts.ts";
import { gathered } from "./gathered.ts";

/** A working day and some; then one signs in again. */
const lifeMs = 12 * 3_600_000;
/** How long an edge that was not told may still believe in a session that has ended. */
const freshMs = 10_000;
/** While Postgres is away, who was signed in stays so for this long: a review in hand is not lost by it. */
const staleMs = 5 * 60_000;
const mostKept = 50_000;
/** Devices and browsers of one person; the oldest gives way. */
const mostPerAccount = 20;

export interface Session {
  /** The hash of its id: names it without giving it away. */
  readonly key: string;
  readonly me: Me;
  readonly expiresAt: number;
}

export interface Sessions {
  /** Begins one; returns the cookie's value. Beyond 20 of one person the oldest end. */
  begin(me: Me, from: { readonly address: string; readonly agent: string }): Promise<string>;
  /** Null for no, a forged, an ended or an expired one. */
  find(cookieHeader: string): Promise<Session | null>;
  /** Whether it is one that was given by us; costs nothing. */
  isSigned(cookieHeader: string): boolean;
  /** Of one account, newest first. */
  list(account: string): Promise<Omit<SessionRow, "current">[]>;
  /** Ends sessions of an account on all edges, now. @returns how many there were */
  end(account: string, which?: { readonly only?: string; readonly except?: string }): Promise<number>;
  /** Another edge says that these have ended. */
  heardEnded(keys: readonly string[]): void;
  /** Those of `keys` that are over: for sockets, which nobody looks up again. */
  overAmong(keys: readonly string[]): Promise<readonly string[]>;
  /** `Set-Cookie` for a session, or for none. */
  cookie(value: string | null): string;
}

interface Kept {
  readonly session: Session | null;
  readonly at: number;
  /** Has ended, whatever a query that is still under way may bring. */
  readonly ended: boolean;
}

export interface SessionsOptions {
  readonly sql: Database;
  readonly secret: string;
  /** The dashboard is reached by https. */
  readonly secure: boolean;
  /** Tells the other edges; what is lost on the way they find out by themselves. */
  readonly announce: (keys: readonly string[]) => void;
  /** Sessions have ended, by whichever edge: their sockets must close. */
  readonly ended: (keys: readonly string[]) => void;
}

export const sessionsIn = ({ sql, secret, secure, announce, ended }: SessionsOptions): Sessions => {
  const name = secure ? "__Host-callboard" : "callboard_session";
  const kept = new Map<string, Kept>();
  const sign = (id: string) => createHmac("sha256", secret).update(id).digest("base64url");
  const hashOf = (id: string) => createHash("sha256").update(id).digest();

  const idIn = (cookieHeader: string): string | null => {
    for (const part of cookieHeader.split(";")) {
      const [key, value] = part.trim().split("=");
      if (key !== name || value === undefined) continue;
      const [id, mac] = value.split(".");
      if (!id || !mac) continue;
      const wanted = Buffer.from(sign(id));
      const given = Buffer.from(mac);
      if (wanted.length === given.length && timingSafeEqual(wanted, given)) return id;
    }
    return null;
  };

  const keep = (key: string, session: Session | null, isEnded = false): Session | null => {
    if (kept.get(key)?.ended) return null;
    kept.delete(key);
    kept.set(key, { session, at: Date.now(), ended: isEnded });
    const oldest = kept.keys().next().value;
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return session;
  };
  const heardEnded = (keys: readonly string[]) => {
    for (const key of keys) keep(key, null, true);
    ended(keys);
  };
  const endAll = (keys: readonly string[]) => {
    if (keys.length === 0) return;
    heardEnded(keys);
    announce(keys);
  };

  interface Row extends Omit<Me, "passwordOnce"> {
    readonly key: string;
    readonly password_once: boolean;
    readonly expires_at: Date;
  }
  /** Those of `keys` that are not over. */
  const openAmong = async (keys: readonly string[]): Promise<ReadonlyMap<string, Session>> => {
    const rows = await sql<Row[]>`
      select encode(s.id_hash, 'hex') as key, a.id, a.email, a.name, a.role, a.password_once, s.expires_at
      from session s join account a on a.id = s.account
      where s.id_hash in (select decode(k, 'hex') from unnest(${[...keys]}::text[]) k)
        and a.disabled_at is null and s.expires_at > now()`;
    return new Map(
      rows.map((row) => [row.key, { key: row.key, me: meOf(row), expiresAt: row.expires_at.getTime() }]),
    );
  };
  /** Thousands may come back at once: they are looked up together. */
  const lookUp = gathered(openAmong);

  return {
    begin: async (me, { address, agent }) => {
      const id = randomBytes(24).toString("base64url");
      const expires = new Date(Date.now() + lifeMs);
      await sql`delete from session where expires_at < now()`;
      await sql`
        insert into session (id_hash, account, expires_at, address, agent)
        values (${hashOf(id)}, ${me.id}, ${expires}, ${address}, ${agent.slice(0, 200)})`;
      await sql`update account set last_sign_in_at = now() where id = ${me.id}`;
      const tooMany = await sql<{ key: string }[]>`
        delete from session where id_hash in
          (select id_hash from session where account = ${me.id} order by created_at desc offset ${mostPerAccount})
        returning encode(id_hash, 'hex') as key`;
      endAll(tooMany.map(({ key }) => key));
      return `${id}.${sign(id)}`;
    },
    isSigned: (cookieHeader) => idIn(cookieHeader) !== null,
    find: async (cookieHeader) => {
      const id = idIn(cookieHeader);
      if (id === null) return null;
      const key = hashOf(id).toString("hex");
      const known = kept.get(key);
      const alive = (session: Session | null) =>
        session !== null && session.expiresAt > Date.now() ? session : null;
      if (known && (known.ended || Date.now() - known.at < freshMs)) return alive(known.session);
      try {
        return alive(keep(key, (await lookUp(key)) ?? null));
      } catch (error) {
        if (known && Date.now() - known.at < staleMs) return alive(known.session);
        throw error;
      }
    },
    list: async (account) => {
      const rows = await sql<
        { session: string; created_at: Date; expires_at: Date; address: string; agent: string }[]
      >`
        select encode(id_hash, 'hex') as session, created_at, expires_at, address, agent from session
        where account = ${account} and expires_at > now() order by created_at desc, id_hash limit ${mostPerAccount}`;
      return rows.map(({ created_at, expires_at, ...row }) => ({
        ...row,
        createdAt: created_at.getTime(),
        expiresAt: expires_at.getTime(),
      }));
    },
    end: async (account, { only, except } = {}) => {
      const gone = await sql<{ key: string }[]>`
        delete from session where account = ${account}
          ${only === undefined ? sql`` : sql`and encode(id_hash, 'hex') = ${only}`}
          ${except === undefined ? sql`` : sql`and encode(id_hash, 'hex') <> ${except}`}
        returning encode(id_hash, 'hex') as key`;
      endAll(gone.map(({ key }) => key));
      return gone.length;
    },
    heardEnded,
    overAmong: async (keys) => {
      const over: string[] = [];
      for (let i = 0; i < keys.length; i += 1_000) {
        const some = keys.slice(i, i + 1_000);
        const open = await openAmong(some);
        over.push(...some.filter((key) => !open.has(key)));
      }
      return over;
    },
    cookie: (value) =>
      `${name}=${value ?? ""}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${value === null ? 0 : lifeMs / 1_000}${secure ? "; Secure" : ""}`,
  };
};
