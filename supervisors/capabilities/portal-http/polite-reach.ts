/**
 * The fetcher and the pause that the adapters of one board are given: every request has had its turn in the host's lane and
 * is allowed by robots.txt; a host that says 429 with Retry-After is left alone by all boards on it.
 */
import type { Board } from "../../../protocols/portal.ts";
import { retryAfterMs } from "./blocked.ts";
import type { Fetcher, HttpAnswer } from "./fetcher.ts";
import { HostHeld, type HostLanes } from "./host-lanes.ts";
import { isLoopback, type Manners, mannersOf, noManners } from "./manners.ts";
import { type RobotsBook, RobotsForbid } from "./robots-book.ts";

export interface PoliteReach {
  readonly fetcher: Fetcher;
  /** Waits for a turn at this address's host; for pages that a browser opens. @throws RobotsForbid, HostHeld */
  readonly pause: (url: string) => Promise<void>;
}

export interface Shared {
  readonly fetcher: Fetcher;
  readonly lanes: HostLanes;
  readonly robots: RobotsBook;
}

/** On our own machine each board is a host of its own, since the demo portal plays six companies on one port. */
export const laneOf = (url: string, board: Pick<Board, "portal">): string =>
  isLoopback(url) ? `${new URL(url).host} for ${board.portal}` : new URL(url).host;

export function politeReach(shared: Shared, board: Board, signal: AbortSignal): PoliteReach {
  const { lanes, robots } = shared;
  const manners = (url: string): Manners => (isLoopback(url) ? noManners : mannersOf(board.adapter));

  const turned = async (url: string, manner: Manners, ask: () => Promise<HttpAnswer>) => {
    const lane = laneOf(url, board);
    const leave = await lanes.turn(lane, manner, signal);
    try {
      const answer = await ask();
      const pause = answer.status === 429 ? retryAfterMs(answer.retryAfter, Date.now()) : null;
      if (pause !== null) lanes.hold(lane, pause);
      return answer;
    } finally {
      leave();
    }
  };

  const rulesFor = (url: string) =>
    robots.of(url, async (robotsUrl) => {
      const answer = await turned(robotsUrl, manners(url), () => shared.fetcher.get(robotsUrl, { signal }));
      if (answer.status === 429) throw new HostHeld(laneOf(url, board), 60_000);
      return answer;
    });

  /** @returns the manners for this address, with the delay that the site itself asks for. */
  const allowed = async (url: string): Promise<Manners> => {
    const { robots: rules } = await rulesFor(url);
    if (!rules.allows(url)) throw new RobotsForbid(url);
    const own = manners(url);
    return { ...own, gapMs: Math.max(own.gapMs, rules.crawlDelayMs ?? 0) };
  };

  return {
    fetcher: {
      get: async (url, options) => {
        // Adapters may look at it too; it was read already.
        if (new URL(url).pathname === "/robots.txt") return (await rulesFor(url)).answer;
        const manner = await allowed(url);
        return await turned(url, manner, () => shared.fetcher.get(url, options));
      },
    },
    pause: async (url) => (await lanes.turn(laneOf(url, board), await allowed(url), signal))(),
  };
}
