/**
 * One look at a board with manners: not at all where its kind is switched off, in turn with all others at the host, within what
 * robots.txt allows. What manners forbid is an answer like any other, so that the board shows it.
 */
import type { DiscoverInput } from "../../../actors/portal/setup.ts";
import type { Discovery } from "../../../protocols/portal.ts";
import type { TaskContext } from "../../runtime/tasks.ts";
import { type BrowserPool, poolSize } from "../browser/browser-pool.ts";
import { discoverTask } from "../discovery/discover-task.ts";
import { createFetcher, type Fetcher } from "./fetcher.ts";
import { HostHeld, HostLanes } from "./host-lanes.ts";
import { laneOf, politeReach } from "./polite-reach.ts";
import { RobotsBook, RobotsForbid } from "./robots-book.ts";
import { type Switches, whyOff } from "./switches.ts";

export interface PoliteLookDeps {
  readonly browser: BrowserPool;
  readonly switches: Switches;
  readonly fetcher?: Fetcher;
}

const day = 24 * 3_600_000;
/** Contexts of the browser that discovery may hold: one less than there are, so that an application never waits for it. */
const browserShare = poolSize - 1;

/** The portal actor's task `discover`. @throws Unreachable */
export function politeLook({ browser, switches, fetcher = createFetcher() }: PoliteLookDeps) {
  const shared = { fetcher, lanes: new HostLanes(), robots: new RobotsBook() };
  return async (input: DiscoverInput, context: Pick<TaskContext, "signal">): Promise<Discovery> => {
    const { board } = input;
    const off = whyOff(board.adapter, switches);
    if (off !== null) return { outcome: "off", reason: off };
    const { signal } = context;
    const reach = politeReach(shared, board, signal);
    const lane = laneOf(board.url, board);
    try {
      const look = discoverTask({
        fetcher: reach.fetcher,
        pause: reach.pause,
        browser: {
          ...browser,
          // A slow site holds one page at a time, whatever it does.
          use: (options, work) =>
            browser.use(
              {
                ...options,
                shares: [
                  { name: "discovery", most: browserShare },
                  { name: lane, most: 1 },
                ],
              },
              work,
            ),
        },
      });
      return await look(input, context);
    } catch (error) {
      if (error instanceof RobotsForbid)
        return { outcome: "blocked", reason: error.message, retryAfterMs: day };
      if (error instanceof HostHeld)
        return { outcome: "blocked", reason: error.message, retryAfterMs: error.retryAfterMs };
      throw error;
    }
  };
}
