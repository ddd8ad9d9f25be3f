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

/** Reviews the task on the desk, and before it is sent does what is asked for. @returns the application, and what became of it: sent, or back with a question. */
async function reviewOne(page: Page, meanwhile = async (_: Page): Promise<void> => {}) {
  await page.getByTestId("review-desk").waitFor({ timeout: 60_000 });
  const application = await page.getByTestId("review-desk").getAttribute("data-application");
  const summary = page.getByRole("textbox", { name: "Summary" });
  const sentence = "Proven in production with what this posting asks for.";
  await summary.fill(`${await summary.inputValue()} ${sentence}`);
  // The form's open questions, if the review was asked for because of them.
  for (const answer of await page.getByRole("textbox", { name: /needs an answer/ }).all())
    await answer.fill("4 weeks");
  await page.locator('[data-testid=save-status][data-state="saved"]').waitFor({ timeout: 20_000 });
  await meanwhile(page);
  const before = await reviewsOf(application);
  const approve = page.getByRole("button", { name: "Approve and send" });
  const at = await approve.boundingBox();
  await approve.click();
  // The second of two clicks ends no other review, which may lie in its place by now.
  await page.waitForTimeout(300);
  if (at !== null) await page.mouse.click(at.x + at.width / 2, at.y + at.height / 2);
  await expect
    .poll(async () => (await outcome(application)).type || (await reviewsOf(application)) > before, {
      timeout: 300_000, // Others' forms may be before it at the portal, each at a person's pace.
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
  // The panes scroll, never the page under them: the clock stays in sight.
  expect(await page.evaluate("document.documentElement.scrollHeight - innerHeight")).toBe(0);
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

  // Whoever leaves in the middle of a sentence finds it again.
  const first = page.getByRole("textbox", { name: "Summary" });
  const begun = `${await first.inputValue()} Begun and`;
  await first.fill(begun);
  await openPage(page, "My record");
  await openPage(page, "Review");
  await expect.poll(() => first.inputValue(), { timeout: 20_000 }).toBe(begun);
}

/** By its key: what follows the review in hand, or at once. */
async function takeBreak(page: Page) {
  await page.evaluate("document.activeElement?.blur()");
  await page.keyboard.press("b");
}

test("an employee works through two reviews by clicking, the portal has the new versions, and then there is a break", async () => {
  const page = await walk.logIn("employee");
  await page.getByRole("switch", { name: "Available" }).click();
  const sent: (string | null)[] = [];
  let reviewed = 0;
  // Some forms ask what no answer book knows: then the application comes back, and the next one is on the desk.
  for (let n = 0; sent.length < 2 && n < 10; n++) {
    const review = await reviewOne(page, n === 0 ? tryTheDesk : undefined);
    reviewed++;
    if (review.sent) sent.push(review.application);
  }
  expect(sent, (await reasons()).join("\n")).toHaveLength(2);
  const [application = null] = sent;
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
  // The next one comes at once, and what became of the last one stands above it.
  await page.getByTestId("review-desk").waitFor();
  await page
    .getByTestId("last-review")
    .getByText(/^Done: “.*” at .*\. Approved, and on its way\.$/)
    .waitFor();
  await lookAt(page, "next-review");
  await page.getByTestId("last-review").getByRole("button", { name: "Dismiss" }).click();
  await page.getByTestId("last-review").waitFor({ state: "detached" });
  await takeBreak(page);
  await page.getByTestId("next-status").getByText("then a break").waitFor();
  await page.getByRole("button", { name: "Return", exact: true }).click();
  await page.getByTestId("end-sheet").getByRole("button", { name: "Continue", exact: true }).click();
  await page.locator('[data-testid="board"][data-status="break"]').waitFor({ timeout: 20_000 });
  await openPage(page, "My record");
  await page.getByTestId("work-history").getByText("✓ Done").first().waitFor({ timeout: 20_000 });
  await lookAt(page, "record");
  expect(await approved(), "by a click each").toBe(reviewed);
  // On the same page, without a reload.
  await page.getByRole("button", { name: "Sign out" }).click();
  await walk.signIn(page, "employee");
  await page.locator('[data-testid="board"][data-status="break"]').waitFor({ timeout: 20_000 });
  await page.close();
}, 1_200_000);

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

test("a manager pauses the queue, gives a review to a person, moves one to the front, and changes numbers and a profile", async () => {
  const [jon, lena] = [await walk.logIn("jon@callboard.example"), await walk.logIn("manager")];
  for (const page of [jon, lena]) page.setDefaultTimeout(30_000);
  const decide = async (label: string | RegExp, reason: string, choice: string) => {
    await lena.getByLabel(label).fill(reason);
    await lena.getByRole("button", { name: choice, exact: true }).click();
  };
  await openPage(lena, "Queue");
  await lena.getByRole("button", { name: "Pause dispatch…" }).click();
  await decide("Why? Everybody who manages the queue sees it.", "We sort the queue first.", "Pause dispatch");
  await lena.getByText("Nothing is given out: We sort the queue first.").waitFor();
  await jon.keyboard.press("o");
  await jon.locator('[data-testid="board"][data-status="free"]').waitFor();

  const picks = lena.getByRole("checkbox", { name: /^Pick / });
  await picks.nth(1).check();
  await decide("Why? It is kept with your name.", "The customer asked.", "To the front");
  await lena.getByRole("region", { name: "What to do with those picked" }).waitFor({ state: "detached" });
  await lena.getByText("P0").first().waitFor();
  await picks.first().check();
  await lena.getByLabel("Give to").selectOption({ label: "Jon" });
  await decide("Why? It is kept with your name.", "Jon knows this company.", "Give");
  await jon.getByTestId("review-desk").waitFor();
  await lena.getByRole("button", { name: "Go on…" }).click();
  await decide("Why? Everybody who manages the queue sees it.", "Sorted.", "Go on");

  await openPage(lena, "People");
  await lena.getByRole("link", { name: "Jon", exact: true }).click();
  await lena.getByRole("tab", { name: "Settings" }).click();
  await lena.getByLabel(/Skills and languages/).fill("Go, lang:de");
  await decide("Why? It counts from the next review on.", "Passed the test.", "Set");
  await decide("Their status, now or after the review in hand: why?", "Lunch.", "Break");
  await jon.getByTestId("next-status").getByText("then a break").waitFor();
  await jon.getByRole("button", { name: "Return", exact: true }).click();
  await jon.getByTestId("end-sheet").getByRole("button", { name: "Continue", exact: true }).click();
  await jon.locator('[data-testid="board"][data-status="break"]').waitFor();

  await openPage(lena, "Settings");
  await lena.getByLabel("Lock at strike").fill("5");
  await lena.getByRole("button", { name: "Add a rule" }).click();
  await lena.getByText("A skill rule is not complete").waitFor();
  await lena.getByLabel("Title or company contains").fill("golang");
  await lena.getByLabel("asks for the skill").fill("Go");
  await decide("Why other numbers? It is kept with your name.", "We are new to this.", "Change them");
  await lena.getByText("We are new to this.").waitFor();
  await lena.reload();
  await expect.poll(() => lena.getByLabel("Lock at strike").inputValue(), { timeout: 30_000 }).toBe("5");
  expect(await lena.getByLabel("asks for the skill").inputValue()).toBe("Go");
  for (const page of [jon, lena]) await page.close();
}, 120_000);

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

/** How many reviews people have approved. */
const approved = async () =>
  (await streamMessages(installation.nc, streams.events))
    .map((message) => message.json<{ type: string; by: string }>())
    .filter(({ type, by }) => type === "ApplicationApproved" && by === "employee").length;

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
