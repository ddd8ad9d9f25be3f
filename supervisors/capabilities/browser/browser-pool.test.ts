import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createBrowserPool } from "./browser-pool.ts";

const pool = createBrowserPool({ size: 2 });
const signal = new AbortController().signal;

test("lends a bounded number of contexts, replaces a crashed browser, and ends what an aborted task holds", async () => {
  let now = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 6 }, () =>
      pool.use({ media: false, signal }, async (context) => {
        most = Math.max(most, ++now);
        await (await context.newPage()).setContent("<h1>hello</h1>");
        now--;
      }),
    ),
  );
  expect(most).toBe(2);

  const crash = pool.use({ media: false, signal }, async (context) => {
    const page = await context.newPage();
    await Promise.all([page.goto("chrome://crash").catch(() => {}), context.browser()?.close()]);
    await page.title();
  });
  await expect(crash).rejects.toThrow();
  const title = await pool.use({ media: false, signal }, async (context) => {
    const page = await context.newPage();
    await page.setContent("<title>again</title>");
    return page.title();
  });
  expect(title).toBe("again");

  const stop = new AbortController();
  const held = pool.use({ media: false, signal: stop.signal }, async (context) => {
    const page = await context.newPage();
    stop.abort(new Error("stopped"));
    await page.waitForSelector("never", { timeout: 60_000 });
  });
  await expect(held).rejects.toThrow();
  await pool.close();
  await expect(pool.use({ media: false, signal }, () => Promise.resolve())).rejects.toThrow(/closed/);
}, 60_000);

/** Chromium's processes that this process has started itself. */
const browsersOfOurs = () =>
  readdirSync(`/proc/${process.pid}/task`)
    .flatMap((thread) => readFileSync(`/proc/${process.pid}/task/${thread}/children`, "utf8").split(" "))
    .filter((pid) => pid !== "" && /chrom/i.test(readFileSync(`/proc/${pid}/cmdline`, "utf8")))
    .map(Number);

test("a browser whose process was killed is replaced, and who had a page in it is told", async () => {
  const mortal = createBrowserPool({ size: 1 });
  const before = browsersOfOurs();
  const killed = mortal.use({ media: false, signal }, async (context) => {
    const page = await context.newPage();
    const [browser] = browsersOfOurs().filter((pid) => !before.includes(pid));
    process.kill(browser ?? expect.fail("no browser process"), "SIGKILL");
    await page.waitForSelector("never", { timeout: 60_000 });
  });
  await expect(killed).rejects.toThrow();
  const title = await mortal.use({ media: false, signal }, async (context) => {
    const page = await context.newPage();
    await page.setContent("<title>again</title>");
    return page.title();
  });
  expect(title).toBe("again");
  await mortal.close();
}, 60_000);
