/**
 * Sessions: a random id in a signed cookie, its hash in Postgres. The signature spares the database what was made up; the row
 * makes a session end when it is told to, on all edges.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Me } from "../protocols/api/http.ts";
import type { Database } from "../supervisors/storage/postgres/open-postgres.ts";

/** A working day and some; then one signs in again. */
const lifeMs = 12 * 3_600_000;
/** How long another edge may still believe in a session that was ended. */
const freshMs = 10_000;
/** While Postgres is away, who was signed in stays so for this long: a review in hand is not lost by it. */
const staleMs = 5 * 60_000;
const mostKept = 50_000;

export interface Session {
  /** The hash of its id: names it without giving it away. */
  readonly key: string;
  readonly me: Me;
  readonly expiresAt: number;
}

export interface Sessions {
  /** Begins one; returns the cookie's value. */
  begin(me: Me): Promise<string>;
  /** Null for no, a forged, an ended or an expired one. */
  find(cookieHeader: string): Promise<Session | null>;
  end(session: Session): Promise<void>;
  /** `Set-Cookie` for a session, or for none. */
  cookie(value: string | null): string;
}

export const sessionsIn = (sql: Database, secret: string, secure: boolean): Sessions => {
  const name = secure ? "__Host-callboard" : "callboard_session";
  const kept = new Map<string, { session: Session | null; at: number }>();
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

  const keep = (key: string, session: Session | null) => {
    kept.delete(key);
    kept.set(key, { session, at: Date.now() });
    const oldest = kept.keys().next().value;
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  };

  return {
    begin: async (me) => {
      const id = randomBytes(24).toString("base64url");
      const expires = new Date(Date.now() + lifeMs);
      await sql`delete from session where expires_at < now()`;
      await sql`insert into session (id_hash, account, expires_at) values (${hashOf(id)}, ${me.id}, ${expires})`;
      return `${id}.${sign(id)}`;
    },
    find: async (cookieHeader) => {
      const id = idIn(cookieHeader);
      if (id === null) return null;
      const hash = hashOf(id);
      const key = hash.toString("hex");
      const known = kept.get(key);
      const alive = (session: Session | null) =>
        session !== null && session.expiresAt > Date.now() ? session : null;
      if (known && Date.now() - known.at < freshMs) return alive(known.session);
      try {
        const [row] = await sql<(Me & { expires_at: Date })[]>`
          select a.id, a.email, a.name, a.role, s.expires_at from session s join account a on a.id = s.account
          where s.id_hash = ${hash} and a.disabled_at is null`;
        const session =
          row === undefined
            ? null
            : {
                key,
                me: { id: row.id, email: row.email, name: row.name, role: row.role },
                expiresAt: row.expires_at.getTime(),
              };
        keep(key, session);
        return alive(session);
      } catch (error) {
        if (known && Date.now() - known.at < staleMs) return alive(known.session);
        throw error;
      }
    },
    end: async (session) => {
      keep(session.key, null);
      await sql`delete from session where id_hash = ${Buffer.from(session.key, "hex")}`;
    },
    cookie: (value) =>
      `${name}=${value ?? ""}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${value === null ? 0 : lifeMs / 1_000}${secure ? "; Secure" : ""}`,
  };
};
