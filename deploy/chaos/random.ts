/** Random numbers that come again with the same seed (mulberry32, public domain), so that a run can be repeated. */

export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A number from `least` up to `most`. */
  between(least: number, most: number): number;
  /** One of them. @throws Error if there is none. */
  pick<T>(of: readonly T[]): T;
  chance(probability: number): boolean;
  /** A sequence of its own, so that one part's use does not change what another gets. */
  fork(name: string): Random;
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    between: (least, most) => least + next() * (most - least),
    pick: (of) => {
      const found = of[Math.floor(next() * of.length)];
      if (found === undefined) throw new Error("There is nothing to pick from.");
      return found;
    },
    chance: (probability) => next() < probability,
    fork: (name) => {
      let hash = seed >>> 0;
      for (const char of name) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
      return randomOf(hash);
    },
  };
}
