/** What an application answers to a command that comes too late or from the wrong person: the plain sentence, and the reason. */
import { accepted, type CommandReply, rejected } from "../../protocols/rejection.ts";
import type { ApplicationContext } from "./context.ts";

interface ReviewCommand {
  readonly type:
    | "AcknowledgeReview"
    | "OpenReview"
    | "AcknowledgeWarning"
    | "ExtendReview"
    | "SaveDraft"
    | "CompleteReview"
    | "RejectPosting"
    | "ReturnReview";
  readonly employee: string;
  readonly assignment: number;
}

/** The reply where the command has no effect. A command that did its work already is accepted again: clients repeat them. */
export function replyWithoutEffect(context: ApplicationContext, command: ReviewCommand): CommandReply {
  const { ended, assignment, employee } = context;
  if (context.job === null)
    return rejected(
      "UnknownApplication",
      "There is no such application. Reload the page to see what is yours.",
    );
  const isEnded =
    ended !== null && ended.assignment === command.assignment && ended.employee === command.employee;
  if (isEnded && didIt(command.type, ended.outcome)) return accepted;
  if (command.assignment < assignment)
    return rejected(
      "AssignmentOver",
      employee === null
        ? "Your time for this review was over, and it has gone on without you. Your draft was kept."
        : "Your time for this review was over and another reviewer has it now. Your draft was handed on to them.",
    );
  if (!isEnded)
    return rejected("NotYourAssignment", "This review is not yours. Reload the page to see what is yours.");
  switch (ended.outcome) {
    case "completed":
      return rejected("AssignmentOver", "This review has been decided already; nothing more can be changed.");
    case "returned":
      return rejected(
        "AssignmentOver",
        "You gave this review back. Your draft was kept for the next reviewer.",
      );
    case "missed":
      return rejected(
        "AssignmentOver",
        "The time for this review is over. Your draft was kept for the next reviewer.",
      );
    case "rescinded":
      return rejected(
        "AssignmentOver",
        "The job was closed, so this review was taken back, without a strike. Your draft was kept.",
      );
    default:
      return rejected("AssignmentOver", "This review was taken back, without a strike. Your draft was kept.");
  }
}

function didIt(command: ReviewCommand["type"], outcome: string) {
  if (command === "ReturnReview") return outcome === "returned";
  return (command === "CompleteReview" || command === "RejectPosting") && outcome === "completed";
}
