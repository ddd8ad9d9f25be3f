/** What is asked for again and again because it is not pushed. Not while the page is hidden or paused. */
import { useCallback, useEffect, useRef, useState } from "react";
import { sentence } from "../api/problem.ts";
import { serverNow } from "./clock.ts";
import { paused } from "./paused.ts";

interface Answered<T> {
  readonly value: T | null;
  /** When the value came, as the server counts; null before the first. */
  readonly at: number | null;
  /** Why the last try failed; the value is then older than it looks. */
  readonly problem: string;
}

export interface Polled<T> extends Answered<T> {
  /** Asks now, and goes on from there. */
  readonly reload: () => void;
}

/** `ask` must keep its reference from one drawing to the next; with another one the old value is forgotten. */
export function usePolled<T>(ask: () => Promise<T>, everyMs: number): Polled<T> {
  const [state, setState] = useState<Answered<T> & { readonly of: unknown }>(() => nothingOf(ask));
  const again = useRef<() => void>(() => undefined);
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let first = true;
    const round = async () => {
      clearTimeout(timer);
      if (first || (document.visibilityState === "visible" && !paused.get()))
        await ask().then(
          (value) => !over && setState({ value, at: serverNow(), problem: "", of: ask }),
          (error) =>
            !over &&
            setState((before) => ({
              ...(before.of === ask ? before : nothingOf<T>(ask)),
              problem: sentence(error),
            })),
        );
      first = false;
      if (!over) timer = setTimeout(round, everyMs);
    };
    again.current = () => {
      first = true;
      void round();
    };
    void round();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [ask, everyMs]);
  const reload = useCallback(() => again.current(), []);
  const shown = state.of === ask ? state : nothingOf<T>(ask);
  return { value: shown.value, at: shown.at, problem: shown.problem, reload };
}

const nothingOf = <T>(of: unknown): Answered<T> & { readonly of: unknown } => ({
  value: null,
  at: null,
  problem: "",
  of,
});
