/** The board that an address belongs to, ready to be watched: for the dashboard and for the file of boards. */
import type { Board } from "../../../protocols/portal.ts";
import { recognise } from "../discovery/recognise.ts";
import { isLoopback, mannersOf } from "./manners.ts";

export class NoBoard extends Error {
  override readonly name = "NoBoard";
}

export const supported =
  "Supported are boards of Greenhouse, Lever, Ashby, SmartRecruiters, Workday, Workable, Recruitee, Teamtailor and others, " +
  "RSS feeds of jobs, and any careers page whose jobs carry JobPosting data. Paste the address of the page that lists the jobs, " +
  "beginning with https://.";

export interface BoardAt {
  readonly board: Omit<Board, "company" | "region">;
  /** A guess. */
  readonly company: string;
  /** How often it is looked at if nobody says otherwise. */
  readonly pollEveryMs: number;
}

/** @param demoPollMs for boards on this machine. @throws NoBoard with a sentence that says what would do */
export function boardAt(url: string, demoPollMs: number): BoardAt {
  const found = recognise(url);
  if (found === null) throw new NoBoard(`"${url.slice(0, 200)}" is no address of a board. ${supported}`);
  const { adapter, portal, token } = found;
  return {
    board: { adapter, portal, url: found.url },
    company: nameFrom(token),
    pollEveryMs: isLoopback(found.url) ? demoPollMs : mannersOf(adapter).lookEveryMs,
  };
}

/** "acme-labs" -> "Acme Labs", "careers.acme.com" -> "Acme". */
function nameFrom(token: string): string {
  const first = token.split("/")[0] ?? "";
  const parts = first.split(".");
  const word = parts.length > 1 ? (parts.at(-2) ?? first) : first;
  return word
    .split(/[-_\s]+/)
    .filter((part) => part !== "")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(" ");
}

/** Addresses that only this machine or its network can see; a person at a dashboard has no business there. */
export function isInside(url: string): boolean {
  const { hostname } = new URL(url);
  return (
    isLoopback(url) ||
    /^(?:0\.|10\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(hostname) ||
    /^\[(?:::|f[cd]|fe[89ab])/i.test(hostname) ||
    /(?:^|\.)(?:local|internal|localdomain)$/.test(hostname) ||
    !/[.:]/.test(hostname)
  );
}
