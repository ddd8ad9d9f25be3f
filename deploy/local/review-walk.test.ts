/**
 * The whole way in front of a person's eyes: an employee takes a review in a real browser, improves the résumé by typing,
 * sends it, and the portal has the new version. A manager sees the figures move.
 */
import { jetstreamManager } from "@nats-io/jetstream";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { header, parseTraceparent } from "../../protocols/envelope.ts";
import { streams, subjects } from "../../protocols/subjects.ts";
import { seedDemo } from "./demo-seed.ts";
import { type BrowserWalk, lookAt, openPage, startBrowserWalk } from "./testkit/browser-walk.ts";
import { type Installation, startInstallation } from "./testkit/installation.ts";
import { streamMessages } from "./testkit/stream-messages.ts";

let installation: Installation;
let walk: BrowserWalk;

beforeAll(async () => {
  installation = await startInstallation({ CALLBOARD_PORTAL_POLL_MS: "3000" });
  const { nats, portal } = installation;
  await installation.startNode();
  const { url } = await installation.startEdge();
  await seedDemo(
    { natsUrl: `nats://127.0.0.1:${nats.port}`, demoPortalPort: portal.port, portalPollMs: 3_000 },
    { user: "actors", pass: nats.passwords.actors },
  );
  walk = await startBrowserWalk(url, installation.home);
}, 120_000);

afterAll(async () => {
  await walk?.close();
  await installation?.stop();
});

interface Received {
  readonly reference: string;
  readonly email: string;
}
const received = async (path = ""): Promise<Response> =>
  fetch(`${installation.portal.url}/__control/applications${path}`);

/** Reviews the task on the desk. @returns the application, and what became of it: sent, or back with a question. */
async function reviewOne(page: Page, first = false) {
  await page.getByTestId("review-desk").waitFor({ timeout: 60_000 });
  const application = await page.getByTestId("review-desk").getAttribute("data-application");
  const summary = page.getByRole("textbox", { name: "Summary" });
  const sentence = "Proven in production with what this posting asks for.";
  await summary.fill(`${await summary.inputValue()} ${sentence}`);
  // The form's open questions, if the review was asked for because of them.
  for (const answer of await page.getByRole("textbox", { name: /needs an answer/ }).all())
    await answer.fill("4 weeks");
  await page.locator('[data-testid=save-status][data-state="saved"]').waitFor({ timeout: 20_000 });
  if (first) await tryTheDesk(page);
  const before = await reviewsOf(application);
  await page.getByRole("button", { name: "Approve and send" }).click();
  await expect
    .poll(async () => (await outcome(application)).type || (await reviewsOf(application)) > before, {
      timeout: 150_000,
      interval: 500,
    })
    .toBeTruthy();
  return { application, sent: (await outcome(application)).type !== "" };
}

/** What a reviewer uses on the way: links between the panes, keys for the changes, versions, the file, a second window. */
async function tryTheDesk(page: Page) {
  const requirement = page.getByTestId("pane-posting").getByTitle("Show the line of the résumé").first();
  if ((await requirement.count()) > 0) {
    await requirement.click();
    await page.locator('[data-testid="pane-posting"] [data-pointed]').waitFor();
  }
  await page.evaluate("document.activeElement?.blur()");
  await page.keyboard.press("j");
  await page.locator("[data-testid=resume-line][data-current]").waitFor();
  await page.keyboard.press("y");
  await page.getByText(/changed against the base version, 1 kept/).waitFor();
  await lookAt(page, "review-desk");

  await page.getByRole("button", { name: "Versions" }).click();
  await page.getByTestId("version-history").getByRole("button", { name: "Base version" }).click();
  await page.getByTestId("version-history").getByText("On the desk:").first().waitFor();
  await lookAt(page, "versions");
  await page.getByTestId("version-history").getByRole("button", { name: "Close" }).click();

  const held = new URLSearchParams({
    application: (await page.getByTestId("review-desk").getAttribute("data-application")) ?? "",
    assignment: "1",
  });
  const file = await page.request.get(`${new URL(page.url()).origin}/api/review/draft.pdf?${held}`);
  expect([file.status(), (await file.body()).subarray(0, 5).toString()]).toEqual([200, "%PDF-"]);

  const second = await page.context().newPage();
  await second.goto(page.url());
  await second.getByTestId("elsewhere-bar").waitFor();
  expect(await second.getByRole("textbox", { name: "Summary" }).isDisabled()).toBe(true);
  await second.getByRole("button", { name: "Edit here" }).click();
  await page.getByTestId("elsewhere-bar").waitFor();
  const summary = second.getByRole("textbox", { name: "Summary" });
  const reworded = `${await summary.inputValue()} Reworded in the second window.`;
  await summary.fill(reworded);
  // Whoever looks on sees what was saved, and goes on from there.
  await expect
    .poll(() => page.getByRole("textbox", { name: "Summary" }).inputValue(), { timeout: 20_000 })
    .toBe(reworded);
  await page.getByRole("button", { name: "Edit here" }).click();
  await second.getByTestId("elsewhere-bar").waitFor();
  await second.close();
}

