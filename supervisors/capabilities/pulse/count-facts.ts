/** What a run of facts adds to the sums of the pulse. */
import {
  type Counts,
  type Deltas,
  minuteMs,
  noCounts,
  type PortalSight,
} from "../../../actors/pulse/fold.ts";
import type { Fact } from "../../../protocols/event.ts";

export interface FactCounter {
  /** @param at when it happened, epoch milliseconds. */
  add(fact: Fact, at: number): void;
  deltas(): Deltas;
}

export const factCounter = (): FactCounter => {
  const counts = noCounts();
  const minutes = new Map<number, number>();
  const portals = new Map<string, PortalSight>();
  return {
    add: (fact, at) => {
      for (const [name, change] of changesOf(fact)) counts[name] += change;
      if (fact.type === "JobListed") {
        const minute = Math.floor(at / minuteMs);
        minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
      }
      if (fact.type === "PortalPolled" || fact.type === "PortalBlocked" || fact.type === "PortalChanged")
        portals.set(fact.portal, { portal: fact.portal, at, ok: fact.type === "PortalPolled" });
    },
    deltas: () => ({
      counts,
      // A first run reads a month; only the end of it can still be in the window.
      minutes: [...minutes]
        .sort(([a], [b]) => a - b)
        .slice(-20)
        .map(([minute, jobs]) => ({ minute, jobs })),
      portals: [...portals.values()],
    }),
  };
};

const changesOf = (fact: Fact): readonly (readonly [keyof Counts, number])[] => {
  switch (fact.type) {
    case "JobListed":
      return [["discovered", 1]];
    case "ApplicationScored":
      return [["scored", 1]];
    case "ApplicationApproved":
      return [[fact.by === "machine" ? "autoApproved" : "reviewed", 1]];
    case "ApplicationRejected":
      return [["reviewed", 1]];
    case "ManualReviewRequired":
      return [
        // Whether it has waited already; an earlier build says so of the first only.
        ["pendingReviews", (fact.again ?? fact.request > 1) ? 0 : 1],
        ["autoApproved", fact.afterMachine ? -1 : 0],
      ];
    // One that ends otherwise goes on to the next reviewer, or to a manager.
    case "ReviewEnded":
      return fact.outcome === "completed" ? [["pendingReviews", -1]] : [];
    case "ReviewCompletedLate":
      return [["pendingReviews", -1]];
    case "ReviewManaged":
      return fact.action === "drop" ? [["pendingReviews", -1]] : [];
    case "ApplicationClosed":
      return ["waiting", "escalated", "reviewing"].includes(fact.was) ? [["pendingReviews", -1]] : [];
    case "ApplicationSubmitted":
      return [["submitted", 1]];
    case "ApplicationFailed":
      return [["failed", 1]];
    case "EmployeeSignedIn":
      return [["employeesOnline", 1]];
    case "EmployeeSignedOut":
      return [["employeesOnline", -1]];
    default:
      return [];
  }
};
