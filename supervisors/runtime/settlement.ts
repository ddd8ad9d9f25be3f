/**
 * Takes what was acknowledged out of a work queue that one server keeps. That server deletes each acknowledged message by itself, with
 * an fsync for each at `sync_interval: always` (nats-server 2.15.1); a purge deletes many with one. So everything before the oldest
 * message that is still open goes with a purge, and only what was acknowledged past one that stays open goes by itself.
 *
 * It relies on what the cursors of the actors rely on, too: that all before the last delivery has been delivered (`ordered-log.ts`).
 */

export interface SettlementOptions {
  /** Deletes from the consumer's subjects what comes before this sequence. @returns how many it were */
  readonly purge: (before: number) => Promise<number>;
  readonly acknowledge: (seq: number) => void;
  /** The server gives out no more than this that is open. */
  readonly most: number;
  /** Called after a purge where it may have given out as much: an acknowledgement tells its consumer to go on, a purge does not. */
  readonly goOn: () => void;
  readonly onTrouble: (what: string) => void;
}

/** What is acknowledged meanwhile goes together; the next owner would only read it once more. */
const gatherMs = 50;
/** So many need not wait: the server gives an owner no more than 10,000 open ones, the relay 2,000. */
const enough = 500;
/** A purge asks every consumer of the stream: fewer are not worth one. */
const worthIt = 10;

export class Settlement {
  readonly #options: SettlementOptions;
  /** Delivered and not acknowledged, oldest first. */
  readonly #open = new Set<number>();
  /** Acknowledged since the last purge. */
  #fresh: number[] = [];
  /** Acknowledged before that, behind one that was open then. */
  #held: number[] = [];
  #last = 0;
  #timer: NodeJS.Timeout | null = null;
  #busy = false;
  #stopped = false;

  constructor(options: SettlementOptions) {
    this.#options = options;
  }

  delivered(seq: number) {
    this.#open.add(seq);
    if (seq > this.#last) this.#last = seq;
  }

  acknowledged(seq: number) {
    if (this.#stopped) return this.#options.acknowledge(seq);
    this.#open.delete(seq);
    this.#fresh.push(seq);
    if (this.#fresh.length >= enough) void this.#settle();
    else this.#soon(gatherMs);
  }

  /** What waits is acknowledged one by one, and so is what comes later: what is open from now on is not known here. */
  stop() {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    for (const seq of [...this.#held, ...this.#fresh]) this.#options.acknowledge(seq);
    [this.#held, this.#fresh] = [[], []];
  }

  #soon(ms: number) {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.#settle();
    }, ms);
  }

  /** Never rejects. */
  async #settle(): Promise<void> {
    if (this.#busy) return; // Looked at again at its end.
    this.#busy = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const { purge, acknowledge, most, goOn, onTrouble } = this.#options;
    const [oldest = this.#last + 1] = this.#open;
    const due = [...this.#held, ...this.#fresh].filter((seq) => seq < oldest);
    for (const seq of this.#held) if (seq > oldest) acknowledge(seq);
    this.#held = this.#fresh.filter((seq) => seq > oldest);
    this.#fresh = [];
    if (due.length < worthIt) for (const seq of due) acknowledge(seq);
    else
      try {
        // Of what it has given out, some is under way to us, and it gives out more until it has heard of the purge.
        const full = this.#open.size + due.length + this.#held.length > most / 4;
        const purged = await purge(oldest);
        if (full) goOn();
        if (purged > due.length)
          onTrouble(`a purge took ${purged} messages where ${due.length} were acknowledged`);
      } catch {
        for (const seq of due) acknowledge(seq); // Maybe nobody hears it: then it is delivered again, and known.
      }
    this.#busy = false;
    if (this.#fresh.length + this.#held.length > 0) this.#soon(this.#fresh.length < enough ? gatherMs : 0);
  }
}
