import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DemoPortal, startDemoPortal } from "../../../deploy/local/demo-portal/demo-portal.ts";
import type { Board, Discovery } from "../../../protocols/portal.ts";
import { createBrowserPool } from "../browser/browser-pool.ts";
import type { Fetcher } from "../portal-http/fetcher.ts";
import { discoverTask } from "./discover-task.ts";

let portal: DemoPortal;
const browser = createBrowserPool();
const discover = discoverTask({ browser, pauseMs: 0 });
const context = { signal: new AbortController().signal };

beforeAll(async () => {
  portal = await startDemoPortal({ port: 0, dataDir: null, newPostingEveryMs: 0 });
});
afterAll(async () => {
  await browser.close();
  await portal.close();
});

const board = (change: Partial<Board> = {}): Board => ({
  portal: "greenhouse-northwind",
  adapter: "greenhouse",
  company: "Northwind Logistics",
  region: "eu",
  url: `${portal.url}/v1/boards/northwind`,
  ...change,
});
const careers = (company: string): Board =>
  board({ portal: `careers-${company}`, adapter: "jsonld", url: `${portal.url}/careers/${company}` });
const control = async (path: string, body?: object) =>
  (
    await fetch(`${portal.url}/__control/${path}`, {
      ...(body === undefined
        ? {}
        : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    })
  ).json() as Promise<{ title: string; company: string; place: string; absurdity: string | null }[]>;

/** All pages of a board, as the portal actor fetches them. */
async function all(one: Board) {
  const postings: Extract<Discovery, { outcome: "postings" }>["postings"][number][] = [];
  const rejected: { externalId: string; reason: string }[] = [];
  let known: readonly string[] = [];
  for (let pages = 1; ; pages++) {
    const found = await discover({ board: one, known, etag: null, limit: 25 }, context);
    if (found.outcome !== "postings") throw new Error(`${found.outcome}: ${found.reason}`);
    postings.push(...found.postings);
    rejected.push(...found.rejected);
    known = found.known;
    if (!found.more) return { postings, rejected, known, etag: found.etag, pages };
  }
}

describe("greenhouse", () => {
  test("finds every posting of a board, page by page, once", async () => {
    const listed = (await control("postings")).filter(
      ({ company, place }) => company === "northwind" && place === "board",
    );
    const found = await all(board());
    expect(found.postings.map(({ title }) => title).sort()).toEqual(listed.map(({ title }) => title).sort());
    expect(found.pages).toBe(Math.max(1, Math.ceil(listed.length / 25)));
    for (const posting of found.postings) {
      expect(posting.description).toContain("\n");
      expect(posting.description).not.toMatch(/[<>]|&(?:lt|amp);/);
      expect(posting.descriptionHtml).toContain("<li>");
      expect(posting.company).toBe("Northwind Logistics");
    }
    const again = await discover({ board: board(), known: found.known, etag: null, limit: 25 }, context);
    expect(again).toMatchObject({ outcome: "postings", postings: [], more: false });
    const unchanged = await discover(
      { board: board(), known: found.known, etag: found.etag, limit: 25 },
      context,
    );
    expect(unchanged).toMatchObject({ outcome: "postings", postings: [], known: [], etag: found.etag });
  });

  test("tells blocked, changed and unreachable apart", async () => {
    const look = () => discover({ board: board(), known: [], etag: null, limit: 25 }, context);
    await control("mode", { mode: "429", paths: "api", retryAfterSeconds: 7, count: 1 });
    expect(await look()).toMatchObject({ outcome: "blocked", retryAfterMs: 7_000 });
    await control("mode", { mode: "403", paths: "api", count: 1 });
    expect(await look()).toMatchObject({ outcome: "blocked" });
    await control("mode", { mode: "captcha", paths: "api", count: 1 });
    expect(await look()).toMatchObject({ outcome: "blocked" });
    await control("mode", { mode: "500", paths: "api", count: 1 });
    await expect(look()).rejects.toThrow(/answered 500/);
    const url = `${portal.url}/v1/boards/nobody`;
    expect(
      await discover({ board: board({ url }), known: [], etag: null, limit: 25 }, context),
    ).toMatchObject({ outcome: "changed" });
  });

  const answering = (body: string): Fetcher => ({
    get: (url) => Promise.resolve({ status: 200, url, etag: null, retryAfter: null, body }),
  });
  const read = (body: string) =>
    discoverTask({ browser, fetcher: answering(body) })(
      { board: board(), known: [], etag: null, limit: 25 },
      context,
    );

  test("knows an empty board from a broken one", async () => {
    expect(await read('{"jobs":[],"meta":{"total":0}}')).toMatchObject({ outcome: "postings", postings: [] });
    for (const body of ['{"jobs":[],"meta":{"total":3}}', "", "<html>hello</html>", '{"jobs":7}', "[]"])
      expect(await read(body)).toMatchObject({ outcome: "changed" });
  });

  const good = {
    id: 1,
    title: " Engineer ",
    absolute_url: "https://example.org/jobs/1",
    content: "&amp;lt;p&amp;gt;You build things that people need, every day.&amp;lt;/p&amp;gt;",
    location: { name: "Berlin, Germany" },
    first_published: "2026-07-16T11:55:32-04:00",
    company_name: "Acme ",
  };

  test("refuses a bad posting with its reason and keeps the rest", async () => {
    const bad = [null, 7, {}, { ...good, id: 2, title: 7 }, { ...good, id: 3, title: "  " }];
    const worse = [
      { ...good, id: 4, content: "" },
      { ...good, id: 5, absolute_url: "javascript:alert(1)" },
    ];
    const found = await read(JSON.stringify({ jobs: [...bad, good, ...worse] }));
    if (found.outcome !== "postings") throw new Error(found.reason);
    expect(found.postings).toMatchObject([
      {
        title: "Engineer",
        company: "Acme",
        description: "You build things that people need, every day.",
        descriptionHtml: "<p>You build things that people need, every day.</p>",
        datePosted: good.first_published,
      },
    ]);
    expect(found.rejected).toHaveLength(7);
    for (const { reason } of found.rejected) expect(reason).not.toBe("");
  });

  test("removes what could run from a description", async () => {
    const content =
      '<p onclick="x()">You build things that people need, every day.</p><script>steal()</script><img src=x onerror=steal()><a href="javascript:steal()">here</a>';
    const found = await read(JSON.stringify({ jobs: [{ ...good, content }] }));
    if (found.outcome !== "postings") throw new Error(found.reason);
    expect(found.postings[0]?.descriptionHtml).not.toMatch(/onclick|script|onerror|<img/);
  });

  test("survives any mutation of a document", async () => {
    const value = fc.oneof(fc.jsonValue(), fc.constant(good.content), fc.constant(`${good.content}<`));
    const job = fc.record(
      Object.fromEntries(
        Object.entries(good).map(([key, original]) => [key, fc.oneof(fc.constant(original), value)]),
      ),
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(job, { maxLength: 6 }), async (jobs) => {
        const found = await read(JSON.stringify({ jobs: [...jobs, good] }));
        if (found.outcome !== "postings") throw new Error(found.reason);
        expect(found.postings.length).toBeGreaterThanOrEqual(1);
        expect(found.rejected.every(({ reason }) => reason.length > 0)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe("JSON-LD through the browser", () => {
  test("reads a careers site, refuses its absurd pages one by one, and reads none twice", async () => {
    const company = (await control("postings")).find(({ absurdity }) => absurdity !== null)?.company ?? "";
    const listed = (await control("postings")).filter(
      (one) => one.company === company && one.place === "careers",
    );
    const found = await all(careers(company));
    expect(found.postings.length + found.rejected.length).toBe(listed.length);
    const sound = listed.filter(({ absurdity }) => absurdity === null);
    expect(found.postings.length).toBeGreaterThanOrEqual(sound.length);
    expect(found.rejected.length).toBeGreaterThan(0);
    for (const one of found.postings) {
      expect(one.applyUrl).toMatch(/\/apply$/);
      expect(one.description).not.toMatch(/&lt;/);
    }
    const again = await discover(
      { board: careers(company), known: found.known, etag: null, limit: 25 },
      context,
    );
    expect(again).toMatchObject({ outcome: "postings", postings: [], rejected: [], more: false });
  }, 120_000);

  test("gives a job on both sites one fingerprint", async () => {
    const onBoard = new Set((await all(board())).postings.map(({ fingerprint }) => fingerprint));
    const mirrored = (await all(careers("northwind"))).postings;
    expect(mirrored.length).toBeGreaterThan(0);
    expect(mirrored.filter(({ fingerprint }) => !onBoard.has(fingerprint))).toEqual([]);
    expect(new Set((await all(board())).postings.map(({ fingerprint }) => fingerprint)).size).toBe(
      (await all(board())).postings.length,
    );
  }, 120_000);

  test("reports a wall and a site that failed", async () => {
    const look = () => discover({ board: careers("northwind"), known: [], etag: null, limit: 25 }, context);
    await control("mode", { mode: "captcha", paths: "html" });
    expect(await look()).toMatchObject({ outcome: "blocked" });
    await control("mode", { mode: "500", paths: "html" });
    await expect(look()).rejects.toThrow(/answered 500/);
    await control("mode", { mode: "ok" });
  });
});
