/** How I stand, as the server says it (topic `me`), and the last thing that happened to me until I have seen it. */
import type { Because, MyState } from "../../../protocols/api/socket.ts";
import type { Offer } from "../../../protocols/employee.ts";
import { serverNow } from "./clock.ts";
import { createStore } from "./store.ts";

export type Ending = Extract<Because, { type: "Ended" }> & {
  readonly offer: Offer | null;
  readonly at: number;
  /** What the person had said is to follow it. */
  readonly next: MyState["next"];
  /** What was judged of a miss; null while it is asked whether it was ours, or where nothing is judged. */
  readonly verdict: { readonly strike: boolean; readonly reason: string } | null;
};

interface Mine {
  /** Null until the first snapshot. */
  readonly now: MyState | null;
  /** The review that has ended last, until what is said of it has been seen; the next one may be in hand by then. */
  readonly ended: Ending | null;
  /** The review that the server has warned about, until there is more time again than it warned of. */
  readonly warned: Warned | null;
}

interface Warned {
  readonly application: string;
  readonly assignment: number;
  /** How much time was left. Of two warnings the first counts: within its time the server does not warn anew. */
  readonly leftMs: number;
}

export const mine = createStore<Mine>({ now: null, ended: null, warned: null });

export function stateHeard(next: MyState): void {
  mine.set((before) => {
    const { because } = next;
    // The end comes without the offer, since there is none any more: it is the one that was in hand.
    const was = before.now?.offer ?? null;
    return {
      now: next,
      ended:
        because?.type === "Ended"
          ? {
              ...because,
              at: serverNow(),
              offer: was?.application === because.application ? was : null,
              next: before.now?.next ?? null,
              verdict: null,
            }
          : judged(before.ended, because),
      warned: warnedOf(before.warned, next),
    };
  });
}

function warnedOf(before: Warned | null, { offer, because }: MyState): Warned | null {
  if (offer === null) return null;
  const { application, assignment } = offer;
  const leftMs = offer.deadlineAt - serverNow();
  const same = before?.application === application && before.assignment === assignment;
  if (because?.type === "Warned")
    return { application, assignment, leftMs: Math.max(leftMs, same ? before.leftMs : 0) };
  if (because?.type !== "Extended" || because.application !== before?.application) return before;
  return leftMs > before.leftMs ? null : before;
}

/** The verdict follows the end of the review, a moment later. */
function judged(ended: Ending | null, because: Because | null): Ending | null {
  if (ended === null || ended.outcome !== "missed") return ended;
  if (because?.type === "Struck") return { ...ended, verdict: { strike: true, reason: "" } };
  if (because?.type === "Excused" && because.application === ended.application)
    return { ...ended, verdict: { strike: false, reason: because.reason } };
  return ended;
}

export const endingSeen = () => mine.set((before) => ({ ...before, ended: null }));
export const forgetMe = () => mine.set({ now: null, ended: null, warned: null });
