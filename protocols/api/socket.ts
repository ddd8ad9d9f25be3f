/**
 * What goes over the one WebSocket, `/ws`. The session cookie opens it; without a session the server closes with 4401.
 *
 * The server begins with `hello`. The client answers with `watch`: the topics it wants, each with the last `seq` it has (null
 * at first) and the `epoch` it had them in. Per topic the server then sends what was missed, or one `snapshot`, and
 * from there on a `change` per news. Each frame of a topic has `seq`, one more than the frame before: a client that sees a
 * gap sends `watch` again with what it has. Frames hold the *whole* new value, so that the last one is always enough;
 * only `floor` sends rows and lines to be merged.
 */
import { Schema } from "effect";
import { ReviewOutcome, standingFields } from "../employee.ts";
import { Kpis, LiveMetrics } from "../read-models.ts";
import { StrikeState } from "../strike.ts";
import { EmployeeRow, FactLine, Me, type Role } from "./http.ts";

/** Close codes of our own. */
export const closeCodes = {
  badFrame: 4400,
  sessionOver: 4401,
  /** The password was given by somebody else: choose one first. */
  passwordOnce: 4403,
  tooSlow: 4408,
  /** This person has too many sockets open: close another tab before coming back. */
  tooMany: 4429,
} as const;

/** Why an employee's state has just changed; shown as a notice. */
export const Because = Schema.Union([
  Schema.Struct({ type: Schema.Literal("Offered") }),
  /** The end is near. */
  Schema.Struct({ type: Schema.Literal("Warned"), application: Schema.String, deadlineAt: Schema.Finite }),
  Schema.Struct({
    type: Schema.Literal("Extended"),
    application: Schema.String,
    deadlineAt: Schema.Finite,
    reason: Schema.String,
  }),
  Schema.Struct({
    type: Schema.Literal("Ended"),
    application: Schema.String,
    assignment: Schema.Int,
    outcome: ReviewOutcome,
    strike: Schema.Boolean,
    reason: Schema.String,
  }),
  Schema.Struct({
    type: Schema.Literal("Struck"),
    count: Schema.Int,
    level: Schema.Literals(["recorded", "warning", "violation"]),
  }),
  /** The miss is no strike, and why. */
  Schema.Struct({
    type: Schema.Literal("Excused"),
    application: Schema.String,
    assignment: Schema.Int,
    reason: Schema.String,
  }),
  /** A strike does not count any more, or was decided. */
  Schema.Struct({
    type: Schema.Literal("StrikeChanged"),
    application: Schema.String,
    assignment: Schema.Int,
    state: StrikeState,
    reason: Schema.String,
  }),
  Schema.Struct({ type: Schema.Literal("OnBreak") }),
  Schema.Struct({ type: Schema.Literal("ProfileSet") }),
  Schema.Struct({ type: Schema.Literal("LinkChanged") }),
  Schema.Struct({ type: Schema.Literal("Locked") }),
  Schema.Struct({ type: Schema.Literal("Unlocked"), reason: Schema.String }),
  Schema.Struct({ type: Schema.Literal("SignedIn") }),
  Schema.Struct({ type: Schema.Literal("SignedOut"), reason: Schema.String }),
]);
export type Because = typeof Because.Type;

/** Topic `me`: how the employee stands, always whole. */
export const MyState = Schema.Struct({
  /** Of the review in hand, fetch `GET /api/review` for the rest of it. */
  ...standingFields,
  /** What brought this about; null in a snapshot. */
  because: Schema.NullOr(Because),
});
export type MyState = typeof MyState.Type;

/** Topic `floor`. In a snapshot everybody and the last 50 facts; in a change only the rows and lines that are new. */
export const Floor = Schema.Struct({
  employees: Schema.Array(EmployeeRow),
  /** Newest first. */
  facts: Schema.Array(FactLine),
});
export type Floor = typeof Floor.Type;

interface TopicRule {
  /** Who may watch it. */
  readonly roles: readonly Role[];
  /** What its frames carry. */
  readonly data: Schema.Constraint;
  /**
   * How it behaves where not everything can be sent. "always": whatever happens. "counter": on a slow line only the latest, on a
   * hidden page one in 10 s. "page": nothing to a hidden page, and a snapshot when it is looked at again.
   */
  readonly pace: "always" | "counter" | "page";
}

/** All topics. A new one is a line here and its source in `edge/socket/topics.ts`; publish to it with `hub.publish`. */
const topics = {
  me: { roles: ["employee"], data: MyState, pace: "always" },
  live: { roles: ["employee", "manager", "ops"], data: LiveMetrics, pace: "counter" },
  kpis: { roles: ["employee", "manager", "ops"], data: Kpis, pace: "counter" },
  floor: { roles: ["manager"], data: Floor, pace: "page" },
} as const satisfies Record<string, TopicRule>;
export type Topic = keyof typeof topics;
export type TopicData = { readonly [T in Topic]: (typeof topics)[T]["data"]["Type"] };
export const topicNames = Object.keys(topics) as [Topic, ...Topic[]];
export const Topic = Schema.Literals(topicNames);
export const topicRules: Readonly<Record<Topic, TopicRule>> = topics;

