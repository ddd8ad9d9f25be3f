/** What happened in an assignment, written down as it happens: the evidence by which its miss would be judged. */
import type { MissEvidence } from "../../protocols/strike.ts";
import type { ApplicationContext } from "./context.ts";

export const newTrail = (assignedAt: number, deadlineAt: number): MissEvidence => ({
  assignedAt,
  deliveredAt: null,
  openedAt: null,
  lastEditAt: null,
  drafts: 0,
  warnedAt: null,
  warningSeenAt: null,
  deadlineAt,
  endedAt: deadlineAt,
  extensions: 0,
});

type Moment = "deliveredAt" | "openedAt" | "warnedAt" | "warningSeenAt";

/** The first time counts. */
export const noted = ({ trail }: ApplicationContext, moment: Moment, at: number) => ({
  trail: trail === null || trail[moment] !== null ? trail : { ...trail, [moment]: at },
});

/** A draft came in: it has been seen too. */
export const edited = ({ trail }: ApplicationContext, at: number) => ({
  trail:
    trail === null
      ? null
      : { ...trail, deliveredAt: trail.deliveredAt ?? at, lastEditAt: at, drafts: trail.drafts + 1 },
});
