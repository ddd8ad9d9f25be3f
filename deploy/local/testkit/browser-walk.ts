/**
 * A person at a real browser, for the walks: signs in, and looks at each screen in both themes with axe. Where
 * CALLBOARD_SCREENS names a folder each look leaves a picture there (`npm run screens`); else a walk only looks.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import { findBrowser } from "../../../supervisors/capabilities/browser/find-browser.ts";
import { repoRoot } from "../../../supervisors/repo-root.ts";

const folder = process.env.CALLBOARD_SCREENS ? join(repoRoot, process.env.CALLBOARD_SCREENS) : null;
/** Pages small enough for a repository, and text that can still be read. */
const webpQuality = 55;
const viewport = { width: 1440, height: 900 };

export interface BrowserWalk {
  /** A page of a browser of its own, signed in as the demo account with this role or e-mail. */
  logIn(who: string): Promise<Page>;
  /** On a page that asks for it. */
  signIn(page: Page, who: string): Promise<void>;
  close(): Promise<void>;
}

/** @param home where the demo accounts' file lies */
export async function startBrowserWalk(url: string, home: string): Promise<BrowserWalk> {
  const { executablePath, args } = await findBrowser(join(repoRoot, ".callboard"));
  const browser: Browser = await chromium.launch({ executablePath, args });
  const signIn: BrowserWalk["signIn"] = async (page, who) => {
    const accounts: { role: string; email: string; password: string }[] = JSON.parse(
      await readFile(join(home, "demo-accounts.json"), "utf8"),
    );
    const account = accounts.find(({ role, email }) => role === who || email === who);
    if (account === undefined) throw new Error(`No demo account is ${who}.`);
    await page.getByLabel("E-mail").fill(account.email);
    await page.getByLabel("Password").fill(account.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByTestId("signed-in-as").waitFor();
  };
  return {
    signIn,
    logIn: async (who) => {
      const context = await browser.newContext({ viewport });
      const page = await context.newPage();
      await page.goto(url);
      await signIn(page, who);
      return page;
    },
    close: () => browser.close(),
  };
}

/** Goes to a page by its link, and waits until it is there. */
export async function openPage(page: Page, name: string): Promise<void> {
  const link = page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name });
  await link.click();
  await page.locator('nav a[aria-current="page"]').filter({ hasText: name }).waitFor();
  await page.locator("main h1").first().waitFor({ state: "attached" });
}

/**
 * What a screen reader's user or a person with weak eyes would stumble over, in both themes; and a picture of each.
 * @param screen the picture's name, such as "floor"
 */
export async function lookAt(page: Page, screen: string): Promise<void> {
  const had: string = await page.evaluate("document.documentElement.dataset.theme");
  await page.evaluate(axe.source);
  for (const theme of ["light", "dark"]) {
    await page.evaluate(`document.documentElement.dataset.theme = "${theme}"`);
    // A colour on its way from one theme to the other has no contrast worth a measurement.
    await page.evaluate("Promise.all(document.getAnimations().map((animation) => animation.finished))");
    // Of the second theme a walk without pictures looks at what differs: the colours.
    const rules = theme === "light" || folder !== null ? "{}" : '{ runOnly: ["color-contrast"] }';
    const found: { id: string; nodes: string[] }[] = await page.evaluate(
      `axe.run(${rules}).then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) })))`,
    );
    if (folder !== null) await takePicture(page, join(folder, `${screen}-${theme}.webp`));
    expect(found, `${screen}, ${theme} theme`).toEqual([]);
  }
  await page.evaluate(`document.documentElement.dataset.theme = "${had}"`);
}

async function takePicture(page: Page, path: string): Promise<void> {
  await mkdir(join(path, ".."), { recursive: true });
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send("Page.captureScreenshot", { format: "webp", quality: webpQuality });
  await devtools.detach();
  await writeFile(path, Buffer.from(data, "base64"));
}
