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
