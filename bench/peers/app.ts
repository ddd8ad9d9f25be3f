/**
 * The application that every peer runs, the same for all. Pure: no clock, no I/O, no randomness (a peer may run it twice on
 * replay). A token walks round the entities; at each hop one entity changes its state (0.6 KB) and sends one message on.
 */
export interface Hop {
  /** Unique per (token, hop). */
  readonly id: number;
  readonly tok: number;
  readonly hop: number;
  /** Hops that follow. */
  readonly left: number;
  /** First part of the entity's key; those beginning with "e" are measured. */
  readonly space: string;
  readonly idx: number;
  /** Entities in this space. */
  readonly mod: number;
  /** Who asked to hear of the commit, if somebody did. */
  readonly replyTo?: string;
}

export interface EntityState {
  readonly n: number;
  /** The ids applied, so that the final check sees every one. */
  readonly ids: readonly number[];
  readonly doc: unknown;
}

const stride = 37;
const remembered = 64;
/** Stands for the rest of an actor's snapshot. */
const rest = {
  value: { review: "waiting" },
  context: { title: "Senior widget engineer", note: "x".repeat(360), tags: ["a", "b", "c"] },
};

export const unborn: EntityState = { n: 0, ids: [], doc: rest };

export const keyOf = ({ space, idx }: Pick<Hop, "space" | "idx">) => `${space}${idx}`;

export function turn(
  state: EntityState | undefined | null,
  hop: Hop,
): { state: EntityState; next: Hop | null } {
  const { n, ids } = state ?? unborn;
  const { replyTo: _, ...carried } = hop;
  return {
    state: { n: n + 1, ids: [...ids.slice(1 - remembered), hop.id], doc: rest },
    next:
      hop.left > 0
        ? {
            ...carried,
            id: hop.id + 1,
            hop: hop.hop + 1,
            left: hop.left - 1,
            idx: (hop.idx + stride) % hop.mod,
          }
        : null,
  };
}

export const seen = (state: EntityState | undefined | null, { id }: Hop) => state?.ids.includes(id) ?? false;

/** Tokens that start at entities spread evenly, each with `hops` turns before it ends. */
export const tokens = (shape: { entities: number; count: number; hops: number; space: string }): Hop[] =>
  Array.from({ length: shape.count }, (_, i) => ({
    id: i * 100_000,
    tok: i,
    hop: 0,
    left: shape.hops - 1,
    space: shape.space,
    idx: Math.floor((i * shape.entities) / shape.count),
    mod: shape.entities,
  }));

/** Lost: ids that no stored state holds. Twice: applications beyond the first. */
export function verify(sent: readonly Hop[], stored: ReadonlyMap<string, EntityState | undefined | null>) {
  const want = new Map<string, number[]>();
  for (const { id, left, space, idx, mod } of sent)
    for (let hop = 0; hop <= left; hop++) {
      const key = `${space}${(idx + stride * hop) % mod}`;
      want.set(key, [...(want.get(key) ?? []), id + hop]);
    }
  let [lost, twice] = [0, 0];
  for (const [key, ids] of want) {
    const have = stored.get(key)?.ids ?? [];
    const distinct = new Set(have);
    lost += ids.filter((id) => !distinct.has(id)).length;
    twice += have.length - distinct.size;
  }
  return { lost, twice };
}

export const keysOf = (sent: readonly Hop[]) =>
  Array.from({ length: sent[0]?.mod ?? 0 }, (_, i) => `${sent[0]?.space}${i}`);

/** A task for the dispatcher. */
export interface Task {
  readonly n: number;
}
type DispatchEvent =
  | { readonly type: "task"; readonly task: Task }
  | { readonly type: "free"; readonly emps: readonly number[] };

export interface KeyValue {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): void;
  del(key: string): void;
}

/** A peer's dispatcher: one record per waiting task, so that a step costs the same however many wait. Gives the offers to send. */
export async function dispatch(kv: KeyValue, event: DispatchEvent) {
  const m = ((await kv.get("m")) ?? { h: 0, t: 0, free: [] }) as { h: number; t: number; free: number[] };
  const offers: { emp: number; task: Task }[] = [];
  if (event.type === "task") {
    const emp = m.free.shift();
    if (emp !== undefined) offers.push({ emp, task: event.task });
    else kv.set(`p${m.t++}`, event.task);
  } else {
    m.free.push(...event.emps);
    while (m.h < m.t) {
      const emp = m.free.shift();
      if (emp === undefined) break;
      const key = `p${m.h++}`;
      offers.push({ emp, task: (await kv.get(key)) as Task });
      kv.del(key);
    }
  }
  kv.set("m", m);
  return offers;
}
