/**
 * What somebody does at their desk and gets no answer to, because of us: their actor is told, as soon as it can be, so that a review
 * that is missed for it is no strike. Only what fails or is slow here counts, never what a client does or leaves.
 */
import { addressOf } from "../protocols/address.ts";
import type { EmployeeMessage } from "../protocols/employee.ts";
import type { UnansweredCommand } from "../protocols/strike.ts";
import type { EdgeLink } from "../supervisors/edge-link.ts";
import { Refusal } from "./problem.ts";
import type { Held } from "./reviews.ts";

export interface Unanswered {
  /**
   * Runs `work`, and notes it if it fails through us or takes long. `held`: null where `work` finds out which review it is.
   * @throws Refusal: that of `work`, or 503 if it failed through us
   */
  watch<T>(
    employee: string,
    held: Held | null,
    command: UnansweredCommand["command"],
    work: () => Promise<T>,
  ): Promise<T>;
  /** What could not be told by then is lost. */
  close(): void;
}

const notAnswered = () =>
  new Refusal(
    503,
    "NoAnswer",
    "The system has not answered in time. Look whether it was done, else try again. It is noted that you tried: if the time runs out for this, it is no miss of yours.",
  );

/** As long as a client may well wait before it gives up. */
const slowMs = 5_000;
const tellAgainMs = 1_000;
/** Of what waits to be told: one more is worth less than the edge. */
const mostWaiting = 10_000;

export const createUnanswered = (
  link: Pick<EdgeLink, "tell">,
  log: (line: string) => void,
  now: () => number = Date.now,
): Unanswered => {
  /** Tried again and again while it waits, it is the first try that counts. */
  const waiting = new Set<string>();
  let closed = false;

  const tell = async (employee: string, { review, ...tried }: UnansweredCommand) => {
    const key = JSON.stringify([employee, tried.command, review?.application, review?.assignment]);
    if (waiting.has(key) || waiting.size >= mostWaiting) return;
    waiting.add(key);
    const message = { type: "CommandUnanswered", review, ...tried } satisfies EmployeeMessage;
    while (!closed)
      try {
        await link.tell(addressOf("employee", employee), message, `unanswered-${tried.triedAt}-${key}`);
        break;
      } catch {
        // The line is still down: what is lost with this edge would only have been an excuse.
        await new Promise((resolve) => setTimeout(resolve, tellAgainMs).unref());
      }
    waiting.delete(key);
  };

  return {
    watch: async (employee, held, command, work) => {
      const triedAt = now();
      const review = held && { application: held.application, assignment: held.assignment };
      const note = (why: unknown) => {
        log(`${employee} got no answer to ${command} in time, which their actor is told: ${why}`);
        void tell(employee, { review, command, triedAt });
      };
      const isSlow = () => now() - triedAt > slowMs;
      try {
        const answer = await work();
        if (isSlow()) note("it was slow");
        return answer;
      } catch (error) {
        if (error instanceof Refusal && !isSlow()) throw error;
        note(error);
        throw error instanceof Refusal ? error : notAnswered();
      }
    },
    close: () => {
      closed = true;
    },
  };
};
