/** How portals are asked: one at a time and apart, as robots.txt allows, not while they want a pause, not if switched off. */
import { describe, expect, test } from "vitest";
import type { Board } from "../../../protocols/portal.ts";
import type { HttpAnswer } from "./fetcher.ts";
import { HostHeld, HostLanes } from "./host-lanes.ts";
import { politeReach } from "./polite-reach.ts";
import { RobotsBook, RobotsForbid } from "./robots-book.ts";
import { readSwitches, whyOff } from "./switches.ts";

const { signal } = new AbortController();
const answer = (status: number, body = "", retryAfter: string | null = null): HttpAnswer => ({
  ...{ status, body, retryAfter, url: "https://jobs.example.org/" },
  ...{ etag: null, lastModified: null },
});

describe("a host's lane", () => {
  const manners = { atOnce: 1, gapMs: 40, spreadMs: 0 };
  test("takes turns, so far apart, and lets who gives up go", async () => {
    const lanes = new HostLanes(() => 0);
    const begun: number[] = [];
    const ask = async () => {
      const leave = await lanes.turn("host", manners, signal);
      begun.push(Date.now());
      leave();
    };
    const start = Date.now();
    await Promise.all([ask(), ask(), ask()]);
    // Timers may fire a millisecond early; late is no fault.
    expect(begun.map((at, i) => at - start >= i * (manners.gapMs - 1))).toEqual([true, true, true]);
    const leave = await lanes.turn("host", manners, signal);
    const stop = new AbortController();
    const waiting = lanes.turn("host", manners, stop.signal);
    stop.abort(new Error("stopped"));
    await expect(waiting).rejects.toThrow("stopped");
    leave();
    leave(); // Twice counts once.
    (await lanes.turn("host", manners, signal))();
  });

  test("is closed while the host wants a pause, and no other lane is", async () => {
    const lanes = new HostLanes();
    lanes.hold("host", 60_000);
    lanes.hold("host", 1);
    await expect(lanes.turn("host", manners, signal)).rejects.toThrow(HostHeld);
    (await lanes.turn("other", manners, signal))();
  });
});

describe("robots.txt", () => {
  test("is asked once per site; none means no rules; one that can't be reached is asked again", async () => {
    const book = new RobotsBook();
    const asked: string[] = [];
    const ask = (url: string) => {
      asked.push(url);
      return asked.length === 1
        ? Promise.reject(new Error("down"))
        : Promise.resolve(answer(404, "Disallow: /"));
    };
    await expect(book.of("https://a.org/x", ask)).rejects.toThrow("down");
    expect((await book.of("https://a.org/x", ask)).robots.allows("https://a.org/x")).toBe(true);
    await book.of("https://a.org/y", ask);
    expect(asked).toEqual(["https://a.org/robots.txt", "https://a.org/robots.txt"]);
  });
});

describe("a polite reach", () => {
  const board: Board = {
    ...{
      portal: "jsonld-example",
      adapter: "jsonld",
      url: "https://jobs.example.org/",
      company: "",
      region: "eu",
    },
  };
  const reach = (pages: Record<string, HttpAnswer>) => {
    const asked: string[] = [];
    const get = (url: string) => {
      asked.push(new URL(url).pathname);
      return Promise.resolve(pages[new URL(url).pathname] ?? answer(404));
    };
    const shared = { fetcher: { get }, lanes: new HostLanes(() => 0), robots: new RobotsBook() };
    return { asked, ...politeReach(shared, board, signal) };
  };

  test("does not ask what robots.txt forbids", async () => {
    const { asked, fetcher } = reach({ "/robots.txt": answer(200, "User-agent: *\nDisallow: /private") });
    await expect(fetcher.get("https://jobs.example.org/private", { signal })).rejects.toThrow(RobotsForbid);
    expect(asked).toEqual(["/robots.txt"]);
  });

  test("leaves a host alone that said 429 with Retry-After", { timeout: 20_000 }, async () => {
    const { asked, fetcher } = reach({ "/busy": answer(429, "", "60") });
    expect(await fetcher.get("https://jobs.example.org/busy", { signal })).toMatchObject({ status: 429 });
    await expect(fetcher.get("https://jobs.example.org/jobs", { signal })).rejects.toThrow(HostHeld);
    expect(asked).toEqual(["/robots.txt", "/busy"]);
  });
});

test("kinds whose terms forbid programs are off until named; off wins; a misspelt kind stops the start", () => {
  expect(whyOff("linkedin", { on: [], off: [] })).toMatch(/CALLBOARD_PORTALS_ON/);
  expect(whyOff("linkedin", { on: ["linkedin"], off: [] })).toBeNull();
  expect(whyOff("linkedin", { on: ["linkedin"], off: ["linkedin"] })).toMatch(/CALLBOARD_PORTALS_OFF/);
  expect(whyOff("greenhouse", { on: [], off: [] })).toBeNull();
  expect(() => readSwitches({ portalsOn: ["linkedln"] })).toThrow(/CALLBOARD_PORTALS_ON names linkedln/);
});
