/**
 * What a dry run may not do, kept by the browser itself and not only by our not doing it: from the moment the form is filled nothing
 * leaves but questions (GET), the page stays where it is, and no submit reaches the page's own scripts.
 */
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { BrowserContext, Request } from "playwright-core";

export interface PageGuard {
  /** From here on nothing is sent. */
  arm(): void;
  /** What the page tried and was not allowed to; bounded. */
  readonly refused: readonly string[];
}

const maxKept = 50;
const decoration = new Set(["image", "media", "font", "ping", "manifest", "websocket"]);

/** Inside every document, before its own scripts: a submit goes nowhere. */
const noSubmit = `(() => {
  const stop = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };
  window.addEventListener("submit", stop, true);
  HTMLFormElement.prototype.submit = function () {};
  HTMLFormElement.prototype.requestSubmit = function () {};
  navigator.sendBeacon = () => false;
})()`;

/** @param address the page that may be opened: http(s), or a file, which then gets nothing from outside of its folder */
export async function guardPage(context: BrowserContext, address: string): Promise<PageGuard> {
  const given = new URL(address);
  const folder = given.protocol === "file:" ? `${pathToFileURL(dirname(fileURLToPath(given))).href}/` : null;
  const refused: string[] = [];
  let armed = false;
  const allowed = (request: Request): boolean => {
    const url = request.url();
    if (folder !== null)
      return (
        request.method() === "GET" &&
        (sameDocument(url, given.href) || (!request.isNavigationRequest() && url.startsWith(folder)))
      );
    if (!/^https?:/.test(url)) return false;
    if (decoration.has(request.resourceType()) && new URL(url).origin !== given.origin) return false;
    if (!armed) return true;
    const moves = request.isNavigationRequest() && request.frame().parentFrame() === null;
    return !moves && /^(?:GET|HEAD)$/.test(request.method());
  };
  await context.addInitScript(noSubmit);
  await context.routeWebSocket(/.*/, (socket) => socket.close());
  await context.route("**/*", (route) => {
    const request = route.request();
    if (allowed(request)) return route.fallback();
    if (refused.length < maxKept) refused.push(`${request.method()} ${request.url().slice(0, 200)}`);
    return route.abort("blockedbyclient");
  });
  return {
    arm: () => {
      armed = true;
    },
    refused,
  };
}

const sameDocument = (url: string, given: string) => url.split(/[?#]/)[0] === given.split(/[?#]/)[0];
