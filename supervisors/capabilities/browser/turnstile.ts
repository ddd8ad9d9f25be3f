/**
 * Lets in so many at a time, in the order they came; but who counts to a share that is used up lets the next ones pass. So one
 * slow site can't hold all places.
 */

export interface Share {
  readonly name: string;
  /** How many of this name may be inside at once. */
  readonly most: number;
}

interface Waiting {
  readonly shares: readonly Share[];
  readonly go: () => void;
}

export class Turnstile {
  readonly #places: number;
  #inside = 0;
  readonly #counts = new Map<string, number>();
  #waiting: readonly Waiting[] = [];

  constructor(places: number) {
    this.#places = places;
  }

  /** @returns what gives the place back. @throws the signal's reason */
  async enter(shares: readonly Share[], signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#hasRoom(shares)) this.#count(shares, 1);
    else
      await new Promise<void>((resolve, reject) => {
        const leave = () => {
          this.#waiting = this.#waiting.filter((one) => one !== mine);
          reject(signal.reason);
        };
        const mine: Waiting = {
          shares,
          go: () => {
            signal.removeEventListener("abort", leave);
            resolve();
          },
        };
        this.#waiting = [...this.#waiting, mine];
        signal.addEventListener("abort", leave, { once: true });
      });
    return () => {
      this.#count(shares, -1);
      this.#letIn();
    };
  }

  #letIn() {
    for (const one of this.#waiting) {
      if (!this.#hasRoom(one.shares)) continue;
      this.#waiting = this.#waiting.filter((other) => other !== one);
      this.#count(one.shares, 1);
      one.go();
    }
  }

  #hasRoom(shares: readonly Share[]): boolean {
    return (
      this.#inside < this.#places && shares.every(({ name, most }) => (this.#counts.get(name) ?? 0) < most)
    );
  }

  #count(shares: readonly Share[], change: 1 | -1) {
    this.#inside += change;
    for (const { name } of shares) {
      const count = (this.#counts.get(name) ?? 0) + change;
      if (count === 0) this.#counts.delete(name);
      else this.#counts.set(name, count);
    }
  }
}
