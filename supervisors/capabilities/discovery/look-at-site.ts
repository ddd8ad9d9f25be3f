/**
 * Any careers site with schema.org JobPosting in its pages, read through a browser: the list's links are followed, a few
 * pages a look, and what each page says about its job is taken. A page once read is read again when its line in the list changes.
 */
import { setTimeout as wait } from "node:timers/promises";
import { Schema } from "effect";
import type { BrowserContext, Page } from "playwright-core";
import type { RejectedPosting } from "../../../protocols/portal.ts";
import type { Posting } from "../../../protocols/posting.ts";
import { blockReason, detourOf, refusalOf, retryAfterMs } from "../portal-http/blocked.ts";
import { Unreachable, userAgent } from "../portal-http/fetcher.ts";
import { readJobPage } from "./adapters/jsonld-reader.ts";
import { compare, digest, entryOf, type Item, keyOf } from "./known-entries.ts";
import { postingFrom } from "./posting-from.ts";
import type { Look, Reach } from "./reach.ts";
import type { Listing } from "./reading/answer.ts";
import { Closed, Refused, reasonOf } from "./reading/listing.ts";
import { type Robots, readRobots } from "./robots.ts";

/** Pages a look, so that a look ends within its time even at a polite pace. */
const maxPages = 20;
const pageTimeoutMs = 30_000;

const Links = Schema.Array(Schema.Struct({ url: Schema.String, line: Schema.String }));
const decodeLinks = Schema.decodeUnknownSync(Links);

/** Runs in the page: every link with the line of the list that it stands in. */
const readLinks = `Array.from(document.querySelectorAll("a[href]")).slice(0, 5000).map((a) => ({
  url: String(a.href),
  line: String((a.closest("li, tr, article") ?? a).textContent).replace(/\\s+/g, " ").trim().slice(0, 500),
}))`;

const Facts = Schema.Struct({
  heading: Schema.String,
  title: Schema.String,
  language: Schema.String,
  applyUrl: Schema.String,
  scripts: Schema.Array(Schema.String),
});
const decodeFacts = Schema.decodeUnknownSync(Facts);

const readFacts = `(() => {
  const apply = Array.from(document.querySelectorAll("a[href]")).find((a) =>
    /^\\W*(apply|jetzt bewerben|bewerben|postuler|solicitar)\\b/i.test(a.textContent) && /^https?:/.test(a.href));
  return {
    heading: String(document.querySelector("h1")?.textContent ?? "").slice(0, 500),
    title: document.title.slice(0, 500),
    language: document.documentElement.lang,
    applyUrl: apply === undefined ? "" : String(apply.href),
    scripts: Array.from(document.querySelectorAll('script[type="application/ld+json"]'))
      .slice(0, 20).map((one) => String(one.textContent).slice(0, 1000000)),
  };
})()`;

const jobPath =
  /\/(?:jobs?|careers?|positions?|openings?|vacanc(?:y|ies)|stellen(?:angebote)?|offers?|o|p|j)\/(?:[^/]+\/)*[^/]+\/?$/i;
const noJobPath = /\/(?:apply|login|signup|register|share|privacy|imprint|search)\/?$/i;

class Blocked extends Error {
  readonly retryAfterMs: number | null;
  constructor(reason: string, retryAfter: number | null) {
    super(reason);
    this.retryAfterMs = retryAfter;
  }
}

export const lookAtSite: Look = async ({ board, known, limit }, reach) => {
  const { browser, signal } = reach;
  const robots = await robotsOf(board.url, reach);
  if (!robots.allows(board.url))
    return { outcome: "blocked", reason: "The site's robots.txt forbids this page.", retryAfterMs: null };
  try {
    return await browser.use({ media: false, signal, context: { userAgent } }, async (context) => {
      const links = await open(context, board.url, reach, async (page) =>
        decodeLinks(await page.evaluate(readLinks)),
      );
      if (links === null)
        return {
          outcome: "changed",
          reason: `${board.url} is gone (404): is the address still right?`,
        } as const;
      const jobs = jobLinks(board.url, links).filter(({ value }) => robots.allows(value));
      if (
        jobs.length === 0 &&
        !links.some(({ line }) =>
          /\bno (?:open|current)|keine (?:offenen|stellen)|0 (?:open|jobs)/i.test(line),
        )
      )
        return await emptyOrChanged(context, board.url, reach);
      const { same, fresh } = compare(jobs, known);

      const postings: Posting[] = [];
      const keys: string[] = [];
      const closed: { key: string; reason: string }[] = [];
      const rejected: RejectedPosting[] = [];
      const taken: Item<string>[] = [];
      for (const item of fresh.slice(0, Math.min(limit, maxPages))) {
        try {
          await politely(item.value, robots, reach);
          const facts = await open(context, item.value, reach, async (page) =>
            decodeFacts(await page.evaluate(readFacts)),
          );
          taken.push(item);
          if (facts === null) rejected.push({ externalId: item.key, reason: "Its page is gone (404)." });
          else
            try {
              postings.push(postingFrom(theListing(facts, item.value), board, reach.now));
              keys.push(item.key);
            } catch (error) {
              if (error instanceof Closed) closed.push({ key: item.key, reason: reasonOf(error) });
              rejected.push({ externalId: item.key, reason: reasonOf(error) });
            }
        } catch (error) {
          // What was read so far counts; the next look meets the trouble first and reports it.
          if (taken.length === 0 || signal.aborted) throw error;
          break;
        }
      }
      return {
        outcome: "postings",
        postings,
        keys,
        closed,
        complete: true,
        rejected,
        known: [...same, ...taken.map(entryOf)],
        more: taken.length < fresh.length,
        etag: null,
      } as const;
    });
  } catch (error) {
    if (error instanceof Blocked)
      return { outcome: "blocked", reason: error.message, retryAfterMs: error.retryAfterMs };
    throw error;
  }
};

