/** What the edge offers about accounts: signing in and out, one's own password and sessions, and a manager's hand on others'. */
import { Schema } from "effect";
import { Done, identifier, Me, page, paging, Role, type Route, reason, signedIn, text } from "./route.ts";

const managers = ["manager"] as const;
/** As strict as is useful: that it can be written to shows when somebody writes. */
const email = Schema.String.check(Schema.isPattern(/^[^@\s]{1,64}@[^@\s]{1,190}$/));
const account = Schema.Struct({ account: identifier });

export const Credentials = Schema.Struct({ email: text(254), password: text(1_024) });
export type Credentials = typeof Credentials.Type;

/** One session of one's own. */
export const SessionRow = Schema.Struct({
  /** Names it; nobody can sign in with it. */
  session: Schema.String,
  createdAt: Schema.Finite,
  expiresAt: Schema.Finite,
  /** Where it was begun. */
  address: Schema.String,
  /** The browser, as it called itself. */
  agent: Schema.String,
  /** The one that asks. */
  current: Schema.Boolean,
});
export type SessionRow = typeof SessionRow.Type;

export const AccountRow = Schema.Struct({
  account: Schema.String,
  email: Schema.String,
  name: Schema.String,
  role: Role,
  createdAt: Schema.Finite,
  /** Null while it may sign in. */
  disabledAt: Schema.NullOr(Schema.Finite),
  /** Its password was given by somebody and not yet replaced by one of their own. */
  passwordOnce: Schema.Boolean,
  /** Sessions that are open now. */
  sessions: Schema.Int,
  lastSignInAt: Schema.NullOr(Schema.Finite),
  /** Too many wrong passwords: until then it waits; null if it doesn't. */
  waitsUntil: Schema.NullOr(Schema.Finite),
});
export type AccountRow = typeof AccountRow.Type;

/** The password is shown once and kept nowhere; it holds for seven days, and for one thing: choosing another. */
export const GivenPassword = Schema.Struct({
  ok: Schema.Literal(true),
  account: Schema.String,
  oneTimePassword: Schema.String,
  validUntil: Schema.Finite,
});
export type GivenPassword = typeof GivenPassword.Type;

export const AccountAction = Schema.Literals(["disable", "enable", "unlock", "end-sessions"]);
export type AccountAction = typeof AccountAction.Type;

/** Something that somebody did, or tried to do, to another's work or account. */
export const AuditLine = Schema.Struct({
  number: Schema.Int,
  at: Schema.Finite,
  /** The account's id, its name and its role then. */
  by: Schema.String,
  byName: Schema.String,
  role: Role,
  /** The name of the route. */
  action: Schema.String,
  /** The object that the address names, e.g. an account or an application; "" if it names none. */
  about: Schema.String,
  /** As they wrote it; "" where none was asked for. */
  reason: Schema.String,
  /** What else was asked for, without documents and without secrets. */
  detail: Schema.Record(Schema.String, Schema.Json),
  address: Schema.String,
  /** The status of the answer; null if the edge ended before it came. */
  outcome: Schema.NullOr(Schema.Int),
});
export type AuditLine = typeof AuditLine.Type;

export const accountRoutes = {
  login: {
    method: "POST",
    path: "/api/login",
    access: "everyone",
    summary: "Begin a session; sets the cookie",
    body: Credentials,
    answer: Me,
  },
  logout: {
    method: "POST",
    path: "/api/logout",
    access: "everyone",
    summary: "End the session",
    answer: Done,
  },
  me: {
    method: "GET",
    path: "/api/me",
    access: signedIn,
    summary: "Who is signed in",
    withOneTimePassword: true,
    answer: Me,
  },
  changePassword: {
    method: "POST",
    path: "/api/me/password",
    access: signedIn,
    summary:
      "Replace one's own password; every other session of the account ends, and this one gets a new cookie",
    withOneTimePassword: true,
    body: Schema.Struct({ current: text(1_024), next: text(1_024) }),
    answer: Me,
  },
  sessions: {
    method: "GET",
    path: "/api/me/sessions",
    access: signedIn,
    summary: "One's own sessions, newest first",
    answer: Schema.Struct({ items: Schema.Array(SessionRow) }),
  },
  endSession: {
    method: "POST",
    path: "/api/me/sessions/:session/end",
    access: signedIn,
    object: "their own",
    summary: "End one of one's own sessions; its sockets close",
    params: Schema.Struct({ session: identifier }),
    answer: Done,
  },
  endOtherSessions: {
    method: "POST",
    path: "/api/me/sessions/end-others",
    access: signedIn,
    summary: "End all of one's own sessions but this one",
    answer: Done,
  },
  accounts: {
    method: "GET",
    path: "/api/accounts",
    access: managers,
    summary: "Everybody who may sign in, or might",
    answer: Schema.Struct({ items: Schema.Array(AccountRow) }),
  },
  createAccount: {
    method: "POST",
    path: "/api/accounts",
    access: managers,
    summary: "Give a person an account, with a password to be used once",
    body: Schema.Struct({ email, name: text(100), role: Role, reason }),
    secretAnswer: true,
    answer: GivenPassword,
  },
  givePassword: {
    method: "POST",
    path: "/api/accounts/:account/password",
    access: managers,
    object: "any",
    summary: "Replace a forgotten password by one to be used once; their sessions end",
    params: account,
    body: Schema.Struct({ reason }),
    secretAnswer: true,
    answer: GivenPassword,
  },
  changeRole: {
    method: "POST",
    path: "/api/accounts/:account/role",
    access: managers,
    object: "any",
    summary: "Give an account another role; its sessions end",
    params: account,
    body: Schema.Struct({ role: Role, reason }),
    answer: Done,
  },
  accountAction: {
    method: "POST",
    path: "/api/accounts/:account/do/:action",
    access: managers,
    object: "any",
    summary: "Disable, enable, end the wait after wrong passwords, end all sessions",
    params: Schema.Struct({ account: identifier, action: AccountAction }),
    body: Schema.Struct({ reason }),
    answer: Done,
  },
  audit: {
    method: "GET",
    path: "/api/audit",
    access: managers,
    summary: "What managers and ops did and why, and who signed in, newest first",
    query: Schema.Struct({
      ...paging,
      by: Schema.optional(identifier),
      about: Schema.optional(identifier),
    }),
    answer: page(AuditLine),
  },
} as const satisfies Record<string, Route>;
