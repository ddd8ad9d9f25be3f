/** Groups of dead letters that somebody has set aside on this screen: they come back when a letter joins them. In this browser only. */
import { createStore } from "../../state/store.ts";
import type { LetterGroup } from "./letter-groups.ts";

/** By fingerprint, the newest letter that was in it. */
type Parked = Readonly<Record<string, number>>;
const key = "callboard.parked-letters";

function kept(): Parked {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
    return typeof value === "object" && value !== null ? (value as Parked) : {};
  } catch {
    return {}; // Written by something else: nothing is parked then.
  }
}

export const parkedGroups = createStore<Parked>(kept());
parkedGroups.subscribe(() => localStorage.setItem(key, JSON.stringify(parkedGroups.get())));

const newestOf = ({ letters }: LetterGroup) => letters.at(-1)?.letter ?? 0;

export const isParked = (parked: Parked, group: LetterGroup): boolean =>
  (parked[group.fingerprint] ?? 0) >= newestOf(group);
export const parkGroup = (group: LetterGroup): void =>
  parkedGroups.set((now) => ({ ...now, [group.fingerprint]: newestOf(group) }));
export const takeUpGroup = ({ fingerprint }: LetterGroup): void =>
  parkedGroups.set(({ [fingerprint]: _taken, ...rest }) => rest);
