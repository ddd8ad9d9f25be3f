/** What a route of the API says of itself. The table in `http.ts` is made of these; each subject has a file of its own. */
import { Schema } from "effect";

export const Role = Schema.Literals(["employee", "manager", "ops"]);
export type Role = typeof Role.Type;

/** Who is signed in. An employee's id is the id of their actor. */
export const Me = Schema.Struct({
  id: Schema.String,
  email: Schema.String,
  name: Schema.String,
  role: Role,
  /** The password was given by somebody else: nothing can be done before it is replaced (`POST /api/me/password`). */
  passwordOnce: Schema.optional(Schema.Boolean),
});
export type Me = typeof Me.Type;

/** Text from outside is bounded; what is longer is refused, not cut. */
export const text = (most: number) => Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(most));
export const identifier = text(300);
/** Why somebody does what changes another's work: kept in the audit trail. */
export const reason = text(2_000);
/** How many rows a page has. */
export const count = Schema.FiniteFromString.check(
  Schema.isInt(),
  Schema.isBetween({ minimum: 1, maximum: 200 }),
);
/** What goes on a page and where the next begins: `limit` rows after `cursor`, which is `next` of the page before. */
export const paging = { limit: Schema.optional(count), cursor: Schema.optional(text(200)) };

/** One page. `next` goes into `cursor` for the page after; null at the end. */
export const page = <S extends Schema.Constraint>(item: S) =>
  Schema.Struct({ items: Schema.Array(item), next: Schema.NullOr(Schema.String) });

/** Why a request was refused. `reason` is a word for programs, `message` a sentence for people. */
export const Problem = Schema.Struct({ reason: Schema.String, message: Schema.String });
export type Problem = typeof Problem.Type;

/** The command was taken, and what it changed is stored. */
export const Done = Schema.Struct({ ok: Schema.Literal(true) });
export type Done = typeof Done.Type;

/** "everyone" needs no session; otherwise a session of one of these roles. */
export type Access = "everyone" | readonly Role[];
export const signedIn: Access = ["employee", "manager", "ops"];

/** Beyond the role, which object may be named. Every route that names one says it; the authorisation test tries both sides. */
export type ObjectRule =
  /** Whoever has the role may name any. */
  | "any"
  /** An employee names only the application that is with them now; every other looks to them as if it weren't there. */
  | "held by the employee"
  /** An employee names only what is about themselves; a manager or ops any. */
  | "an employee's own"
  /** Whoever it is names only their own. */
  | "their own";

export interface Route {
  readonly method: "GET" | "POST" | "PUT";
  /** With `:name` for a parameter, one segment each. */
  readonly path: `/api/${string}`;
  readonly access: Access;
  /** Must be there if the path has a parameter, or query or body name somebody's object. */
  readonly object?: ObjectRule;
  readonly summary: string;
  readonly params?: Schema.Decoder<unknown>;
  readonly query?: Schema.Decoder<unknown>;
  readonly body?: Schema.Decoder<unknown>;
  /** Bytes; 16 KiB unless told. */
  readonly maxBody?: number;
  /** May be used with a password that was given by somebody else. */
  readonly withOneTimePassword?: boolean;
  /** The answer holds a secret: it is not kept, so that the same idempotency key gets a refusal instead of a repeat. */
  readonly secretAnswer?: boolean;
  /** "bytes" is a file. */
  readonly answer: Schema.Decoder<unknown> | "bytes";
}

/** What is missing in a table: the compiler shows the route that names an object in its path and has no rule for it. */
export type WithObjectRules<T> = {
  readonly [N in keyof T]: T[N] extends { readonly path: `${string}:${string}` }
    ? { readonly object: ObjectRule }
    : unknown;
};
