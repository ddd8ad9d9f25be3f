/** Asks until there is an answer: after a pause, then later and later. Once stopped, what still comes is dropped. */
import { backoffMs } from "../socket/backoff.ts";

interface Options<T> {
  readonly ask: () => Promise<T>;
  readonly answered: (value: T) => void;
  /** Each time; it may be asked again. */
  readonly failed: (error: unknown) => void;
  /** That another try may end otherwise. */
  readonly isWorthIt: (error: unknown) => boolean;
  readonly firstAfterMs: number;
}

/** @returns stops it */
export function askAgain<T>({ ask, answered, failed, isWorthIt, firstAfterMs }: Options<T>): () => void {
  let over = false;
  let timer = setTimeout(() => void round(0), firstAfterMs);
  const round = async (attempt: number) => {
    try {
      const value = await ask();
      if (!over) answered(value);
    } catch (error) {
      if (over) return;
      failed(error);
      if (isWorthIt(error))
        timer = setTimeout(() => void round(attempt + 1), backoffMs(attempt, Math.random()));
    }
  };
  return () => {
    over = true;
    clearTimeout(timer);
  };
}
