import { createHash } from "node:crypto";
import { Kvm } from "@nats-io/kv";
import { Objm } from "@nats-io/obj";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { Schema } from "effect";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadDemoCandidates, profileOf } from "../../../deploy/local/demo-candidates/candidates.ts";
import { companies } from "../../../deploy/local/demo-portal/data/companies.ts";
import { type DemoPortal, startDemoPortal } from "../../../deploy/local/demo-portal/demo-portal.ts";
import type { ApplyRequest } from "../../../protocols/applier.ts";
import { buckets, objectStores } from "../../../protocols/subjects.ts";
import { startNats, type TestNats } from "../../testkit/nats.ts";
import { createBrowserPool } from "../browser/browser-pool.ts";
import { createEmbedder } from "../embeddings/embedder.ts";
import { renderResumePdf } from "../resume-pdf/render-resume-pdf.ts";
import { createEvidenceStore } from "./evidence-store.ts";
import { lazilySimilarAnswers } from "./similar-question.ts";
import { type SubmitDeps, submitTask } from "./submit-task.ts";

let portal: DemoPortal;
let nats: TestNats;
let nc: NatsConnection;
const browser = createBrowserPool();
const candidate =
  loadDemoCandidates().find(({ id }) => id === "jonas-albrecht") ?? expect.fail("no candidate");
const version = `${candidate.id}/v1`;

beforeAll(async () => {
  portal = await startDemoPortal({ port: 0, dataDir: null, newPostingEveryMs: 0 });
  await control("postings", Schema.Unknown, { count: 300 });
  nats = await startNats();
  nc = await connect(nats.connection());
  await new Kvm(nc).create(buckets.intents, { history: 10 });
  await new Kvm(nc).create(buckets.candidates);
  const objm = new Objm(nc);
  await objm.create(objectStores.evidence);
  const resumes = await objm.create(objectStores.resumes);
  await resumes.putBlob({ name: version }, new TextEncoder().encode(JSON.stringify(candidate.resume)));
}, 60_000);
afterAll(async () => {
  await browser.close();
  await nc.close();
  await nats.stop();
  await portal.close();
});
beforeEach(() => control("mode", Schema.Unknown, { mode: "ok" }));

