/**
 * Many dead letters at once: replayed in phases, a few samples first, so that what is still broken kills a few again and not
 * thousands. Each phase is waited for until its actors have taken the mail.
 */
import type { JetStreamManager, MsgRequest } from "@nats-io/jetstream";
import type { DeadLetter, ReplayReport } from "../../protocols/dead-letter.ts";
import { streams, subjects, topics } from "../../protocols/subjects.ts";
import { dropLetter, type Handled, listDead, replayLetter, type Which } from "./desk.ts";

export interface Phases {
  /** Letters in the first phase; each further one takes ten times as many. */
  readonly sample: number;
  readonly most: number;
}

/** How long the mail of one phase may wait for its actors, milliseconds: longer than the restarts of a poison message. */
const phasePatienceMs = 15_000;

export async function replayMany(
  jsm: JetStreamManager,
  which: Which,
  { sample, most }: Phases,
  handled: Handled,
): Promise<ReplayReport> {
  const letters = (await fitting(jsm, which, most)).filter(({ replayTo }) => replayTo !== null);
  const { state } = await jsm.streams.info(streams.dead);
  let replayed = 0;
  let diedAgain = 0;
  for (let size = sample; replayed < letters.length && diedAgain === 0; size *= 10) {
    const phase = letters.slice(replayed, replayed + size);
    const mail: number[] = [];
    for (const { letter } of phase) {
      const { stream, seq } = await replayLetter(jsm, letter, handled);
      if (stream === streams.acts) mail.push(seq);
    }
    replayed += phase.length;
    await untilTaken(jsm, mail);
    const again = await fitting(jsm, { ...which, after: state.last_seq }, most);
    const actors = new Set(letters.map(({ actor }) => actor));
    diedAgain = again.filter(({ actor }) => actors.has(actor)).length;
  }
  return { replayed, diedAgain, left: letters.length - replayed };
}

/** @returns how many */
export async function dropMany(
  jsm: JetStreamManager,
  which: Which,
  most: number,
  handled: Handled,
): Promise<number> {
  const letters = await fitting(jsm, which, most);
  for (const { letter } of letters) await dropLetter(jsm, letter, handled);
  return letters.length;
}

/** Letters that fit, oldest first, at most `most`. */
async function fitting(
  jsm: JetStreamManager,
  { after = 0, ...which }: Which & { readonly after?: number },
  most: number,
): Promise<DeadLetter[]> {
  const found: DeadLetter[] = [];
  for (let from: number | null = after; from !== null && found.length < most; ) {
    const page = await listDead(jsm, { ...which, after: from, limit: 200 });
    found.push(...page.items);
    from = page.next;
  }
  return found.slice(0, most);
}

/**
 * A mailbox is a work queue: a message that was taken is gone. What died of it was stored in the outbox with the turn that
 * took it, and is in DEAD when it has left there.
 */
async function untilTaken(jsm: JetStreamManager, mail: readonly number[]): Promise<void> {
  const deadline = Date.now() + phasePatienceMs;
  const waits = async (query: MsgRequest) => {
    while ((await jsm.streams.getMessage(streams.acts, query)) !== null) {
      if (Date.now() > deadline) return; // Its actor is parked or its node away; the report counts what died.
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  for (const seq of mail) await waits({ seq });
  // The server knows `next_by_subj` with a sequence; the client's type has them apart.
  await waits({ seq: 1, next_by_subj: subjects.out(topics.allDead) } as MsgRequest);
}
