/**
 * Puts a record of the outbox into its KV bucket. A record is its last value, and a relay that slept comes back with older ones;
 * so each carries the ACTS sequence that it was said at, and takes the place of an earlier one only.
 */
import { JetStreamApiError, type JetStreamManager } from "@nats-io/jetstream";
import type { MsgHdrs } from "@nats-io/transport-node";
import { header } from "../../protocols/envelope.ts";
import type { LogMessage } from "./ordered-log.ts";

const prefix = "$KV.";
const wrongLastSequence = [10071, 10164];
const patienceMs = 5_000;

export const isRecord = (subject: string) => subject.startsWith(prefix);

/** What the bucket holds of a subject, as far as we know. */
interface Known {
  readonly revision: number;
  readonly said: number;
}
/** Beyond it all is forgotten and read again. */
const mostKnown = 10_000;

export class RecordWriter {
  readonly #jsm: JetStreamManager;
  readonly #known = new Map<string, Known>();

  constructor(jsm: JetStreamManager) {
    this.#jsm = jsm;
  }

  /** @throws what the broker throws; then it may be tried again. */
  async put(
    subject: string,
    { seq, data }: Pick<LogMessage, "seq" | "data">,
    headers: MsgHdrs,
  ): Promise<void> {
    headers.set(header.said, String(seq));
    for (;;) {
      const known = this.#known.get(subject) ?? (await this.#read(subject));
      if (known.said >= seq) return; // Put before, or overtaken.
      this.#known.delete(subject);
      try {
        const { seq: revision } = await this.#jsm.jetstream().publish(subject, data, {
          headers,
          expect: { lastSubjectSequence: known.revision },
          timeout: patienceMs,
        });
        if (this.#known.size >= mostKnown) this.#known.clear();
        this.#known.set(subject, { revision, said: seq });
        return;
      } catch (error) {
        if (!(error instanceof JetStreamApiError) || !wrongLastSequence.includes(error.code)) throw error;
        // Somebody put one in between, or what was read was stale: read again.
      }
    }
  }

  async #read(subject: string): Promise<Known> {
    const stream = `KV_${subject.slice(prefix.length).split(".")[0]}`;
    const found = await this.#jsm.streams.getMessage(stream, { last_by_subj: subject });
    return { revision: found?.seq ?? 0, said: Number(found?.header.get(header.said) || 0) };
  }
}
