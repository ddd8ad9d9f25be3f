/**
 * What somebody does at their desk and gets no answer to, because of us: their actor is told, as soon as it can be, so that a review
 * that is missed for it is no strike. Only what fails or is slow here counts, never what a client does or leaves. What an edge had
 * in hand when it was killed, its next life tells.
 */
import { Schema } from "effect";
import { addressOf } from "../protocols/address.ts";
import type { EmployeeMessage } from "../protocols/employee.ts";
import { UnansweredCommand } from "../protocols/strike.ts";
import type { EdgeLink } from "../supervisors/edge-link.ts";
import type { Journal } from "./journal.ts";
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
  /** What could not be told by then stays in the journal. */
  close(): void;
}

/** What somebody tried, until it is answered or told. */
export const Tried = Schema.Struct({ employee: Schema.String, tried: UnansweredCommand });
export type Tried = typeof Tried.Type;

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
  journal: Journal<Tried>,
  log: (line: string) => void,
  now: () => number = Date.now,
): Unanswered => {
  /** Tried again and again while it waits, it is the first try that counts. */
  const waiting = new Set<string>();
  let closed = false;

  const tell = async (id: number, { employee, tried }: Tried) => {
    const { review, command, triedAt } = tried;
    const key = JSON.stringify([employee, command, review?.application, review?.assignment]);
    if (waiting.has(key) || waiting.size >= mostWaiting) return journal.settle(id);
    waiting.add(key);
    const message = { type: "CommandUnanswered", ...tried } satisfies EmployeeMessage;
    while (!closed)
      try {
        await link.tell(addressOf("employee", employee), message, `unanswered-${triedAt}-${key}`);
        journal.settle(id);
        break;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, tellAgainMs).unref());
      }
    waiting.delete(key);
  };

  for (const [id, left] of journal.left) {
    log(
      `${left.employee} got no answer to ${left.tried.command} before this edge ended, which their actor is told`,
    );
    void tell(id, left);
  }

  return {
    watch: async (employee, held, command, work) => {
      const triedAt = now();
      const review = held && { application: held.application, assignment: held.assignment };
      const entry = { employee, tried: { review, command, triedAt } };
      const id = journal.begin(entry);
      const note = (why: unknown) => {
        log(`${employee} got no answer to ${command} in time, which their actor is told: ${why}`);
        void tell(id, entry);
      };
      const isSlow = () => now() - triedAt > slowMs;
      try {
        const answer = await work();
        if (isSlow()) note("it was slow");
        else journal.settle(id);
        return answer;
      } catch (error) {
        if (error instanceof Refusal && !isSlow()) {
          journal.settle(id);
          throw error;
        }
        note(error);
        throw error instanceof Refusal ? error : notAnswered();
      }
    },
    close: () => {
      closed = true;
    },
  };
};
