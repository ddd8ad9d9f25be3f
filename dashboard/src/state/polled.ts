/** What is asked for again and again because it is not pushed. Not while the page is hidden. */
import { useEffect, useState } from "react";
import { sentence } from "../api/problem.ts";

interface Polled<T> {
  readonly value: T | null;
  /** Why the last try failed; the value is then older than it looks. */
  readonly problem: string;
}

/** `ask` must keep its reference from one drawing to the next. */
export function usePolled<T>(ask: () => Promise<T>, everyMs: number): Polled<T> {
  const [state, setState] = useState<Polled<T>>({ value: null, problem: "" });
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const round = async () => {
      if (document.visibilityState === "visible")
        await ask().then(
          (value) => !over && setState({ value, problem: "" }),
          (error) => !over && setState((before) => ({ ...before, problem: sentence(error) })),
        );
      if (!over) timer = setTimeout(round, everyMs);
    };
    void round();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [ask, everyMs]);
  return state;
}
