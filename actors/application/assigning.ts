/** How an assignment begins: whose it is, until when, by which terms. This actor alone writes it. */
import { reviewMs } from "./review-clock.ts";
import { application } from "./setup.ts";
import { newTrail } from "./trail.ts";

/** On `AssignReview` or a manager's `GiveTo`. A build of before says no terms: those that the application was made with hold. */
export const beginAssignment = application.assign(({ context, event }) => {
  if (event.type !== "AssignReview" && event.type !== "GiveTo") return {};
  const terms = { ...context, ...event.terms };
  const factor = Math.max(1, event.timeFactor ?? 1);
  const { at } = event;
  const deadlineAt =
    at +
    factor *
      reviewMs(context.score?.score ?? 0, context.threshold, {
        min: terms.reviewMinMs,
        max: terms.reviewMaxMs,
      });
  return {
    ...event.terms,
    policy: event.policy ?? context.policy,
    employee: event.employee,
    assignment: context.assignment + 1,
    assignedAt: at,
    deadlineAt,
    ackDueAt: at + terms.ackWithinMs,
    acknowledged: false,
    warned: false,
    lastWarned: false,
    extensions: 0,
    selfExtended: 0,
    incidents: [],
    givenBack: [],
    trail: newTrail(at, deadlineAt),
  };
});
