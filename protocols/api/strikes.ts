/** Misses with their evidence, appeals and decisions. */
import { Schema } from "effect";
import { LedgerReply } from "../employee.ts";
import { StrikeDecision, StrikeEntry } from "../strike.ts";
import { Done, identifier, page, paging, type Route, reason, text, type WithObjectRules } from "./route.ts";

const employee = Schema.Struct({ employee: identifier });
const which = { application: identifier, assignment: Schema.Int };

export const StrikeRow = Schema.Struct({
  employee: Schema.String,
  name: Schema.String,
  /** The account is locked now. */
  locked: Schema.Boolean,
  entry: StrikeEntry,
});
export type StrikeRow = typeof StrikeRow.Type;

export const strikeRoutes = {
  ledger: {
    method: "GET",
    path: "/api/employees/:employee/strikes",
    access: ["employee", "manager"],
    object: "an employee's own",
    summary:
      "The misses of a person with their evidence, newest first; an employee sees their own, as `me` too",
    params: employee,
    answer: LedgerReply,
  },
  appeal: {
    method: "POST",
    path: "/api/employees/:employee/strikes/appeal",
    access: ["employee"],
    object: "an employee's own",
    summary: "That is not right: a manager looks at it. Said again before it is decided, the new text counts",
    params: employee,
    body: Schema.Struct({ ...which, text: text(4_000) }),
    answer: Done,
  },
  decideStrike: {
    method: "POST",
    path: "/api/employees/:employee/strikes/decide",
    access: ["manager"],
    object: "any",
    summary:
      "Void it (and unlock), uphold it (and unlock with a warning), or keep the account locked; the reason is shown",
    params: employee,
    body: Schema.Struct({ ...which, decision: StrikeDecision, reason }),
    answer: Done,
  },
  strikes: {
    method: "GET",
    path: "/api/strikes",
    access: ["manager"],
    object: "any",
    summary: "Misses of everybody: those that need a decision oldest first, or all, newest first",
    query: Schema.Struct({
      show: Schema.optional(Schema.Literals(["needs-you", "all"])),
      employee: Schema.optional(identifier),
      ...paging,
    }),
    answer: page(StrikeRow),
  },
} as const satisfies Record<string, Route>;
strikeRoutes satisfies WithObjectRules<typeof strikeRoutes>;