test("an employee works through a review by clicking, and the portal has the new résumé version", async () => {
  const page = await walk.logIn("employee");
  await page.getByRole("switch", { name: "Available" }).click();
  let { application, sent } = await reviewOne(page, true);
  // Some forms ask what no answer book knows: then the application comes back, and the next one is on the desk.
  for (let more = 7; !sent && more > 0; more--) ({ application, sent } = await reviewOne(page));
  expect(sent, (await reasons()).join("\n")).toBe(true);
  const { trace, proof } = await outcome(application);
  const { reference, resumeVersion } = proof;
  const all = (await (await received()).json()) as Received[];
  expect(all.filter((one) => one.reference === reference)).toHaveLength(1);
  const pdf = Buffer.from(await (await received(`/${reference}/resume`)).arrayBuffer());
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  expect(resumeVersion).not.toMatch(/\/base$/);
  expect(await factsOf(trace)).toEqual(
    expect.arrayContaining([
      ...[
        "JobListed",
        "JobMatched",
        "ApplicationScored",
        "ManualReviewRequired",
        "ReviewAssigned",
        "DraftSaved",
      ],
      ...["ReviewEnded", "ApplicationApproved", "ApplicationSubmitted"],
    ]),
  );
  expect(await postingsOf(trace)).toEqual(["JobDiscovered", "JobListed"]);
  await openPage(page, "My record");
  await page.getByTestId("work-history").getByText("✓ Done").first().waitFor({ timeout: 20_000 });
  await lookAt(page, "record");
  await page.close();
}, 600_000);

test("a manager sees scrapers, jobs, reviews and the rate of applications without a person", async () => {
  const page = await walk.logIn("manager");
  const value = async (tile: string) =>
    page.getByTestId(`tile-${tile}-value`).textContent({ timeout: 20_000 });
  await expect
    .poll(async () => Number.parseInt((await value("active-scrapers")) ?? "", 10), { timeout: 30_000 })
    .toBeGreaterThan(0);
  await expect
    .poll(async () => Number.parseInt((await value("pending-reviews")) ?? "", 10), { timeout: 30_000 })
    .toBeGreaterThan(0);
  expect(await value("auto-apply-rate")).toMatch(/\d/);
  await lookAt(page, "floor");
  await openPage(page, "KPIs");
  await page.locator('[data-testid="kpis"][data-ready="true"]').waitFor();
  expect(await page.getByTestId("kpi-auto").textContent()).toMatch(/[1-9]\d* by machine/);
  await lookAt(page, "kpis");
  await openPage(page, "People");
  await lookAt(page, "people");
  await page.getByRole("link", { name: "Mira" }).click();
  await page.getByTestId("work-history").getByRole("cell").first().waitFor();
  await lookAt(page, "person");
  await openPage(page, "Applications");
  await lookAt(page, "applications");
  await openPage(page, "Floor");
  const before = await value("jobs-per-minute");
  await fetch(`${installation.portal.url}/__control/postings`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ count: 12 }),
  });
  await expect.poll(() => value("jobs-per-minute"), { timeout: 60_000 }).not.toBe(before);
  await page.close();
}, 180_000);

interface Outcome {
  readonly type: string;
  readonly trace: string;
  readonly proof: { readonly reference: string; readonly resumeVersion: string };
}
/** That this application was submitted, as ops would read it. */
async function outcome(application: string | null): Promise<Outcome> {
  const jsm = await jetstreamManager(installation.nc);
  const message = await jsm.streams.getMessage(streams.events, {
    last_by_subj: subjects.event("ApplicationSubmitted", application ?? ""),
  });
  return message?.json<Outcome>() ?? { type: "", trace: "", proof: { reference: "", resumeVersion: "" } };
}

/** Why people were asked again. */
const reasons = async () =>
  (await streamMessages(installation.nc, streams.events))
    .map((message) => message.json<{ application: string; type: string; request: number; reason: string }>())
    .filter(({ type, request }) => type === "ManualReviewRequired" && request > 1)
    .map(({ application, reason }) => `${application}: ${reason}`);

/** How often a person was asked for this application. */
const reviewsOf = async (application: string | null) =>
  (await streamMessages(installation.nc, streams.events)).filter(
    ({ subject }) => subject === subjects.event("ManualReviewRequired", application ?? ""),
  ).length;

const factsOf = async (trace: string) =>
  (await streamMessages(installation.nc, streams.events))
    .map((message) => message.json<Outcome>())
    .filter((fact) => fact.trace === trace)
    .map(({ type }) => type);
/** From the first sight of the posting on: before there was an application, its trace was there. */
const postingsOf = async (trace: string) =>
  (await streamMessages(installation.nc, streams.jobs))
    .filter((message) => parseTraceparent(message.headers?.get(header.trace)).trace === trace)
    .map((message) => message.json<{ type: string }>().type);
