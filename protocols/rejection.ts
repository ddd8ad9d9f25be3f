/** The reasons a request can be refused for. They travel to the asker as an ordinary reply with a plain sentence. */
import { Schema } from "effect";

export const RejectionReason = Schema.Literals([
  "AlreadyAssigned",
  "AssignmentOver",
  "NotYourAssignment",
  "NotSignedIn",
  "Busy",
  "SettingsChanged",
  "UnknownStrike",
  "UnknownIncident",
  "NotYet",
  "Locked",
  "NothingToDecide",
  "UnknownApplication",
  "UnknownBoard",
  "UnknownCandidate",
  "BreakerOpen",
  "SwitchedOff",
]);
export type RejectionReason = typeof RejectionReason.Type;

export const Rejection = Schema.Struct({
  type: Schema.Literal("Rejected"),
  reason: RejectionReason,
  /** What happened and what to do, for a person. */
  message: Schema.String,
});
export type Rejection = typeof Rejection.Type;

export const rejected = (reason: RejectionReason, message: string): Rejection => ({
  type: "Rejected",
  reason,
  message,
});

/** The other answer to a command: it was taken, and the turn that took it has been stored. */
export const Accepted = Schema.Struct({ type: Schema.Literal("Accepted") });
export const CommandReply = Schema.Union([Accepted, Rejection]);
export type CommandReply = typeof CommandReply.Type;
export const accepted: typeof Accepted.Type = { type: "Accepted" };
