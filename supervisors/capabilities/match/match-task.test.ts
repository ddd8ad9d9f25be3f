import { Kvm } from "@nats-io/kv";
import { Objm } from "@nats-io/obj";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Embedder } from "../../../actors/matcher/capabilities.ts";
import { applicationId } from "../../../actors/matcher/machine.ts";
import { loadDemoCandidates, profileOf } from "../../../deploy/local/demo-candidates/candidates.ts";
import type { Posting } from "../../../protocols/posting.ts";
import { buckets, objectStores } from "../../../protocols/subjects.ts";
import { startNats, type TestNats } from "../../testkit/nats.ts";
import { createEmbedder } from "../embeddings/embedder.ts";
import { looksFor, matchTask } from "./match-task.ts";

let nats: TestNats;
let nc: NatsConnection;
let embedder: Embedder;
const context = { signal: new AbortController().signal };

beforeAll(async () => {
  nats = await startNats();
  nc = await connect(nats.connection());
  const kv = await new Kvm(nc).create(buckets.candidates, { history: 5 });
  const store = await new Objm(nc).create(objectStores.resumes);
  for (const candidate of loadDemoCandidates()) {
    const version = `${candidate.id}/v1`;
    await store.putBlob({ name: version }, new TextEncoder().encode(JSON.stringify(candidate.resume)));
    const profile = { type: "CandidateProfile", ...profileOf(candidate, version) };
    await kv.put(candidate.id, JSON.stringify({ ...profile, search: ["old"] }));
    await kv.put(candidate.id, JSON.stringify(profile));
  }
  await kv.put("broken", "{}");
  await kv.put(
    "no-resume",
    JSON.stringify({
      ...profileOf(loadDemoCandidates()[0] ?? expect.fail("no demo candidates"), "no-resume/v9"),
      id: "no-resume",
    }),
  );
  embedder = await createEmbedder();
}, 60_000);
afterAll(async () => {
  await embedder.close();
  await nc.close();
  await nats.stop();
});

const posting: Posting = {
  id: "f00d",
  portal: "greenhouse-acme",
  externalId: "1",
  title: "Senior Backend Engineer, Payments",
  company: "Acme",
  locations: ["Berlin"],
  remote: "no",
  employmentType: "",
  salary: null,
  datePosted: null,
  description:
    "What you will do\nBuild services in Go.\nRequirements\n5+ years of backend development\nPostgreSQL",
  descriptionHtml: "",
  region: "eu",
  url: "http://127.0.0.1/1",
  applyUrl: "http://127.0.0.1/1/apply",
  fingerprint: "f00d",
};

test("scores the candidates of the region who look for such work, and warns of those it can't", async () => {
  const warnings: string[] = [];
  const match = matchTask({ nc, embedder, threshold: 90, warn: (line) => warnings.push(line) });
  const { considered, matches } = await match({ posting, except: [] }, context);
  expect(considered).toBe(4); // three of the demo's six, and the one without a résumé
  expect(matches.map(({ candidate }) => candidate.id)).toEqual(["jonas-albrecht"]);
  expect(matches[0]?.score.score).toBeGreaterThan(20);
  expect(warnings.join()).toMatch(/1 candidate profiles.*no-resume was not scored/s);
  expect((await match({ posting: { ...posting, region: "mars" }, except: [] }, context)).matches).toEqual([]);
});

test("who does not fit into one answer comes in the next: nobody whom the machine could approve is lost", async () => {
  const kv = await new Kvm(nc).open(buckets.candidates);
  const jonas = loadDemoCandidates().find(({ id }) => id === "jonas-albrecht") ?? expect.fail();
  const twins = Array.from({ length: 130 }, (_, i) => `jonas-${i}`);
  for (const id of twins)
    await kv.put(
      id,
      JSON.stringify({ type: "CandidateProfile", ...profileOf(jonas, "jonas-albrecht/v1"), id }),
    );
  // Low, so that they can be approved whatever the scorer makes of them.
  const match = matchTask({ nc, embedder, threshold: 10, warn: () => {} });
  const found: string[] = [];
  for (let more = true; more; ) {
    const except = found.map((id) => applicationId(id, posting.id));
    const answer = await match({ posting, except }, context);
    found.push(...answer.matches.map(({ candidate }) => candidate.id));
    more = answer.more;
  }
  expect(found.sort()).toEqual(["jonas-albrecht", ...twins].sort());
});

test("looks for whole words of a title", () => {
  const wants = (search: string[], title: string) => looksFor({ search }, title);
  expect(wants(["data"], "Senior Data Engineer")).toBe(true);
  expect(wants(["data"], "Database Engineer")).toBe(false);
  expect(wants(["FP&A"], "Analyst, FP&A")).toBe(true);
  expect(wants(["machine learning"], "Machine-Learning Engineer")).toBe(true);
  expect(wants([], "Anything")).toBe(true);
});
