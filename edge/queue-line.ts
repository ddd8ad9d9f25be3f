/**
 * The line of the review queue, and where in it a page ended. Rows leave it all the time, so a cursor holds a place and no row; and
 * levels rise with time, so it holds the time that the order is of, and all pages show one order.
 */
import { hash } from "node:crypto";
import type { QueueRow } from "../protocols/api/queues.ts";
import { levelAfter } from "../protocols/queue-settings.ts";
import { notOurCursor } from "./problem.ts";

export type Lined = Pick<QueueRow, "application" | "status" | "priority" | "requestedAt">;

export interface Order {
  /** As the levels were then. */
  readonly at: number;
  readonly agingEveryMs: number;
}

export interface Place {
  readonly at: number;
  /** Sorts as the line does. */
  readonly key: string;
}

/** Of those that came in the same millisecond; an id itself may be longer than a cursor. */
const tieOf = (application: string) => hash("sha256", application).slice(0, 12);

const digits = (value: number, width: number) =>
  String(Math.min(Math.trunc(value), 10 ** width - 1)).padStart(width, "0");

const keyOf = ({ application, status, priority, requestedAt }: Lined, { at, agingEveryMs }: Order) =>
  [
    status === "escalated" ? 0 : 1,
    digits(levelAfter(priority, at - requestedAt, agingEveryMs), 4),
    digits(requestedAt, 15),
    tieOf(application),
  ].join("-");

/** What needs a manager first, then by level, then whatever waits longest. @param after only what stands behind it */
export const inLine = <T extends Lined>(rows: readonly T[], order: Order, after?: Place): T[] =>
  rows
    .map((row) => ({ row, key: keyOf(row, order) }))
    .filter(({ key }) => after === undefined || key > after.key)
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ row }) => row);

export const cursorAfter = (row: Lined, order: Order): string => `${order.at}-${keyOf(row, order)}`;

/** @throws Refusal if it is no cursor of this list */
export const placeIn = (cursor: string): Place => {
  const [, at, key] = /^(\d{1,15})-([01]-\d{4}-\d{15}-[\da-f]{12})$/.exec(cursor) ?? [];
  if (at === undefined || key === undefined) throw notOurCursor();
  return { at: Number(at), key };
};
