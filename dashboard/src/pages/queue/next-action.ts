/** What happens next to a review, in words: each has somebody or something that moves it on. */
import type { ApplicationRow, EmployeeRow } from "../../../../protocols/api/http.ts";
import { clockTime, duration } from "../../state/time-text.ts";

interface Around {
  readonly people: readonly EmployeeRow[];
  /** Those that wait, the longest waiting first. */
  readonly waiting: readonly string[];
  readonly now: number;
}

export function nextAction(
  { application, status }: ApplicationRow,
  { people, waiting, now }: Around,
): string {
  switch (status) {
    case "uncertain":
      return "▲ needs you: did it arrive?";
    case "ready":
      return "▲ needs you: it is filled and not sent";
    case "assigning":
      return "is being given to somebody";
    case "reviewing": {
      const holder = people.find(({ offer }) => offer?.application === application);
      if (!holder?.offer) return "is with somebody";
      const left = holder.offer.deadlineAt - now;
      return `with ${holder.name} until ${clockTime(holder.offer.deadlineAt)}${left < 300_000 ? `, ${duration(left)} left ▲` : ""}`;
    }
    default: {
      const place = waiting.indexOf(application);
      return place <= 0 ? "next free reviewer" : `${place + 1}${ordinal(place + 1)} in line`;
    }
  }
}

/** Why nobody gets the next one; "" if somebody can. */
export function noReviewer(people: readonly EmployeeRow[]): string {
  if (people.some(({ status }) => status === "free" || status === "reviewing")) return "";
  const count = (status: EmployeeRow["status"]) => people.filter((row) => row.status === status).length;
  const [away, locked] = [count("away"), count("locked")];
  return `No eligible reviewer: ${away} offline, ${locked} locked. Reviews wait, and nobody gets a strike for it.${locked > 0 ? " Unlock somebody under Strikes." : ""}`;
}

const ordinal = (n: number) =>
  n % 100 >= 11 && n % 100 <= 13 ? "th" : ({ 1: "st", 2: "nd", 3: "rd" }[n % 10] ?? "th");
