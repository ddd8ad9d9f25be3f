/**
 * Keeps a value safe on the server while it is worked on: saved when the typing has stopped for a while, one request
 * at a time, the newest value last, and tried again when it failed. What it is doing can be seen at any time.
 */
import { createStore, type Store } from "./store.ts";

export type SaveState =
  | { readonly state: "untouched" }
  | { readonly state: "unsaved" }
  | { readonly state: "saving" }
  | { readonly state: "saved"; readonly at: number }
  | { readonly state: "failed"; readonly problem: string };

export interface Autosave<T> {
  readonly status: Store<SaveState>;
  /** The value has changed; it will be saved when no other change follows for `delayMs`. */
  changed(value: T): void;
  /** Saves now what is not yet saved. Resolves when the newest value is safe, rejects if it could not be saved. */
  flush(): Promise<void>;
  /** No more saving, not even what is waiting (the review is over, or the page is left). */
  stop(): void;
  /** The page is left: what is waiting is saved, and then nothing more. Resolves when it is safe, or could not be saved. */
  leave(): Promise<void>;
  /** What is waiting is not to be saved: a newer draft takes its place. */
  forget(): void;
  /** After a stop; React may take a page out and put it back in. */
  start(): void;
}

interface Options<T> {
  readonly save: (value: T) => Promise<void>;
  readonly now: () => number;
  readonly delayMs?: number;
  readonly retryMs?: number;
}

export function autosave<T>({ save, now, delayMs = 1_500, retryMs = 5_000 }: Options<T>): Autosave<T> {
  const status = createStore<SaveState>({ state: "untouched" });
  let waiting: { value: T } | undefined;
  let running: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let starts = 0;

  const later = (ms: number) => {
    clearTimeout(timer);
    // A failure is shown by the status; the rejection itself is for those who call `flush`.
    timer = setTimeout(() => run().catch(() => undefined), ms);
  };

  async function run(): Promise<void> {
    clearTimeout(timer);
    await running?.catch(() => undefined);
    const next = waiting;
    if (!next || stopped) return;
    waiting = undefined;
    status.set({ state: "saving" });
    running = save(next.value);
    try {
      await running;
      if (!stopped) status.set(waiting ? { state: "unsaved" } : { state: "saved", at: now() });
    } catch (error) {
      waiting ??= next;
      if (stopped) return;
      status.set({ state: "failed", problem: error instanceof Error ? error.message : String(error) });
      later(retryMs);
      throw error;
    } finally {
      running = undefined;
    }
  }

  const flush = async () => {
    do await run();
    while (waiting && !stopped);
  };
  const stop = () => {
    stopped = true;
    clearTimeout(timer);
  };

  return {
    status,
    changed(value) {
      if (stopped) return;
      waiting = { value };
      if (status.get().state !== "saving") status.set({ state: "unsaved" });
      later(delayMs);
    },
    flush,
    stop,
    async leave() {
      if (!waiting && !running) return stop();
      const begun = starts;
      await flush().catch(() => undefined);
      if (begun === starts) stop();
    },
    forget() {
      waiting = undefined;
      clearTimeout(timer);
      status.set({ state: "untouched" });
    },
    start() {
      starts++;
      stopped = false;
    },
  };
}
