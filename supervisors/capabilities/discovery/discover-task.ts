/** The portal actor's task `discover`: one look at a board through its adapter. */
import { setTimeout as wait } from "node:timers/promises";
import type { DiscoverInput } from "../../../actors/portal/machine.ts";
import type { Board, Discovery } from "../../../protocols/portal.ts";
import type { TaskContext } from "../../runtime/tasks.ts";
import type { BrowserPool } from "../browser/browser-pool.ts";
import { createFetcher, type Fetcher } from "../portal-http/fetcher.ts";
import type { Adapter } from "./adapter.ts";
import { greenhouse } from "./greenhouse.ts";
import { jsonld } from "./jsonld.ts";

export interface DiscoverDeps {
  readonly browser: BrowserPool;
  readonly fetcher?: Fetcher;
  /** Between two requests to one host; default 1,500 ms. Our own machine needs no such manners: 20 ms. */
  readonly pauseMs?: number;
  /** Instead of `pauseMs`. */
  readonly pause?: (url: string) => Promise<void>;
}

const adapters: Readonly<Partial<Record<Board["adapter"], Adapter>>> = { greenhouse, jsonld };

/** @throws Unreachable (the machine backs off and shows it) */
export function discoverTask(deps: DiscoverDeps) {
  const fetcher = deps.fetcher ?? createFetcher();
  return async (input: DiscoverInput, { signal }: Pick<TaskContext, "signal">): Promise<Discovery> => {
    const adapter = adapters[input.board.adapter];
    if (adapter === undefined)
      return { outcome: "changed", reason: `This version has no adapter for ${input.board.adapter} yet.` };
    return adapter.discover(input, {
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
