/**
 * The whole pipeline on real processes while the node, and then the broker, are killed again and again at random moments.
 * Judged from the outside: by the portal's own records and the streams, not by the program's word.
 */
import type { NatsConnection } from "@nats-io/transport-node";
import { afterEach, expect, test } from "vitest";
import type { StoredFact } from "../../protocols/event.ts";
import { streams } from "../../protocols/subjects.ts";
import { standings, strikesAreMisses } from "../chaos/invariants.ts";
import { seedDemo } from "./demo-seed.ts";
import { startAbsentReviewers } from "./testkit/absent-reviewers.ts";
import { type Installation, startInstallation } from "./testkit/installation.ts";
import { streamMessages } from "./testkit/stream-messages.ts";

let installation: Installation | null = null;
afterEach(async () => {
  await installation?.stop();
  installation = null;
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Everything in EVENTS, in order. */
const facts = async (nc: NatsConnection): Promise<StoredFact[]> =>
  (await streamMessages(nc, streams.events)).map((message) => message.json<StoredFact>());

/** After these a person or nobody has the next word; an extended review is with a person, for minutes. */
const atRest = new Set([
  "ReviewExtended",
  "ManualReviewRequired",
  "ReviewEscalated",
  "ApplicationSubmitted",
  "ApplicationDuplicate",
  "ApplicationUncertain",
  "ApplicationFailed",
  "ApplicationRejected",
]);

const withPeople = new Set(["ReviewAssigned", "ReviewWarned", "ReviewEnded"]);

const judged = (all: readonly StoredFact[]) =>
  all.filter(({ type }) => type === "StrikeRecorded" || type === "MissExcused");

interface Received {
  readonly email: string;
  readonly jobId: string;
}
interface Listed {
  readonly jobId: string;
  readonly openingId: string;
  readonly absurdity?: unknown;
}

test("case 11: nothing is lost, submitted twice or struck twice, though node and broker are killed five times each", async () => {
  const reviewMs = 4_000;
  const started = await startInstallation({
    CALLBOARD_REVIEW_MIN_MS: String(reviewMs),
    CALLBOARD_REVIEW_MAX_MS: String(reviewMs),
    CALLBOARD_WARN_BEFORE_MS: "1000",
    CALLBOARD_RECEIPT_GRACE_MS: "100",
    CALLBOARD_PORTAL_POLL_MS: "3000",
  });
  installation = started;
  const { nats, portal, nc } = started;
  let node = await started.startNode();
  await seedDemo(
    { natsUrl: `nats://127.0.0.1:${nats.port}`, demoPortalPort: portal.port, portalPollMs: 3_000 },
    { user: "actors", pass: nats.passwords.actors },
  );
  // Two: were there three who all miss, that would be our fault and none of theirs.
  const dismiss = startAbsentReviewers(nc, ["ada", "ben"]);

  const moments = Array.from({ length: 10 }, () => Math.round(500 + Math.random() * 3_000));
  console.log(`killed after ${moments.join(", ")} ms`);
  for (const [i, moment] of moments.entries()) {
    await pause(moment);
    if (i < 5) {
      await node.kill();
      node = await started.startNode();
    } else {
      await nats.kill();
      await nats.restart();
    }
  }

  const read = async (path: string) => (await fetch(`${portal.url}/__control/${path}`)).json();
  const sound = ((await read("postings")) as Listed[]).filter(({ absurdity }) => !absurdity);
  const openings = new Set(sound.map(({ openingId }) => openingId)).size;
  const settled = async (mayBeWithPeople: boolean): Promise<StoredFact[]> => {
    for (const deadline = Date.now() + 180_000; ; await pause(500)) {
      const all = await facts(nc).catch((): StoredFact[] => []);
      const count = (type: string) => all.filter((fact) => fact.type === type).length;
      const owed = [...standings(all)].filter(
        ([, type]) => !atRest.has(type) && !(mayBeWithPeople && withPeople.has(type)),
      );
      const matched = count("JobListed") >= openings && count("JobMatched") === count("JobListed");
      // A miss is judged by other actors, a moment later.
      const misses = all.filter((fact) => fact.type === "ReviewEnded" && fact.strike).length;
      const struck = judged(all).length > 0 && (mayBeWithPeople || judged(all).length >= misses);
      if (matched && owed.length === 0 && struck) return all;
      if (Date.now() > deadline)
        throw new Error(
          `Not at rest: ${count("JobListed")} of ${openings} jobs listed, ${count("JobMatched")} matched, ` +
            `${judged(all).length} misses judged, owed: ${JSON.stringify(owed)}\n${node.output().slice(-3_000)}`,
        );
    }
  };
  await settled(true);
  // Nobody signs in again after a miss, so that what they still hold comes back to the queue and stays there.
  dismiss();
  const all = await settled(false);

  const received = (await read("applications")) as Received[];
  const opening = new Map(sound.map(({ jobId, openingId }) => [String(jobId), openingId]));
  const keys = received.map(({ email, jobId }) => `${email} ${opening.get(String(jobId))}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(await read("refused")).toEqual([]);
  const confirmed = all.filter(({ type }) => type === "ApplicationSubmitted").length;
  const uncertain = all.filter(({ type }) => type === "ApplicationUncertain").length;
  // What the portal has and we can't prove is uncertain, and waits for a person.
  expect(received.length).toBeGreaterThanOrEqual(confirmed);
  expect(received.length).toBeLessThanOrEqual(confirmed + uncertain);
  expect(confirmed).toBeGreaterThan(5);

  expect(strikesAreMisses(all, [])).toEqual([]);
  const strikes = all.filter(({ type }) => type === "StrikeRecorded").length;
  expect(strikes).toBeGreaterThan(0);
  console.log(
    `${all.length} facts, ${received.length} applications (${uncertain} uncertain), ${strikes} strikes of ${judged(all).length} misses`,
  );
}, 420_000);