async function control<S extends Schema.ConstraintDecoder<unknown>>(
  path: string,
  schema: S,
  body?: object,
): Promise<S["Type"]> {
  const answer = await fetch(`${portal.url}/__control/${path}`, {
    ...(body === undefined
      ? {}
      : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  return Schema.decodeUnknownSync(schema)(await answer.json());
}
const Postings = Schema.Array(
  Schema.Struct({
    jobId: Schema.Finite,
    company: Schema.String,
    region: Schema.String,
    field: Schema.String,
    tier: Schema.String,
    title: Schema.String,
    url: Schema.String,
    mirror: Schema.Boolean,
  }),
);
const Arrived = Schema.Array(
  Schema.Struct({
    reference: Schema.String,
    jobId: Schema.Finite,
    email: Schema.String,
    duplicatesRefused: Schema.Int,
    answers: Schema.Record(Schema.String, Schema.Unknown),
    resume: Schema.NullOr(Schema.Struct({ sha256: Schema.String, fileName: Schema.String })),
  }),
);

let taken = 0;
/** A posting that nobody has applied to yet and that the candidate's answer book covers. */
async function request(change: Partial<ApplyRequest> = {}): Promise<ApplyRequest & { jobId: number }> {
  const fitting = (await control("postings", Postings)).filter(
    ({ field, tier, region, mirror }) => field === "backend" && tier === "core" && region === "eu" && !mirror,
  );
  const posting = fitting[taken++] ?? expect.fail("the portal has too few postings");
  return {
    application: `jonas-albrecht-${posting.jobId}`,
    attempt: 1,
    job: {
      id: String(posting.jobId),
      title: posting.title,
      company: companies.find(({ token }) => token === posting.company)?.name ?? "",
      region: "eu",
      portal: "greenhouse-northwind",
      url: posting.url,
      applyUrl: posting.url,
    },
    candidate: profileOf(candidate, version),
    resumeVersion: version,
    answers: [],
    jobId: posting.jobId,
    ...change,
  };
}
const arrivedFor = async ({ jobId }: { jobId: number }) =>
  (await control("applications", Arrived)).filter((one) => one.jobId === jobId);
const context = { signal: new AbortController().signal, checkOwnership: () => {} };
const submit =
  (deps: Partial<SubmitDeps> = {}) =>
  (input: { request: ApplyRequest; press?: boolean }, given: typeof context) =>
    submitTask({ nc, browser, node: "test", similar: null, resultWithinMs: 15_000, ...deps })(
      { press: true, ...input },
      given,
    );
const stored = async (key: string) => {
  const store = await new Objm(nc).open(objectStores.evidence);
  return (await store.getBlob(key)) ?? expect.fail(`no evidence ${key}`);
};

describe("submitApplication", () => {
  test("fills the form, presses once, and keeps the proof", async () => {
    const one = await request();
    const outcome = await submit()({ request: one }, context);
    if (outcome.outcome !== "confirmed") throw new Error(JSON.stringify(outcome));
    const [arrived, ...others] = await arrivedFor(one);
    expect(others).toEqual([]);
    expect(outcome.proof.reference).toBe(arrived?.reference);
    expect(outcome.proof.confirmation).toContain("Thank you for applying");
    expect(arrived?.email).toBe(candidate.resume.basics?.email);
    const pdf = await renderResumePdf(candidate.resume);
    expect(arrived?.resume?.sha256).toBe(createHash("sha256").update(pdf).digest("hex"));
    expect(
      arrived?.answers["Are you legally authorized to work in the country where this job is located?"],
    ).toBe("Yes");
    expect(outcome.proof.evidence).toEqual(
      ["before.png", "fields.json", "after.png", "proof.json"].map((step) => `${one.application}/1-${step}`),
    );
    for (const key of outcome.proof.evidence) expect((await stored(key)).length).toBeGreaterThan(100);
    const map = new TextDecoder().decode(await stored(`${one.application}/1-fields.json`));
    expect(JSON.parse(map)).toMatchObject({ honeypots: ["company_website_url"], handedToPerson: [] });
    // Asked again (a crash before the answer was stored): the same proof, and no second press.
    expect(await submit()({ request: one }, context)).toEqual(outcome);
    expect((await arrivedFor(one))[0]?.duplicatesRefused).toBe(0);
  }, 60_000);

  test("in a dry run fills and proves, and sends nothing until a person does", async () => {
    const one = await request();
    const outcome = await submit()({ request: one, press: false }, context);
    if (outcome.outcome !== "ready") throw new Error(JSON.stringify(outcome));
    for (const key of outcome.evidence) expect((await stored(key)).length).toBeGreaterThan(100);
    expect(await arrivedFor(one)).toEqual([]);
    expect(await submit()({ request: { ...one, attempt: 2 } }, context)).toMatchObject({
      outcome: "confirmed",
    });
    expect(await arrivedFor(one)).toHaveLength(1);
  }, 60_000);

  test("reports that this person has applied before", async () => {
    const one = await request();
    expect(await submit()({ request: one }, context)).toMatchObject({ outcome: "confirmed" });
    const other = { ...one, application: `${one.application}-again` };
    expect(await submit()({ request: other }, context)).toMatchObject({ outcome: "duplicate" });
    expect(await arrivedFor(one)).toHaveLength(1);
  }, 60_000);

  test("hands what the portal refuses to a person, with the portal's fields", async () => {
    const one = await request();
    const wrong = { ...one, candidate: { ...one.candidate, phone: "none of your business" } };
    const outcome = await submit()({ request: wrong }, context);
    expect(outcome).toMatchObject({ outcome: "needs-person", questions: ["Phone"] });
    expect(await arrivedFor(one)).toEqual([]);
    // The next attempt, corrected by a person, goes through.
    expect(await submit()({ request: { ...one, attempt: 2 } }, context)).toMatchObject({
      outcome: "confirmed",
    });
  }, 60_000);

  test("asks a person what the answer book does not say, and takes the answer from the reviewer", async () => {
    const one = await request();
    await control("mode", Schema.Unknown, { mode: "form-changed", change: "extra-question" });
    const outcome = await submit()({ request: one }, context);
    expect(outcome).toMatchObject({
      outcome: "needs-person",
      questions: ["Enter the code from your online assessment"],
    });
    // The same in the person's own words, once the encoder is asked.
    const answerBook = [
      ...one.candidate.answerBook,
      { question: "Give the code of your online assessment", answer: "C-77" },
    ];
    const known = { request: { ...one, candidate: { ...one.candidate, answerBook } }, press: false };
    expect(await submit()(known, context)).toMatchObject({ outcome: "needs-person" });
    const embedder = createEmbedder({ threads: 1 });
    const similar = (company: string) => lazilySimilarAnswers(() => embedder, company);
    expect(await submit({ similar })(known, context)).toMatchObject({ outcome: "ready" });
    await (await embedder).close();
    const answers = [{ question: "Enter the code from your online assessment", answer: "C-77" }];
    expect(await submit()({ request: { ...one, attempt: 2, answers } }, context)).toMatchObject({
      outcome: "confirmed",
    });
    expect((await arrivedFor(one))[0]?.answers).toMatchObject({ [answers[0]?.question ?? ""]: "C-77" });
  }, 60_000);

  test("fills a form whose fields were renamed, and stops at one without an upload", async () => {
    const one = await request();
    await control("mode", Schema.Unknown, { mode: "form-changed", change: "no-file" });
    expect(await submit()({ request: one }, context)).toMatchObject({
      outcome: "needs-person",
      questions: ["Link to your resume"],
    });
    await control("mode", Schema.Unknown, { mode: "form-changed", change: "renamed" });
    expect(await submit()({ request: { ...one, attempt: 2 } }, context)).toMatchObject({
      outcome: "confirmed",
    });
  }, 60_000);

  test("does not press where a wall stands, and says for how long to wait", async () => {
    const one = await request();
    await control("mode", Schema.Unknown, { mode: "captcha", paths: "form" });
    const walled = await submit()({ request: one }, context);
    const picture = `${one.application}/1-instead.png`;
    expect(walled).toMatchObject({ outcome: "blocked", evidence: [picture] });
    expect(String.fromCharCode(...(await stored(picture)).subarray(1, 4))).toBe("PNG");
    await control("mode", Schema.Unknown, { mode: "429", paths: "form", retryAfterSeconds: 9 });
    expect(await submit()({ request: one }, context)).toMatchObject({
      outcome: "blocked",
      retryAfterMs: 9_000,
    });
    await control("mode", Schema.Unknown, { mode: "500", paths: "form" });
    expect(await submit()({ request: one }, context)).toMatchObject({ outcome: "unreachable" });
    await control("mode", Schema.Unknown, { mode: "ok" });
    expect(await submit()({ request: one }, context)).toMatchObject({ outcome: "confirmed" });
  }, 60_000);

  test("is uncertain after a crash between the press and the proof, and never presses again", async () => {
    const one = await request();
    const real = createEvidenceStore(nc);
    const evidence = {
      put: (key: string, content: Uint8Array | string) =>
        key.endsWith("after.png") ? Promise.reject(new Error("killed here")) : real.put(key, content),
    };
    await expect(submit({ evidence })({ request: one }, context)).rejects.toThrow("killed here");
    expect(await submit()({ request: one }, context)).toMatchObject({ outcome: "uncertain" });
    expect(await submit()({ request: { ...one, attempt: 2 } }, context)).toMatchObject({
      outcome: "uncertain",
    });
    expect(await arrivedFor(one)).toMatchObject([{ duplicatesRefused: 0 }]);
  }, 60_000);

  test("never says that it arrived when the answer was lost, and the portal has it once", async () => {
    const one = await request();
    await control("mode", Schema.Unknown, { mode: "lost-confirmation", paths: "form" });
    const outcome = await submit({ resultWithinMs: 5_000 })({ request: one }, context);
    expect(["uncertain", "duplicate"]).toContain(outcome.outcome);
    expect(await arrivedFor(one)).toHaveLength(1);
    expect((await submit()({ request: one }, context)).outcome).toBe(outcome.outcome);
  }, 60_000);

  test("of two runs of one attempt at the same time at most one presses", async () => {
    const one = await request();
    const both = await Promise.all([
      submit()({ request: one }, context),
      submit()({ request: one }, context),
    ]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(["confirmed", "uncertain"]);
    expect(await arrivedFor(one)).toMatchObject([{ duplicatesRefused: 0 }]);
  }, 60_000);

  test("does not press when the partition is lost, and leaves no trace of an intent", async () => {
    const one = await request();
    for (const owned of [0, 1]) {
      let asked = 0;
      const checkOwnership = () => {
        if (asked++ === owned) throw new Error("another node owns this actor");
      };
      await expect(submit()({ request: one }, { ...context, checkOwnership })).rejects.toThrow(
        "another node",
      );
    }
    expect(await arrivedFor(one)).toEqual([]);
    expect(await submit()({ request: one }, context)).toMatchObject({ outcome: "confirmed" });
  }, 60_000);
});
