/** A choice of the person that stays in this browser. */
import { createStore, type Store } from "./store.ts";

/** @param allowed the first is what counts until something else is chosen */
export function keptChoice<T extends string>(key: string, allowed: readonly [T, ...T[]]): Store<T> {
  const kept = localStorage.getItem(key);
  const store = createStore<T>(allowed.find((choice) => choice === kept) ?? allowed[0]);
  store.subscribe(() => localStorage.setItem(key, store.get()));
  return store;
}
