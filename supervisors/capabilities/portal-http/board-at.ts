/** The board that an address belongs to, ready to be watched: for the dashboard and for the file of boards. */
import type { Board } from "../../../protocols/portal.ts";
import { companyOf, recognise } from "../discovery/recognise.ts";
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
  const { adapter, portal } = found;
  return {
    board: { adapter, portal, url: found.url },
    company: companyOf(found),
    pollEveryMs: isLoopback(found.url) ? demoPollMs : mannersOf(adapter).lookEveryMs,
  };
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
