/**
 * Every screen of the three roles in a real browser, on one installation: each is opened the way a person does, says what it
 * should, and axe finds nothing in either theme. With `npm run screens` each leaves its pictures.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "../../supervisors/testkit/free-port.ts";
import { demoBoards } from "./demo-portal/demo-boards.ts";
import { startDemoPortal } from "./demo-portal/demo-portal.ts";
import { registerCandidates } from "./demo-seed.ts";
import { type BrowserWalk, lookAt, startBrowserWalk } from "./testkit/browser-walk.ts";
import { type Installation, startInstallation } from "./testkit/installation.ts";
import { watchBoard } from "./testkit/watch-board.ts";

let installation: Installation;
let portal: Awaited<ReturnType<typeof startDemoPortal>>;
let walk: BrowserWalk;

beforeAll(async () => {
  const port = await freePort();
  portal = await startDemoPortal({ port, dataDir: null, newPostingEveryMs: 0 });
  installation = await startInstallation({
    CALLBOARD_PORTAL_POLL_MS: "3000",
    CALLBOARD_DEMO_PORTAL_PORT: String(port),
  });
  await installation.startNode();
  await registerCandidates(installation.nc);
  const { url } = await installation.startEdge();
  walk = await startBrowserWalk(url, installation.home);
}, 120_000);

afterAll(async () => {
  await walk?.close();
  await installation?.stop();
  await portal?.close();
});

const open = async (page: Page, name: string) => {
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name }).click();
};

test("a manager pastes an address, which becomes a watched board, and a blocked one shows its breaker", async () => {
  await fetch(`${portal.url}/__control/mode`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ mode: "429", company: "northwind", retryAfterSeconds: 900 }),
  });
  for (const board of demoBoards(portal.url).slice(1)) await watchBoard(installation.nc, board, 3_000);
  const blocked = demoBoards(portal.url)[0];
  if (blocked === undefined) throw new Error("The demo portal has no board.");
  const page = await walk.logIn("manager");
  page.setDefaultTimeout(60_000);
  await open(page, "Boards");
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
  await lookAt(page, "boards");
  await open(page, "Candidates");
  await lookAt(page, "candidates");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  await lookAt(page, "login");
  await page.close();
}, 240_000);

test("an employee without a review is told how they stand", async () => {
  const page = await walk.logIn("employee");
  await page.getByTestId("board").waitFor();
  await lookAt(page, "ready");
  await page.close();
}, 60_000);

test("ops sees whether the parts are ready", async () => {
  const page = await walk.logIn("ops");
  await page.locator('[data-testid="health"][data-ok="true"]').waitFor();
  await lookAt(page, "system");
  await page.close();
}, 60_000);
