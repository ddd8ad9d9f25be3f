/**
 * Whose turn it is at a host. Every request to it, from whichever board, goes through its lane: so many at a time, so far
 * apart, and none while the host has asked to be left alone. One set of lanes per node.
 */
import { setTimeout as wait } from "node:timers/promises";
import type { Manners } from "./manners.ts";

/** The host has asked for a pause, by way of another board; it was not asked again. */
export class HostHeld extends Error {
  override readonly name = "HostHeld";
  readonly retryAfterMs: number;
  constructor(lane: string, retryAfterMs: number) {
    super(
      `${lane} has asked to be left alone for another ${Math.ceil(retryAfterMs / 1_000)} s; it was not asked again.`,
    );
    this.retryAfterMs = retryAfterMs;
  }
}

interface Lane {
  running: number;
  readonly waiting: (() => void)[];
  /** The next request may begin then, epoch milliseconds. */
  nextAt: number;
  heldUntil: number;
}

/** Lanes that nobody uses are forgotten beyond this. */
const maxLanes = 2_000;

export class HostLanes {
  readonly #lanes = new Map<string, Lane>();
  readonly #random: () => number;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /**
   * Waits for a turn and takes it.
   * @returns what ends the turn; call it when the answer is there.
   * @throws HostHeld, or the signal's reason
   */
  async turn(
    name: string,
    { gapMs, spreadMs, atOnce }: Omit<Manners, "lookEveryMs">,
    signal: AbortSignal,
  ): Promise<() => void> {
    const lane = this.#lane(name);
    this.#refuseWhileHeld(name, lane);
    await enter(lane, atOnce, signal);
    const leave = once(() => {
      lane.running--;
      lane.waiting.shift()?.();
    });
    try {
      const now = Date.now();
      const beginAt = Math.max(now, lane.nextAt);
      lane.nextAt = beginAt + gapMs + this.#random() * spreadMs;
      if (beginAt > now) await wait(beginAt - now, undefined, { signal });
      // Another may have been told to stay away meanwhile.
      this.#refuseWhileHeld(name, lane);
      return leave;
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** The host wants a pause: nobody asks it before the end of it. */
  hold(name: string, forMs: number): void {
    const lane = this.#lane(name);
    lane.heldUntil = Math.max(lane.heldUntil, Date.now() + forMs);
  }

  #refuseWhileHeld(name: string, lane: Lane) {
    const left = lane.heldUntil - Date.now();
    if (left > 0) throw new HostHeld(name, left);
  }

  #lane(name: string): Lane {
    const known = this.#lanes.get(name);
    if (known !== undefined) return known;
    if (this.#lanes.size >= maxLanes)
      for (const [old, { running, waiting, nextAt, heldUntil }] of this.#lanes)
        if (running + waiting.length === 0 && Math.max(nextAt, heldUntil) < Date.now())
          this.#lanes.delete(old);
    const lane: Lane = { running: 0, waiting: [], nextAt: 0, heldUntil: 0 };
    this.#lanes.set(name, lane);
    return lane;
  }
}

async function enter(lane: Lane, atOnce: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (lane.running < atOnce && lane.waiting.length === 0) {
    lane.running++;
    return;
  }
  await new Promise<void>((resolve, reject) => {
    const mine = () => {
      signal.removeEventListener("abort", leave);
      lane.running++;
      resolve();
    };
    const leave = () => {
      lane.waiting.splice(lane.waiting.indexOf(mine), 1);
      reject(signal.reason);
    };
    lane.waiting.push(mine);
    signal.addEventListener("abort", leave, { once: true });
  });
}

const once = (act: () => void) => {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
};
