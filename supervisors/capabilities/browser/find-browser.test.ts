/** The browser that set-up finds or unpacks really draws a page. */
import { chromium } from "playwright-core";
import { expect, test } from "vitest";
import { findBrowser } from "./find-browser.ts";

test("a browser is found, starts and draws text", async () => {
  const { executablePath, args } = await findBrowser();
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage({ viewport: { width: 400, height: 120 } });
    await page.setContent(
      "<h1 id=a style='display:inline'>iiii</h1><br><h1 id=b style='display:inline'>WWWW</h1>",
    );
    const width = async (id: string) => (await page.locator(id).boundingBox())?.width ?? 0;
    // Without fonts both are empty boxes of one width.
    expect(await width("#b")).toBeGreaterThan(1.5 * (await width("#a")));
    expect((await page.screenshot()).subarray(1, 4).toString()).toBe("PNG");
  } finally {
    await browser.close();
  }
});

test("a CHROMIUM_PATH that does not run is refused by name", async () => {
  const before = process.env.CHROMIUM_PATH;
  process.env.CHROMIUM_PATH = "/nowhere/chromium";
  try {
    await expect(findBrowser()).rejects.toThrow(/CHROMIUM_PATH is "\/nowhere\/chromium"/);
  } finally {
    if (before === undefined) delete process.env.CHROMIUM_PATH;
    else process.env.CHROMIUM_PATH = before;
  }
});
