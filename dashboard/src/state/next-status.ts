/** What the keys `o` and `b` ask for, as things stand. With a review in hand they say what follows it, and once more takes that back. */
import type { MyState } from "../../../protocols/api/socket.ts";

type Standing = Pick<MyState, "status" | "next">;

/** Null where there is nothing to switch. */
export function switchKey({ status, next }: Standing): "online" | "offline" | null {
  if (status === "locked") return null;
  if (status === "reviewing") return next === null ? "offline" : "online";
  return status === "free" ? "offline" : "online";
}

export const breakKey = ({ status, next }: Standing): "online" | "break" =>
  status === "reviewing" && next === "break" ? "online" : "break";
