/**
 * The record that is written before the button is pressed and completed afterwards: one per application and attempt. Where it
 * stands without an outcome, the button may have been pressed and nobody knows.
 */
import { JetStreamApiError } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import { Schema } from "effect";
import { encodeToken } from "../../../protocols/address.ts";
import { AttemptOutcome } from "../../../protocols/applier.ts";
import { buckets } from "../../../protocols/subjects.ts";

export const Intent = Schema.Struct({
  application: Schema.String,
  attempt: Schema.Int,
  resumeVersion: Schema.String,
  /** Epoch milliseconds. */
  at: Schema.Finite,
  node: Schema.String,
  outcome: Schema.NullOr(AttemptOutcome),
});
export type Intent = typeof Intent.Type;

export interface IntentLog {
  /** All attempts of an application. @throws if one can't be read: then nothing may be pressed. */
  of(application: string): Promise<readonly Intent[]>;
  /** Atomic: of two who try, one gets the revision. Null: it exists already. */
  create(intent: Intent): Promise<number | null>;
  /** Writes how it ended. */
  complete(intent: Intent, outcome: AttemptOutcome): Promise<void>;
  /** Takes back what certainly did not lead to a press; only if nobody has touched it since. */
  withdraw(intent: Intent, revision: number): Promise<void>;
}

const decode = Schema.decodeUnknownSync(Schema.fromJsonString(Intent));
const keyOf = ({ application, attempt }: Pick<Intent, "application" | "attempt">) =>
  `${encodeToken(application)}.${attempt}`;

const wrongLastSequence = 10071;

export function createIntentLog(nc: NatsConnection): IntentLog {
  const kvm = new Kvm(nc);
  const bucket = () => kvm.open(buckets.intents);
  return {
    async of(application) {
      const kv = await bucket();
      const intents: Intent[] = [];
      for await (const key of await kv.keys(`${encodeToken(application)}.*`)) {
        const entry = await kv.get(key);
        if (entry?.operation === "PUT") intents.push(decode(entry.string()));
      }
      return intents;
    },
    async create(intent) {
      try {
        return await (await bucket()).create(keyOf(intent), JSON.stringify(intent));
      } catch (error) {
        if (error instanceof JetStreamApiError && error.code === wrongLastSequence) return null;
        throw error;
      }
    },
    async complete(intent, outcome) {
      await (await bucket()).put(keyOf(intent), JSON.stringify({ ...intent, outcome }));
    },
    async withdraw(intent, revision) {
      await (await bucket()).delete(keyOf(intent), { previousSeq: revision });
    },
  };
}