/** @throws Refused if the page has none */
function theListing(facts: typeof Facts.Type, url: string): Listing {
  const reading = readJobPage({ ...facts, ogTitle: "", canonical: "" }, new URL(url));
  const [listing] = reading.listings;
  if (listing === undefined)
    throw new Refused(reading.rejected[0]?.reason ?? reading.reason ?? "The page has no JobPosting.");
  return { ...listing, url, applyUrl: facts.applyUrl || url };
}

/** A list without links to jobs: empty if the page says so, else we no longer understand it. */
async function emptyOrChanged(context: BrowserContext, url: string, reach: Reach) {
  const words = await open(context, url, reach, async (page) => (await page.textContent("body")) ?? "");
  return /\b(?:no|0|keine) (?:open|current|offenen|vacan|jobs|positions|openings|stellen)/i.test(words ?? "")
    ? ({
        outcome: "postings",
        postings: [],
        rejected: [],
        known: [],
        more: false,
        etag: null,
        complete: true,
      } as const)
    : ({
        outcome: "changed",
        reason: `${url} links to no job and does not say that there are none.`,
      } as const);
}

function jobLinks(list: string, links: typeof Links.Type): Item<string>[] {
  const { origin, pathname } = new URL(list);
  const items = new Map<string, Item<string>>();
  for (const { url, line } of links) {
    if (!URL.canParse(url)) continue;
    const parsed = new URL(url);
    parsed.hash = "";
    const { pathname: path } = parsed;
    const isJob =
      (path.startsWith(`${pathname.replace(/\/$/, "")}/`) || jobPath.test(path)) && !noJobPath.test(path);
    if (parsed.origin !== origin || path === pathname || !isJob) continue;
    const key = keyOf(parsed.href.slice(origin.length));
    items.set(key, { key, digest: digest(line), value: parsed.href });
  }
  return [...items.values()];
}

/** @returns null for a page that is gone. @throws Blocked, Unreachable */
async function open<T>(
  context: BrowserContext,
  url: string,
  { signal, now }: Reach,
  read: (page: Page) => Promise<T>,
): Promise<T | null> {
  const page = await context.newPage();
  try {
    const response = await page.goto(url, { waitUntil: "domcontentloaded", timeout: pageTimeoutMs });
    const status = response?.status() ?? 0;
    const body = await page.content();
    // A page with a posting is no wall, whatever scripts it carries.
    const blocked = body.includes("JobPosting")
      ? (refusalOf(status) ?? detourOf(page.url()))
      : blockReason({ status, url: page.url(), body });
    if (blocked !== null) throw new Blocked(blocked, retryAfterMs(response?.headers()["retry-after"], now));
    if (status >= 500) throw new Unreachable(`${url} answered ${status}.`);
    if (status >= 400) return null;
    return await read(page);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Blocked || error instanceof Unreachable) throw error;
    throw new Unreachable(`${url} could not be read: ${reasonOf(error)}`);
  } finally {
    await page.close().catch(() => {}); // Gone already if the browser crashed.
  }
}

async function politely(url: string, robots: Robots, { pause, signal }: Reach) {
  await pause(url);
  if (robots.crawlDelayMs !== null) await wait(robots.crawlDelayMs, undefined, { signal });
}

/** No robots.txt (any 4xx) means no rules. */
async function robotsOf(url: string, { fetcher, signal }: Reach): Promise<Robots> {
  const answer = await fetcher.get(new URL("/robots.txt", url).href, { signal });
  return readRobots(answer.status === 200 ? answer.body : "");
}
