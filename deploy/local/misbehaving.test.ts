/**
 * The demo portals misbehave in every way they can while the whole runs on real processes: breakers open and close and say so
 * as facts, the other portal goes on meanwhile, nothing is lost and nothing is sent twice.
 */
import { afterEach, expect, test } from "vitest";
import type { StoredFact } from "../../protocols/event.ts";
import { streams } from "../../protocols/subjects.ts";
import { demoBoards } from "./demo-portal/demo-boards.ts";
import { type DemoPortal, startDemoPortal } from "./demo-portal/demo-portal.ts";
import { seedDemo } from "./demo-seed.ts";
import { type Installation, startInstallation } from "./testkit/installation.ts";
import { streamMessages } from "./testkit/stream-messages.ts";
import { watchBoard } from "./testkit/watch-board.ts";

let installation: Installation | null = null;
let second: DemoPortal | null = null;
afterEach(async () => {
  await installation?.stop();
  await second?.close();
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test("every misbehaviour opens a breaker that closes again; the other portal goes on, nothing is lost or sent twice", async () => {
  const started = await startInstallation({ CALLBOARD_PORTAL_POLL_MS: "2000" });
  installation = started;
  const other = await startDemoPortal({ port: 0, dataDir: null, newPostingEveryMs: 0, seed: 11 });
  second = other;
  const { nats, portal, nc } = started;
  const node = await started.startNode();
  await seedDemo(
    { natsUrl: `nats://127.0.0.1:${nats.port}`, demoPortalPort: portal.port, portalPollMs: 2_000 },
    { user: "actors", pass: nats.passwords.actors },
  );
  const [calm] = demoBoards(other.url);
  if (calm === undefined) throw new Error("The demo portal has no board.");
  const calmly = "calm-board";
  await watchBoard(nc, { ...calm, portal: calmly }, 2_000);

  const facts = async (): Promise<StoredFact[]> =>
    (await streamMessages(nc, streams.events)).map((message) => message.json<StoredFact>());
  const control = async (path: string, body?: object) =>
    (
      await fetch(`${portal.url}/__control/${path}`, {
        ...(body === undefined
          ? {}
          : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
      })
    ).json();
  const until = async (what: string, holds: (all: StoredFact[]) => boolean, withinMs = 120_000) => {
    for (const deadline = Date.now() + withinMs; ; await pause(500)) {
      const all = await facts();
      if (holds(all)) return all;
      if (Date.now() > deadline)
        throw new Error(
          `Not seen: ${what}. ${JSON.stringify(all.slice(-12).map(({ type, actor }) => [type, actor]))}\n${node.output().slice(-2_000)}`,
        );
    }
  };
  const watched = "greenhouse-northwind";
  const of = (all: readonly StoredFact[], type: string, who: string) =>
    all.filter((fact) => fact.type === type && "portal" in fact && fact.portal === who);
  await until("both portals looked at", (all) =>
    [watched, calmly].every((who) => of(all, "PortalPolled", who).length > 0),
  );

  for (const misbehaviour of [
    { mode: "429", retryAfterSeconds: 1 },
    { mode: "403" },
    { mode: "500" },
    { mode: "captcha" },
  ]) {
    const before = await facts();
    const opened = of(before, "PortalBlocked", watched).length;
    const recovered = of(before, "PortalRecovered", watched).length;
    await control("mode", { ...misbehaviour, paths: "api" });
    await until(
      `${misbehaviour.mode} opens the breaker`,
      (all) => of(all, "PortalBlocked", watched).length > opened,
    );
    // Posted while the board does not let us in; found after it does.
    await control("postings", { count: 1 });
    const polls = of(await facts(), "PortalPolled", calmly).length;
    await until(
      `the other portal goes on during ${misbehaviour.mode}`,
      (all) => of(all, "PortalPolled", calmly).length > polls + 1,
      30_000,
    );
    await control("mode", { mode: "ok" });
    await until(
      `the breaker closes after ${misbehaviour.mode}`,
      (all) => of(all, "PortalRecovered", watched).length > recovered,
    );
  }

  // Slow everywhere, and forms that have changed or cut the line: no breaker, but nothing else stands still.
  await control("mode", { mode: "slow", paths: "html", delayMs: 8_000 });
  await control("mode", { mode: "form-changed", paths: "form", change: "renamed", count: 3 });
  const polls = of(await facts(), "PortalPolled", calmly).length;
  await until(
    "the other portal goes on while this one is slow",
    (all) => of(all, "PortalPolled", calmly).length > polls + 2,
    30_000,
  );
  await control("mode", { mode: "lost-confirmation", paths: "form", count: 1 });
  await control("postings", { count: 4 });
  await pause(5_000);
  await control("mode", { mode: "ok" });

  const sound = ((await control("postings")) as Listed[]).filter(({ absurdity }) => absurdity === null);
  const all = await until(
    "every posting found and every application at rest",
    (all) => {
      const seen = new Set(
        all.flatMap((fact) =>
          fact.type === "JobListed" ? [fact.posting.url] : fact.type === "JobSeenAgain" ? [fact.url] : [],
        ),
      );
      const last = new Map<string, string>();
      for (const fact of all) if ("application" in fact) last.set(fact.application, fact.type);
      return sound.every(({ url }) => seen.has(url)) && ![...last.values()].some((type) => owed.has(type));
    },
    240_000,
  );
  expect(of(all, "JobClosed", watched)).toEqual([]);
  expect(all.filter(({ type }) => type === "JobClosed")).toEqual([]);
  const received = (await control("applications")) as { email: string; jobId: number }[];
  const opening = new Map(sound.map(({ jobId, openingId }) => [jobId, openingId]));
  const keys = received.map(({ email, jobId }) => `${email} ${opening.get(Number(jobId))}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(await control("refused")).toEqual([]);
  expect(received.length).toBeGreaterThan(0);
}, 900_000);

interface Listed {
  readonly jobId: number;
  readonly openingId: number;
  readonly url: string;
  readonly absurdity: string | null;
}
/** After these a machine still has the next word. */
const owed = new Set(["ApplicationScored", "ApplicationApproved"]);
