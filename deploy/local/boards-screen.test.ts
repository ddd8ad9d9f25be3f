/** A manager adds a board by pasting its address, in a real browser, and sees how it and the others stand. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import axe from "axe-core";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBrowser } from "../../supervisors/capabilities/browser/find-browser.ts";
import { repoRoot } from "../../supervisors/repo-root.ts";
import { freePort } from "../../supervisors/testkit/free-port.ts";
import { demoBoards } from "./demo-portal/demo-boards.ts";
import { startDemoPortal } from "./demo-portal/demo-portal.ts";
import { type Installation, startInstallation } from "./testkit/installation.ts";
import { watchBoard } from "./testkit/watch-board.ts";

let installation: Installation;
let portal: Awaited<ReturnType<typeof startDemoPortal>>;
beforeAll(async () => {
  const port = await freePort();
  portal = await startDemoPortal({ port, dataDir: null, newPostingEveryMs: 0 });
  installation = await startInstallation({
    CALLBOARD_PORTAL_POLL_MS: "3000",
    CALLBOARD_DEMO_PORTAL_PORT: String(port),
    CALLBOARD_KINDS: "portal,catalog,archivist",
  });
}, 120_000);
afterAll(async () => {
  await installation?.stop();
  await portal?.close();
});

test("a pasted address becomes a watched board, and a blocked one shows its breaker", async () => {
  await installation.startNode();
  const { url } = await installation.startEdge();
  await fetch(`${portal.url}/__control/mode`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ mode: "429", company: "northwind", retryAfterSeconds: 900 }),
  });
  for (const board of demoBoards(portal.url).slice(1)) await watchBoard(installation.nc, board, 3_000);
  const blocked = demoBoards(portal.url)[0];
  if (blocked === undefined) throw new Error("The demo portal has no board.");

  const accounts: { role: string; email: string; password: string }[] = JSON.parse(
    await readFile(join(installation.home, "demo-accounts.json"), "utf8"),
  );
  const lena = accounts.find(({ role }) => role === "manager");
  const { executablePath, args } = await findBrowser(join(repoRoot, ".callboard"));
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(60_000);
    await page.goto(url);
    await page.getByLabel("E-mail").fill(lena?.email ?? "");
    await page.getByLabel("Password").fill(lena?.password ?? "");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("link", { name: "Boards" }).click();
    const address = page.getByLabel("Address of the page that lists the jobs");
    await address.fill("acme");
    await page.getByRole("button", { name: "Look what it is" }).click();
    await page.getByText(/Supported are boards of Greenhouse/).waitFor();
    await address.fill(blocked.url);
    await page.getByRole("button", { name: "Look what it is" }).click();
    await page.getByTestId("recognised").waitFor();
    expect(await page.getByTestId("recognised").textContent()).toContain("greenhouse");
    await page.getByLabel("Company").fill("Northwind Logistics");
    await page.getByRole("button", { name: "Watch this board" }).click();
    await page.locator(`[data-portal="${blocked.portal}"][data-state="open"]`).waitFor();
    await page.locator('[data-testid="board"][data-state="closed"]').first().waitFor();
    await page.evaluate(axe.source);
    for (const theme of ["first", "other"]) {
      await page.evaluate("Promise.all(document.getAnimations().map((animation) => animation.finished))");
      if (process.env.CALLBOARD_SCREENS)
        await page.screenshot({ path: join(process.env.CALLBOARD_SCREENS, `boards-${theme}.png`) });
      const found: unknown[] = await page.evaluate(
        "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) })))",
      );
      expect(found, theme).toEqual([]);
      await page.evaluate("document.activeElement?.blur()");
      await page.keyboard.press("t");
    }
  } finally {
    await browser.close();
  }
}, 240_000);
