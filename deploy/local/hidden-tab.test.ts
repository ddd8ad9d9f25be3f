/**
 * Nobody looks at the page. All that is needed then comes from the server: the line holds, and the arrival and the warning ring
 * when they are said. Chromium without windows never hides a page: it is told so by script, and its timers and frames are held
 * as a hidden page's are. The browser, its line and the server are real.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EdgeWorld, startEdgeWorld } from "../../edge/testkit/edge-world.ts";
import { proposal } from "../../edge/testkit/proposal.ts";
import { defaultQueueSettings } from "../../protocols/queue-settings.ts";
import { type BrowserWalk, startBrowserWalk } from "./testkit/browser-walk.ts";

let world: EdgeWorld;
let walk: BrowserWalk;

/** What a page that has been hidden for five minutes lives with: timers once a minute, and no frames. */
const hideable = `
  let hidden = false;
  const held = [];
  const { setTimeout: later, setInterval: often, requestAnimationFrame: frame } = globalThis;
  Object.defineProperty(document, "visibilityState", { get: () => (hidden ? "hidden" : "visible") });
  globalThis.setTimeout = (act, ms, ...rest) => later(act, hidden ? Math.max(ms ?? 0, 60_000) : ms, ...rest);
  globalThis.setInterval = (act, ms, ...rest) => often((...given) => hidden || act(...given), ms, ...rest);
  globalThis.requestAnimationFrame = (act) => (hidden ? held.push(act) : frame(act));
  globalThis.hide = (now) => {
    hidden = now;
    if (!now) for (const act of held.splice(0)) frame(act);
    document.dispatchEvent(new Event("visibilitychange"));
  };
  globalThis.rung = 0;
  AudioContext = class extends AudioContext { constructor() { super(); rung++; } };
`;

beforeAll(async () => {
  world = await startEdgeWorld({ CALLBOARD_PRESENCE_GRACE_MS: "300" });
  walk = await startBrowserWalk(`http://127.0.0.1:${world.port}`, world.home);
}, 120_000);
afterAll(async () => {
  await walk?.close();
  await world?.stop();
});

interface Frame {
  readonly op: string;
  readonly topic?: string;
  readonly hidden?: boolean;
  readonly data?: { readonly because?: { readonly type: string } | null };
}
/** A page that can be hidden, and what goes over its socket in either direction, in order. */
async function watched(page: Page) {
  const frames: Frame[] = [];
  const keep = ({ payload }: { payload: string | Buffer }) => void frames.push(JSON.parse(String(payload)));
  page.on("websocket", (socket) => socket.on("framesent", keep).on("framereceived", keep));
  await page.addInitScript(hideable);
  await page.reload();
  const hide = async (hidden: boolean) => {
    await page.evaluate(`hide(${hidden})`);
    await expect.poll(() => since("hidden").at(0), { timeout: 20_000 }).toEqual({ op: "hidden", hidden });
  };
  /** From the last frame of this kind on. */
  const since = (op: string) => {
    const at = frames.findLastIndex((frame) => frame.op === op);
    return at < 0 ? [] : frames.slice(at);
  };
  return { hide, since };
}

// The first: nothing waits yet that would be given to whoever signs in.
test("case 6: a hidden floor is sent nothing, and all of it when it is looked at again", async () => {
  const page = await walk.logIn("manager");
  const card = page.locator('[data-testid="person-card"][data-employee="jon"]');
  const view = await watched(page);
  await card.waitFor();
  await view.hide(true);
  const seen = await (await world.as("lena")).socket();
  seen.send({ op: "watch", epoch: null, topics: [{ topic: "floor", seq: null }] });
  await seen.next(({ topic }) => topic === "floor");
  const jon = await (await world.as("jon")).socket();
  jon.send({ op: "sign-in", id: "jon" });
  await seen.next(({ topic, op }) => topic === "floor" && op === "change");
  seen.close();
  const floorFrames = () => view.since("hidden").filter(({ topic }) => topic === "floor");
  expect(floorFrames()).toEqual([]);
  await view.hide(false);
  await expect.poll(() => floorFrames().at(0)?.op, { timeout: 20_000 }).toBe("snapshot");
  await expect.poll(() => card.getAttribute("data-state"), { timeout: 20_000 }).toBe("available");
  jon.close();
  await page.close();
}, 60_000);

test("case 6: a hidden tab stays online, and rings when a review comes and when its time runs out", async () => {
  const lena = await world.as("lena");
  const change = await lena.call("PUT", "/api/queues/main/settings", {
    settings: {
      ...defaultQueueSettings,
      // Hidden for longer than a line may be silent (32 s), then warned.
      terms: {
        ...defaultQueueSettings.terms,
        reviewMinMs: 60_000,
        reviewMaxMs: 60_000,
        warnBeforeMs: 25_000,
        lastWarnMs: 0,
      },
    },
    version: (await lena.call("GET", "/api/queues/main")).body.version,
    reason: "A short clock for this walk.",
  });
  expect(change.status).toBe(200);

  const page = await walk.logIn("employee");
  const view = await watched(page);
  await page.getByRole("switch", { name: "Available" }).click();
  await page.locator('[data-testid="board"][data-status="free"]').waitFor();
  await view.hide(true);
  const rung = () => page.evaluate("rung");

  await world.storeResume("ada/base", {
    basics: { name: "Ada Example", summary: "Writes programs" },
    work: [],
  });
  const ada = { id: "ada", name: "Ada Example", email: "ada@callboard.example" };
  await world.tell("application", "ada-one", proposal(ada, "one"));
  await expect.poll(rung, { timeout: 20_000 }).toBe(1);
  await expect.poll(rung, { timeout: 60_000 }).toBe(2);
  const since = view.since("hidden");
  expect(since.map(({ op }) => op)).not.toContain("hello"); // The same line all the time.
  expect(since.filter(({ op }) => op === "beat").length).toBeGreaterThan(1);
  expect(since.findLast(({ topic }) => topic === "me")?.data?.because?.type).toBe("Warned");
  const { items } = (await lena.call("GET", "/api/employees")).body as { items: Record<string, unknown>[] };
  expect(items.find(({ employee }) => employee === "mira")).toMatchObject({
    status: "reviewing",
    connected: true,
  });

  await view.hide(false);
  await page.getByTestId("warning-bar").waitFor();
  await page.close();
}, 180_000);
