/**
 * One Chromium for this node, shared by everything that needs a page. At most a few contexts at a time (each is a person's
 * clean profile); a browser that died is replaced by the next who asks, and one that has served long is replaced before its
 * memory grows; the browser of an idle node stays up.
 */
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from "playwright-core";
import { findBrowser } from "./find-browser.ts";
import { type Share, Turnstile } from "./turnstile.ts";

export interface PoolSettings {
  /** Contexts at a time. Each may take 100 to 150 MB while a page is open. */
  readonly size?: number;
  /** Contexts that one browser serves before a fresh one takes over: what leaks in it goes with it. */
  readonly contextsPerBrowser?: number;
  /** Where the browser from npm is unpacked; default: the configured home. */
  readonly home?: string;
}

/** One more than discovery may hold, for the forms. */
export const poolSize = 4;

export interface BrowserPool {
  /**
   * Lends a fresh context and closes it afterwards. Waits for a free one; an aborted signal ends the wait and the work.
   * @param options.media whether pictures, fonts and video are loaded: for screenshots yes, for reading no
   * @param options.shares what it counts to, so that no share takes more than its part of the pool
   */
  use<T>(
    options: {
      readonly media: boolean;
      readonly signal: AbortSignal;
      readonly context?: BrowserContextOptions;
      readonly shares?: readonly Share[];
    },
    work: (context: BrowserContext) => Promise<T>,
  ): Promise<T>;
  /** Closes the browser; what is in work fails. */
  close(): Promise<void>;
}

const heavy = new Set(["image", "media", "font", "stylesheet", "websocket", "manifest", "other"]);
/** Counters and advertisers: no posting and no form needs them. */
const trackers =
  /(?:google-analytics|googletagmanager|doubleclick|facebook\.(?:net|com)\/tr|hotjar|segment\.(?:io|com)|mixpanel|fullstory|clarity\.ms|bat\.bing|snap\.licdn|px\.ads)/;

/** A browser and what it has to do yet before it may end. */
interface Running {
  readonly browser: Promise<Browser>;
  served: number;
  open: number;
}

export function createBrowserPool(settings: PoolSettings = {}): BrowserPool {
  const { size = poolSize, contextsPerBrowser = 300 } = settings;
  const turnstile = new Turnstile(size);
  /** All that have not ended, also those that only finish what they have. */
  const all = new Set<Running>();
  let running: Running | undefined;
  let closed = false;

  const start = (): Running => {
    const one: Running = { browser: launch(settings.home), served: 0, open: 0 };
    all.add(one);
    const forget = () => {
      all.delete(one);
      if (running === one) running = undefined;
    };
    // Where it can't be started, whoever waits for it is told; the next tries anew.
    one.browser.then((browser) => browser.on("disconnected", forget), forget);
    return one;
  };

  const take = (): Running => {
    if (closed) throw new Error("The browser has been closed: the node is stopping.");
    running ??= start();
    const one = running;
    one.open++;
    if (++one.served >= contextsPerBrowser) running = undefined;
    return one;
  };

  const giveBack = (one: Running) => {
    one.open--;
    if (one.open === 0 && running !== one) void end(one);
  };

  return {
    async use({ media, signal, context: options, shares }, work) {
      const leave = await turnstile.enter(shares ?? [], signal);
      let one: Running | undefined;
      let context: BrowserContext | undefined;
      const abort = () => void context?.close().catch(() => {});
      try {
        one = take();
        context = await (await one.browser).newContext(options);
        signal.addEventListener("abort", abort, { once: true });
        signal.throwIfAborted();
        await context.route("**/*", (route) => {
          const request = route.request();
          const unwanted = trackers.test(request.url()) || (!media && heavy.has(request.resourceType()));
          return unwanted ? route.abort("blockedbyclient") : route.continue();
        });
        return await work(context);
      } finally {
        signal.removeEventListener("abort", abort);
        await context?.close().catch(() => {}); // Gone already if the browser crashed.
        if (one !== undefined) giveBack(one);
        leave();
      }
    },
    async close() {
      closed = true;
      await Promise.all([...all].map(end));
    },
  };
}

/** It may never have started, or be dead already. */
const end = (one: Running) => one.browser.then((browser) => browser.close()).catch(() => {});

async function launch(home: string | undefined): Promise<Browser> {
  const { executablePath, args } = await findBrowser(home);
  return await chromium.launch({ executablePath, args, handleSIGINT: false, handleSIGTERM: false });
}
