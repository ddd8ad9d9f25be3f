/** The portal actor's task `discover`: one look at a board through its adapter. */
import { setTimeout as wait } from "node:timers/promises";
import type { DiscoverInput } from "../../../actors/portal/machine.ts";
import type { Discovery } from "../../../protocols/portal.ts";
import type { PortalKind } from "../../../protocols/portal-kind.ts";
import type { TaskContext } from "../../runtime/tasks.ts";
import type { BrowserPool } from "../browser/browser-pool.ts";
import { createFetcher, type Fetcher } from "../portal-http/fetcher.ts";
import { adapters } from "./adapters/all-adapters.ts";
import { lookAtList } from "./look-at-list.ts";
import { lookAtSite } from "./look-at-site.ts";
import type { Look } from "./reach.ts";

export interface DiscoverDeps {
  readonly browser: BrowserPool;
  readonly fetcher?: Fetcher;
  /** Between two requests to one host; default 1,500 ms. Our own machine needs no such manners: 20 ms. */
  readonly pauseMs?: number;
  /** Instead of `pauseMs`. */
  readonly pause?: (url: string) => Promise<void>;
}

/** One for all boards and looks of this process: lists that were not read to their end are kept in them. */
const looks = new Map<PortalKind, Look>([
  ...adapters.map((adapter) => [adapter.kind, lookAtList(adapter)] as const),
  ["jsonld", lookAtSite],
]);

/** @throws Unreachable (the machine backs off and shows it) */
export function discoverTask(deps: DiscoverDeps) {
  const fetcher = deps.fetcher ?? createFetcher();
  return async (input: DiscoverInput, { signal }: Pick<TaskContext, "signal">): Promise<Discovery> => {
    const look = looks.get(input.board.adapter);
    if (look === undefined)
      return { outcome: "changed", reason: `There is no adapter for ${input.board.adapter}.` };
    return look(input, {
      fetcher,
      browser: deps.browser,
      signal,
      now: Date.now(),
      pause:
        deps.pause ?? ((url) => wait(deps.pauseMs ?? (isLoopback(url) ? 20 : 1_500), undefined, { signal })),
    });
  };
}

const isLoopback = (url: string) => /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
