/**
 * How employees stand, as their actors say it. Each question is a stored message and a durable turn, since what others have
 * told an employee must be heard before it is answered. So two who ask at once share one; what was heard is kept until a fact about that
 * person comes; and only so many are under way, whatever storm of returning clients there is.
 */
import { Schema } from "effect";
import { addressOf } from "../protocols/address.ts";
import type { MyState } from "../protocols/api/socket.ts";
import { StandingReply } from "../protocols/employee.ts";
import type { EdgeLink } from "../supervisors/edge-link.ts";
import { paced } from "./paced.ts";

export type Standing = Omit<MyState, "because">;

export interface Standings {
  /** As the actor says it, not older than the last fact about them. */
  of(employee: string): Promise<Standing>;
  /** What was heard last, if no fact about them has come since; costs nothing. */
  last(employee: string): Standing | undefined;
  /** Known from what has happened to them, without a question; like an answer until the next fact. */
  expect(employee: string, standing: Standing): void;
  /** As their actor has stored it: at once and for nothing, but it may not have heard yet what others have told it. */
  stored(employee: string): Promise<Standing>;
  /** Something happened to them: what was heard before is worth nothing. */
  changed(employee: string): void;
  /** Facts may have been missed. */
  forgetAll(): void;
}

/** A node answers thousands a second; more in flight would only wait in its mailboxes, and be late. */
const mostAtOnce = 200;
/** The bound of a mistake: what no fact has told is asked again after this long. */
const freshMs = 30_000;
const mostKept = 20_000;

const decode = Schema.decodeUnknownSync(StandingReply);

interface Known {
  readonly standing: Promise<Standing>;
  readonly at: number;
  /** Once it is there. */
  answer?: Standing;
}

export const createStandings = (link: Pick<EdgeLink, "ask">, now: () => number = Date.now): Standings => {
  const known = new Map<string, Known>();
  const inTurn = paced(mostAtOnce);
  const ask = (employee: string, onlyReads = false): Promise<Standing> =>
    inTurn(async () => {
      const { type: _, ...standing } = decode(
        await link.ask(addressOf("employee", employee), { type: "Standing" }, { onlyReads }),
      );
      return standing;
    });
  const keep = (employee: string, entry: Known) => {
    known.delete(employee);
    known.set(employee, entry);
    const oldest = known.keys().next().value;
    if (known.size > mostKept && oldest !== undefined) known.delete(oldest);
  };

  return {
    of: (employee) => {
      const last = known.get(employee);
      if (last !== undefined && now() - last.at < freshMs) return last.standing;
      const standing = ask(employee);
      const entry: Known = { standing, at: now() };
      keep(employee, entry);
      standing.then(
        (answer) => {
          entry.answer = answer;
        },
        () => {
          if (known.get(employee) === entry) known.delete(employee);
        },
      );
      return standing;
    },
    expect: (employee, standing) =>
      keep(employee, { standing: Promise.resolve(standing), at: now(), answer: standing }),
    stored: (employee) => ask(employee, true),
    last: (employee) => known.get(employee)?.answer,
    changed: (employee) => void known.delete(employee),
    forgetAll: () => known.clear(),
  };
};
