/**
 * One Chromium for this node, shared by everything that needs a page. At most a few contexts at a time (each is a person's
 * clean profile); a browser that died is replaced by the next who asks; the browser of an idle node stays up.
 */
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from "playwright-core";
import { findBrowser } from "./find-browser.ts";

export interface PoolSettings {
  /** Contexts at a time. */
  readonly size?: number;
  /** Where the browser from npm is unpacked; default: the configured home. */
  readonly home?: string;
}

export interface BrowserPool {
  /**
   * Lends a fresh context and closes it afterwards. Waits for a free one; an aborted signal ends the wait and the work.
   * @param options.media whether pictures, fonts and video are loaded: for screenshots yes, for reading no
   */
  use<T>(
    options: {
      readonly media: boolean;
      readonly signal: AbortSignal;
      readonly context?: BrowserContextOptions;
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

export function createBrowserPool(settings: PoolSettings = {}): BrowserPool {
  const size = settings.size ?? 2;
  let running: Promise<Browser> | undefined;
  let closed = false;
  let used = 0;
  const waiting: (() => void)[] = [];

  const start = async (): Promise<Browser> => {
    const { executablePath, args } = await findBrowser(settings.home);
    const browser = await chromium.launch({
      executablePath,
      args,
      handleSIGINT: false,
      handleSIGTERM: false,
    });
    browser.on("disconnected", () => {
      running = undefined;
    });
    return browser;
  };

  const browserNow = (): Promise<Browser> => {
    if (closed) return Promise.reject(new Error("The browser has been closed: the node is stopping."));
    running ??= start().catch((error: unknown) => {
      running = undefined;
      throw error;
    });
    return running;
  };

  const enter = async (signal: AbortSignal) => {
    signal.throwIfAborted();
    if (used < size) {
      used++;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const mine = () => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(mine), 1);
        reject(signal.reason);
      };
      waiting.push(mine);
      signal.addEventListener("abort", leave, { once: true });
    });
  };

  const exit = () => {
    const next = waiting.shift();
    if (next) next();
    else used--;
  };

  return {
    async use({ media, signal, context: options }, work) {
      await enter(signal);
      let context: BrowserContext | undefined;
      const abort = () => void context?.close().catch(() => {});
      try {
        context = await (await browserNow()).newContext(options);
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
        exit();
      }
    },
    async close() {
      closed = true;
      await running?.then((browser) => browser.close()).catch(() => {}); // It may never have started.
    },
  };
}