/** Each frame of a topic. `ts` is when the value was so, `serverNow` when the frame left: the client sets its clock by it. */
export type TopicFrame = {
  readonly [T in Topic]: {
    readonly op: "snapshot" | "change";
    readonly topic: T;
    readonly seq: number;
    readonly ts: number;
    readonly serverNow: number;
    readonly data: TopicData[T];
  };
}[Topic];
const frames = topicNames.map((topic) =>
  Schema.Struct({
    op: Schema.Literals(["snapshot", "change"]),
    topic: Schema.Literal(topic),
    seq: Schema.Int,
    ts: Schema.Finite,
    serverNow: Schema.Finite,
    data: topicRules[topic].data,
  }),
);
/** The table says which data belong to which name: the compiler can't follow it through the list. */
export const TopicFrame = Schema.Union(frames) as unknown as Schema.Decoder<TopicFrame> & Schema.Constraint;

export const ServerFrame = Schema.Union([
  Schema.Struct({
    op: Schema.Literal("hello"),
    me: Me,
    /** Sequence numbers count within an epoch; another epoch means another edge or a restart. */
    epoch: Schema.String,
    /** The topics that this role may watch. */
    topics: Schema.Array(Topic),
    serverNow: Schema.Finite,
  }),
  TopicFrame,
  /** Every 15 s, so that a client notices a dead line: browsers don't show protocol pings. */
  Schema.Struct({ op: Schema.Literal("beat"), serverNow: Schema.Finite }),
  /** The edge itself has been cut off from the system since then (epoch ms): what it told before is old. Null: it is back. */
  Schema.Struct({
    op: Schema.Literal("upstream"),
    lostAt: Schema.NullOr(Schema.Finite),
    serverNow: Schema.Finite,
  }),
  /** The answer to the command with this `id`. */
  Schema.Struct({
    op: Schema.Literal("reply"),
    id: Schema.String,
    ok: Schema.Boolean,
    /** "" where ok. */
    reason: Schema.String,
    message: Schema.String,
    serverNow: Schema.Finite,
  }),
]);
export type ServerFrame = typeof ServerFrame.Type;

/** Which review a command is about. */
const held = {
  application: Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(300)),
  assignment: Schema.Int,
};
const id = Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(64));

export const ClientFrame = Schema.Union([
  Schema.Struct({
    op: Schema.Literal("watch"),
    /** Of the last `hello` under which the sequence numbers were heard; null at first. */
    epoch: Schema.NullOr(Schema.String.check(Schema.isMaxLength(100))),
    topics: Schema.Array(Schema.Struct({ topic: Topic, seq: Schema.NullOr(Schema.Int) })).check(
      Schema.isMaxLength(8),
    ),
  }),
  /** The page is hidden or looked at again: what it would not show is not sent meanwhile. */
  Schema.Struct({ op: Schema.Literal("hidden"), hidden: Schema.Boolean }),
  /** `id` is the client's own, unique for the command: sent again with the same id it is done once. */
  Schema.Struct({ op: Schema.Literal("sign-in"), id }),
  Schema.Struct({ op: Schema.Literal("sign-out"), id }),
  /** Now, or after the review in hand. */
  Schema.Struct({ op: Schema.Literal("break"), id }),
  Schema.Struct({ op: Schema.Literal("end-shift"), id }),
  /** The warning is on the screen. */
  Schema.Struct({ op: Schema.Literal("warning-seen"), id, ...held }),
  /** More time, from the warning on. */
  Schema.Struct({ op: Schema.Literal("extend"), id, ...held }),
  /** The desk shows this review. Must come soon after the offer, or the review goes to somebody else. */
  Schema.Struct({
    op: Schema.Literal("acknowledge"),
    id,
    ...held,
  }),
]);
export type ClientFrame = typeof ClientFrame.Type;
/** Commands and who may give them. */
export const commandAccess: Readonly<
  Record<Exclude<ClientFrame["op"], "watch" | "hidden">, readonly Role[]>
> = {
  "sign-in": ["employee"],
  "sign-out": ["employee"],
  break: ["employee"],
  "end-shift": ["employee"],
  "warning-seen": ["employee"],
  extend: ["employee"],
  acknowledge: ["employee"],
};
/** Whose object a command may name, beyond the role. */
export const commandObject: Readonly<Record<keyof typeof commandAccess, "none" | "held by the employee">> = {
  "sign-in": "none",
  "sign-out": "none",
  break: "none",
  "end-shift": "none",
  "warning-seen": "held by the employee",
  extend: "held by the employee",
  acknowledge: "held by the employee",
};
