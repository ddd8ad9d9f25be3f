/**
 * The server's time, and one ticker for every timer on the page.
 *
 * A deadline is the server's; a laptop's clock may be minutes off or may be set while a review runs. So time is drawn
 * from the monotonic clock plus an offset that each push of the server (`serverNow`) corrects.
 */
import { useSyncExternalStore } from "react";

let offset = Date.now() - performance.now();
let known = false;

/** `serverNow` in epoch ms, `roundTripMs` if it answers a question of ours (half of it is the way back). */
export function heardServerTime(serverNow: number, roundTripMs = 0): void {
  const measured = serverNow + roundTripMs / 2 - performance.now();
  // Small differences are delay of the network, not of the clock: follow them slowly so that the clock never jumps.
  offset = !known || Math.abs(measured - offset) > 1_000 ? measured : offset * 0.9 + measured * 0.1;
  known = true;
}

/** Epoch ms as the server counts them. */
export const serverNow = (): number => performance.now() + offset;

const listeners = new Set<() => void>();
let second = Math.floor(serverNow() / 1_000);
let timer: ReturnType<typeof setTimeout> | undefined;

function tick(): void {
  second = Math.floor(serverNow() / 1_000);
  for (const listener of listeners) listener();
  // Aim at the start of the next second, so that all displays change together and none skips one.
  timer = setTimeout(tick, 1_000 - (serverNow() % 1_000) + 5);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) tick();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearTimeout(timer);
    timer = undefined;
  };
}

/** The server's time, whole seconds in epoch ms; draws the caller again once a second. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => second) * 1_000;
