/** A value outside React that components read through selectors, so that a change draws only what shows it. */
import { useSyncExternalStore } from "react";

export interface Store<S> {
  get(): S;
  /** Replaces the value; who is subscribed hears of it once. */
  set(next: S | ((previous: S) => S)): void;
  subscribe(listener: () => void): () => void;
}

export function createStore<S>(initial: S): Store<S> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      const changed = typeof next === "function" ? (next as (previous: S) => S)(value) : next;
      if (Object.is(changed, value)) return;
      value = changed;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** `select` must return the same reference for an unchanged store (a field of it, or a primitive). */
export function useStore<S, T>(store: Store<S>, select: (state: S) => T): T {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
