/** The switch on the board: pressing it is a command, and what it shows is what the server says. */
import { sentence } from "../api/problem.ts";
import { signIn, signOut, takeBreak } from "../socket/line.ts";
import { mine } from "./my-state.ts";
import { breakKey, switchKey } from "./next-status.ts";
import { createStore } from "./store.ts";

interface Board {
  readonly pending: boolean;
  readonly problem: string;
}

export const board = createStore<Board>({ pending: false, problem: "" });

export async function setAvailable(on: boolean): Promise<void> {
  if (board.get().pending) return;
  board.set({ pending: true, problem: "" });
  try {
    await (on ? signIn() : signOut());
    board.set({ pending: false, problem: "" });
  } catch (error) {
    board.set({ pending: false, problem: sentence(error) });
  }
}

/** The key `o`. */
export function pressSwitch(): void {
  const { now } = mine.get();
  const to = now && switchKey(now);
  if (to) void setAvailable(to === "online");
}

/** The key `b`. */
export function pressBreak(): Promise<void> {
  const { now } = mine.get();
  return now && breakKey(now) === "online" ? signIn() : takeBreak();
}
