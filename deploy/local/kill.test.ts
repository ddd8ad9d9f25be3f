/**
 * The whole pipeline on real processes while the node, and then the broker, are killed again and again at random moments.
 * Judged from the outside: by the portal's own records and the streams, not by the program's word.
 */
import type { NatsConnection } from "@nats-io/transport-node";
import { afterEach, expect, test } from "vitest";
import type { StoredFact } from "../../protocols/event.ts";
import { streams } from "../../protocols/subjects.ts";
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

/** Where each application stands by the facts, and whether a machine still owes it something. */
function standings(all: readonly StoredFact[]) {
  const last = new Map<string, string>();
  for (const fact of all) {
    if (!("application" in fact) || fact.type === "StrikeRecorded" || fact.type === "DraftSaved") continue;
    last.set(fact.application, fact.type);
  }
  return last;
}
/** After these a person or nobody has the next word; an extended review is with a person, for minutes. */
const atRest = new Set([
  "ReviewExtended",
  "ManualReviewRequired",
  "ApplicationSubmitted",
  "ApplicationDuplicate",
  "ApplicationUncertain",
  "ApplicationFailed",
  "ApplicationRejected",
]);

const withPeople = new Set(["ReviewAssigned", "ReviewWarned", "ReviewEnded"]);

interface Received {
  readonly email: string;
  readonly jobId: string;
}
interface Listed {
  readonly jobId: string;
  readonly openingId: string;
  readonly absurdity?: unknown;
}

test("nothing is lost, submitted twice or struck twice, though node and broker are killed five times each", async () => {
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
  const dismiss = startAbsentReviewers(nc, ["ada", "ben", "cleo"]);

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
      // A strike is said by another actor than the miss, a moment later.
      const misses = all.filter((fact) => fact.type === "ReviewEnded" && fact.strike).length;
      const struck = count("StrikeRecorded") > 0 && (mayBeWithPeople || count("StrikeRecorded") >= misses);
      if (matched && owed.length === 0 && struck) return all;
      if (Date.now() > deadline)
        throw new Error(
          `Not at rest: ${count("JobListed")} of ${openings} jobs listed, ${count("JobMatched")} matched, ` +
            `${count("StrikeRecorded")} strikes, owed: ${JSON.stringify(owed)}\n${node.output().slice(-3_000)}`,
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

  const strikes = all.filter((fact) => fact.type === "StrikeRecorded");
  const misses = all.filter((fact) => fact.type === "ReviewEnded" && fact.strike);
  const key = (fact: StoredFact) =>
    "assignment" in fact ? `${fact.employee} ${fact.application} ${fact.assignment}` : "";
  expect(new Set(strikes.map(key)).size).toBe(strikes.length);
  expect(strikes.map(key).sort()).toEqual(misses.map(key).sort());
  expect(strikes.length).toBeGreaterThan(0);
  console.log(
    `${all.length} facts, ${received.length} applications (${uncertain} uncertain), ${strikes.length} strikes`,
  );
}, 420_000);
