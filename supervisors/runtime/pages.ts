/**
 * The long lists of an actor's context, stored apart from its state: each item lies in a page that its key decides, and a turn
 * writes the pages that it changed, in its own batch. So a list may be far longer than one value may be large, and a turn that
 * touches three of ten thousand items writes about three pages. An item that has not changed must be the same object as before.
 */
import type { AnyMachineSnapshot } from "xstate";
import type { ActorDefinition } from "../../actors/define-actor.ts";
import { fnv1a } from "../../protocols/partition.ts";
import { subjects } from "../../protocols/subjects.ts";
import { refuseAbove } from "./actor-record.ts";
import type { OutboxMessage } from "./outbox.ts";
import type { ActorState } from "./turn.ts";

/** By the list's name in the context. */
export type Lists = Readonly<Record<string, readonly unknown[]>>;
type Collections = NonNullable<ActorDefinition["collections"]>;
type Item = Readonly<Record<string, unknown>>;

/** For good: an item must be found in the page where it was put. A whole actor must fit into one batch. */
const pagesPerList = 256;

type Pages = ReadonlyMap<number, readonly Item[]>;

/** Of lists in memory: a turn changes a few pages of many. */
const knownPages = new WeakMap<readonly Item[], Pages>();

function pagesOf(list: readonly Item[], key: string): Pages {
  return knownPages.get(list) ?? byPage(list, key);
}

function byPage(items: Iterable<Item>, key: string): Map<number, Item[]> {
  const pages = new Map<number, Item[]>();
  for (const item of items) {
    const number = fnv1a(String(item[key])) % pagesPerList;
    const page = pages.get(number);
    if (page) page.push(item);
    else pages.set(number, [item]);
  }
  return pages;
}

/** What is not in both lists, in one walk along them: some more where they were sorted anew, never less. */
function differences(before: readonly Item[], after: readonly Item[]) {
  const [dropped, added] = [new Set<Item>(), new Set<Item>()];
  for (let i = 0, j = 0; i < before.length || j < after.length; ) {
    const [old, young] = [before[i], after[j]];
    const isSame = old === young;
    const wasDropped = !isSame && i < before.length && (j >= after.length || before[i + 1] === young);
    const isNew = !isSame && !wasDropped && (i >= before.length || after[j + 1] === old);
    if (!isSame && !isNew && old !== undefined) dropped.add(old);
    if (!isSame && !wasDropped && young !== undefined) added.add(young);
    if (!isNew) i++;
    if (!wasDropped) j++;
  }
  return { dropped, added };
}

/** The pages that are other than those of the list before, by their number. */
function pagesChanged(before: readonly Item[], after: readonly Item[], key: string): Pages {
  const { dropped, added } = differences(before, after);
  const [gone, come] = [byPage(dropped, key), byPage(added, key)];
  const pages = pagesOf(before, key);
  const changed = new Map<number, readonly Item[]>();
  for (const number of new Set([...gone.keys(), ...come.keys()])) {
    const kept = (pages.get(number) ?? []).filter((item) => !dropped.has(item));
    changed.set(number, [...kept, ...(come.get(number) ?? [])]);
  }
  knownPages.set(after, new Map([...pages, ...changed]));
  return changed;
}

/** The lists of a snapshot that lie in pages. */
export function listsOf(collections: Collections, snapshot: AnyMachineSnapshot | null): Lists {
  const context = (snapshot?.context ?? {}) as Readonly<Record<string, readonly unknown[] | undefined>>;
  return Object.fromEntries(Object.keys(collections).map((name) => [name, context[name] ?? []]));
}

/** The snapshot as it lies in the state: its lists are empty there. */
export function withoutLists(
  collections: Collections | undefined,
  snapshot: AnyMachineSnapshot,
): AnyMachineSnapshot {
  if (collections === undefined) return snapshot;
  const empty = Object.fromEntries(Object.keys(collections).map((name) => [name, []]));
  return { ...snapshot, context: { ...snapshot.context, ...empty } } as AnyMachineSnapshot;
}

/**
 * The pages that are other than they were stored.
 * @throws SnapshotTooLarge
 */
export function changedPages(
  address: string,
  collections: Collections | undefined,
  { paged, snapshot }: Pick<ActorState, "paged" | "snapshot">,
): OutboxMessage[] {
  if (collections === undefined) return [];
  const lists = listsOf(collections, snapshot);
  return Object.entries(collections).flatMap(([name, key]) => {
    const [before = [], after = []] = [paged[name], lists[name]] as readonly (readonly Item[] | undefined)[];
    if (before === after) return [];
    return [...pagesChanged(before, after, key)].map(([page, items]) => ({
      subject: subjects.page(address, name, page),
      body: refuseAbove(address, JSON.stringify(items)),
      headers: [["Nats-Rollup", "sub"]] as const,
    }));
  });
}

/** The state of a stored turn: what its lists hold is in the pages now. */
export const asStored = (collections: Collections | undefined, state: ActorState): ActorState =>
  collections === undefined ? state : { ...state, paged: listsOf(collections, state.snapshot) };

/** @param messages of these subjects, in any order; others are passed over */
export function readPages(messages: readonly { readonly subject: string; json<T>(): T }[]): Lists {
  const lists: Record<string, unknown[]> = {};
  for (const message of messages) {
    const name = subjects.listOfPage(message.subject);
    if (name === null) continue;
    lists[name] ??= [];
    lists[name].push(...message.json<unknown[]>());
  }
  return lists;
}

/** A persisted snapshot, whole again. What lies in it still was stored before its kind had pages. */
export function withLists(persisted: unknown, lists: Lists): unknown {
  if (persisted === null) return null;
  const { context, ...rest } = persisted as { readonly context: Readonly<Record<string, unknown>> };
  const whole = Object.entries(lists).map(([name, items]) => [name, [...asArray(context[name]), ...items]]);
  return { ...rest, context: { ...context, ...Object.fromEntries(whole) } };
}

const asArray = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
