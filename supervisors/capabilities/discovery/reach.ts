/** What a look at a board may use of the world. */
import type { DiscoverInput } from "../../../actors/portal/machine.ts";
import type { Discovery } from "../../../protocols/portal.ts";
import type { BrowserPool } from "../browser/browser-pool.ts";
import type { Fetcher } from "../portal-http/fetcher.ts";

export interface Reach {
  readonly fetcher: Fetcher;
  readonly browser: BrowserPool;
  readonly signal: AbortSignal;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Waits as long as manners ask between two requests to this address's host. */
  readonly pause: (url: string) => Promise<void>;
}

/**
 * One look at a board: at most `limit` postings that are new or changed against `known`.
 * @throws Unreachable if the board gave no usable answer.
 */
export type Look = (input: DiscoverInput, reach: Reach) => Promise<Discovery>;
