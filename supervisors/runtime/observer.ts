/** What a node tells those who measure it. They are called on the way of every turn: cheap, and never throwing. */
import type { Turn } from "./turn.ts";

export interface StoredTurn {
  readonly kind: string;
  readonly address: string;
  /** `<kind>/<p>` */
  readonly partition: string;
  readonly turn: Turn;
  /** Messages that no state handled. */
  readonly ignored: number;
  /** When it began, epoch milliseconds. */
  readonly at: number;
  /** From its beginning until it was stored, milliseconds. */
  readonly tookMs: number;
}

export interface HostObserver {
  stored(turn: StoredTurn): void;
  redelivered(kind: string): void;
  /** A batch was refused, since a fence had been moved by another owner. */
  lostRace(): void;
}
