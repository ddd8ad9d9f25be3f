/** Dead letters and parked actors as text. */
import type { DeadLetter, DeadPage, PausedList } from "../../protocols/dead-letter.ts";

const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
const oneLine = (text: string) => text.replace(/\s+/g, " ");

export const deadTable = ({ items, next, total }: DeadPage): string =>
  [
    ...items.map(
      ({ letter, at, actor, cause }) =>
        `${String(letter).padStart(7)}  ${new Date(at).toISOString()}  ${cut(actor, 40).padEnd(40)}  ${cut(oneLine(`${cause.name}: ${cause.message}`), 100)}`,
    ),
    `${items.length} shown of ${total} in all${next === null ? "" : `; more: --after ${next}`}`,
    "",
  ].join("\n");

export const letterText = ({ letter, at, actor, cause, from, message, replayTo }: DeadLetter): string =>
  [
    `letter   ${letter}`,
    `actor    ${actor}`,
    `at       ${new Date(at).toISOString()}`,
    `cause    ${cause.name}: ${cause.message}`,
    `from     ${from ?? "not known"}`,
    `replay   ${replayTo === null ? "not possible: it tells an outcome and holds no message" : `to ${replayTo}`}`,
    "",
    JSON.stringify(message, null, 2),
    "",
  ].join("\n");

export const pausedTable = ({ items }: PausedList): string =>
  items.length === 0
    ? "none is parked\n"
    : items
        .map(
          ({ address, mail, reason }) =>
            `${cut(address, 44).padEnd(44)}  ${String(mail).padStart(6)} messages  ${oneLine(reason) || "not in memory of any node"}\n`,
        )
        .join("");
