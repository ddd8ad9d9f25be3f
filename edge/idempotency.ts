/**
 * A command with a key is done once: the same key again, also through another edge, gets the answer of the first time. The row is
 * written before the command is carried out, so that two at once don't both begin.
 */
import { createHash } from "node:crypto";
import type { Database } from "../supervisors/storage/postgres/open-postgres.ts";
import type { Answer } from "./answer.ts";
import { Refusal } from "./problem.ts";

/** Longer than a request may take: who began it is gone. */
const abandonedMs = 30_000;
/** How long the second of two at once waits for the first. */
const patienceMs = 15_000;
const lookEveryMs = 200;
/** Larger answers come from routes that change nothing: they may be computed again. */
const mostKept = 64 * 1024;
const keptFor = "1 day";

export interface Command {
  readonly account: string;
  readonly key: string;
  /** All that makes it another command: route, parameters, body. */
  readonly asked: readonly unknown[];
  /** The answer holds a secret, and so isn't kept. */
  readonly secret: boolean;
}

export type Once = (command: Command, work: () => Promise<Answer>) => Promise<Answer>;

const alreadyDone = JSON.stringify({
  reason: "AlreadyDone",
  message:
    "This was done already, and its answer is shown only once. Do it again with another key if you need another.",
});

interface Row {
  readonly asked: Buffer;
  readonly started_at: Date;
  readonly status: number | null;
  readonly body: string | null;
}

export const idempotencyIn = (sql: Database, log: (line: string) => void): Once => {
  /** True if it is ours to do. */
  const claim = async ({ account, key }: Command, asked: Buffer): Promise<boolean> => {
    const made = await sql`
      insert into idempotency (account, key, asked) values (${account}, ${key}, ${asked}) on conflict do nothing`;
    return made.count === 1;
  };
  const takeOver = async ({ account, key }: Command, startedAt: Date): Promise<boolean> => {
    const taken = await sql`
      update idempotency set started_at = now()
      where account = ${account} and key = ${key} and status is null and started_at = ${startedAt}`;
    return taken.count === 1;
  };

  const settle = async ({ account, key, secret }: Command, answer: Answer | null): Promise<void> => {
    // What was not answered may be tried again with the same key: an actor that was told already knows it by that key.
    if (answer === null || answer.status >= 500 || answer.body.length > mostKept)
      await sql`delete from idempotency where account = ${account} and key = ${key}`;
    else {
      const isSecret = secret && answer.status === 200;
      await sql`
        update idempotency set status = ${isSecret ? 409 : answer.status}, body = ${isSecret ? alreadyDone : String(answer.body)}
        where account = ${account} and key = ${key}`;
    }
    await sql`delete from idempotency where started_at < now() - ${keptFor}::interval`;
  };

  return async (command, work) => {
    const { account, key } = command;
    const asked = createHash("sha256").update(JSON.stringify(command.asked)).digest();
    const deadline = performance.now() + patienceMs;
    while (!(await claim(command, asked))) {
      const [row] = await sql<Row[]>`
        select asked, started_at, status, body from idempotency
        where account = ${account} and key = ${key}`;
      if (row === undefined) continue; // It has just failed and was taken away: it is ours, perhaps.
      if (!row.asked.equals(asked))
        throw new Refusal(
          422,
          "KeyReused",
          "This idempotency key was used for something else: take a new one.",
        );
      if (row.status !== null)
        return {
          status: row.status,
          headers: {
            "content-type": "application/json",
            "cache-control": "no-store",
            "idempotency-replayed": "true",
          },
          body: row.body ?? "",
        };
      if (Date.now() - row.started_at.getTime() > abandonedMs && (await takeOver(command, row.started_at)))
        break;
      if (performance.now() > deadline)
        throw new Refusal(
          409,
          "UnderWay",
          "This is being done already. Ask again in a moment, with the same key.",
        );
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
    let answer: Answer | null = null;
    try {
      answer = await work();
      return answer;
    } finally {
      await settle(command, answer).catch((error) => {
        // Done all the same. The row is taken over after a while, and what was told to actors is known by its key.
        log(`the answer to the command ${key} of ${account} could not be kept: ${error}`);
      });
    }
  };
};
