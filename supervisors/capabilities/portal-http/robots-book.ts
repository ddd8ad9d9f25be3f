/**
 * What each site's robots.txt says, read once a day. A site without one (any 4xx) has no rules; one that can't be reached
 * may have any, so nothing of it is asked until it can (RFC 9309, 2.3.1).
 */
import { type Robots, readRobots } from "../discovery/robots.ts";
import type { HttpAnswer } from "./fetcher.ts";

/** The site does not want programs there. Nothing was asked. */
export class RobotsForbid extends Error {
  override readonly name = "RobotsForbid";
  constructor(url: string) {
    super(`The site's robots.txt forbids ${new URL(url).pathname}.`);
  }
}

const keepMs = 24 * 3_600_000;
const maxSites = 1_000;

interface Entry {
  readonly until: number;
  readonly answer: Promise<{ readonly robots: Robots; readonly answer: HttpAnswer }>;
}

export class RobotsBook {
  readonly #sites = new Map<string, Entry>();

  /** @param ask fetches the file, politely; what it throws is thrown, and asked again the next time. */
  async of(url: string, ask: (robotsUrl: string) => Promise<HttpAnswer>) {
    const { origin } = new URL(url);
    const known = this.#sites.get(origin);
    if (known !== undefined && known.until > Date.now()) return await known.answer;
    const answer = ask(`${origin}/robots.txt`).then((answer) => ({
      robots: readRobots(answer.status === 200 ? answer.body : ""),
      answer,
    }));
    this.#sites.delete(origin);
    this.#sites.set(origin, { until: Date.now() + keepMs, answer });
    const oldest = this.#sites.keys().next().value;
    if (this.#sites.size > maxSites && oldest !== undefined) this.#sites.delete(oldest);
    try {
      return await answer;
    } catch (error) {
      if (this.#sites.get(origin)?.answer === answer) this.#sites.delete(origin);
      throw error;
    }
  }
}
