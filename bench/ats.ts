/**
 * What scoring costs on this machine: npm run bench:ats -- [folder] [sentences]
 *
 * Sentences per second beside a bare loop over the same model in the same run (the floor), pairs per second, how long a
 * résumé with one edited line takes to be scored again, and memory. Texts come from `../shared/ats` unless told; that folder
 * is no part of this repository.
 */
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { Schema } from "effect";
import type { JsonResume } from "../protocols/json-resume.ts";
import type { Posting } from "../protocols/posting.ts";
import { createEmbedder } from "../supervisors/capabilities/embeddings/embedder.ts";
import { createScoring } from "../supervisors/capabilities/embeddings/score-match.ts";
import { resumeFromText } from "../supervisors/capabilities/resume-intake/structure/resume-from-lines.ts";
import { repoRoot } from "../supervisors/repo-root.ts";

const folder = resolve(process.argv[2] ?? "../shared/ats");
const wanted = Number(process.argv[3] ?? 1_000);
if (!existsSync(join(folder, "resumes.dev.jsonl"))) {
  process.stdout.write(`There is no ${folder} with texts to measure on: give the folder that holds them.\n`);
  process.exit(0);
}

const Text = Schema.Struct({ text: Schema.String, title: Schema.optional(Schema.NullOr(Schema.String)) });
const decodeText = Schema.decodeUnknownSync(Schema.fromJsonString(Text));
const read = (file: string) =>
  readFileSync(join(folder, file), "utf8")
    .trim()
    .split("\n")
    .map((line) => decodeText(line));
const postings: Posting[] = read("jds.dev.jsonl").map(({ title, text }, at) => ({
  id: `p${at}`,
  portal: "bench",
  externalId: String(at),
  title: title ?? "",
  company: "",
  locations: [],
  remote: "unknown",
  employmentType: "",
  salary: null,
  datePosted: null,
  description: text,
  descriptionHtml: "",
  region: "eu",
  url: "https://example.invalid",
  applyUrl: "https://example.invalid",
  fingerprint: `p${at}`,
}));
const resumes: JsonResume[] = read("resumes.dev.jsonl")
  .filter(({ text }) => text.split("\n").length > 10)
  .map(({ text }) => resumeFromText(text).resume);
const sentences = [
  ...new Set(
    postings
      .flatMap(({ description }) => description.split(/\n|(?<=[.!?])\s+/))
      .map((line) => line.trim().slice(0, 300))
      .filter((line) => line.length > 20),
  ),
].slice(0, wanted);

const row = (what: string, value: string, note = "") =>
  process.stdout.write(`| ${what} | ${value} | ${note} |\n`);
const count = (value: number) => Math.round(value).toLocaleString("en");
const timed = async (run: () => Promise<unknown>) => {
  const began = performance.now();
  await run();
  return (performance.now() - began) / 1_000;
};
const mb = () => `${count(process.memoryUsage.rss() / 1024 / 1024)} MB`;

process.stdout.write(
  `${availableParallelism()} cores, ${count(sentences.length)} distinct sentences of postings, Node ${process.versions.node}.\n\n| what | figure | |\n| --- | --- | --- |\n`,
);

// A variable, since a file of plain JavaScript has no types. It stands where the threads find it, too.
const encoderFile = join(repoRoot, "supervisors", "capabilities", "embeddings", "encoder.mjs");
const encoder = (await import(encoderFile)) as {
  encode(sentences: readonly string[]): Promise<Float32Array>;
  encoderName: string;
};
const some = sentences.slice(0, Math.ceil(sentences.length / 4));
await encoder.encode(some.slice(0, 20));
const one =
  some.length /
  (await timed(async () => {
    for (const sentence of some) await encoder.encode([sentence]);
  }));
row("bare loop, one sentence a call (the floor)", `${count(one)} sentences/s`, encoder.encoderName);
const batched =
  some.length /
  (await timed(async () => {
    for (let at = 0; at < some.length; at += 32) await encoder.encode(some.slice(at, at + 32));
  }));
row(
  "bare loop, batches of 32 as they come",
  `${count(batched)} sentences/s`,
  `${(batched / one).toFixed(2)} of the floor`,
);

const embedder = await createEmbedder();
const before = mb();
// All threads are up before the clock runs.
await embedder.embed(Array.from({ length: 400 }, (_, at) => `Warm up number ${at}`));
const cold = sentences.length / (await timed(() => embedder.embed(sentences)));
row("embedder, all new", `${count(cold)} sentences/s`, `${(cold / one).toFixed(2)} of the floor`);
const warm = sentences.length / (await timed(() => embedder.embed(sentences)));
row("embedder, all known", `${count(warm)} sentences/s`, `${count(warm / one)} times the floor`);

const scoring = createScoring(embedder);
const score = scoring.scoreMatch;
const [rowsOf, columns] = [postings.slice(0, 15), resumes.slice(0, 15)];
const pairs = rowsOf.flatMap((posting) => columns.map((resume) => [posting, resume] as const));
const all = () => Promise.all(pairs.map(([posting, resume]) => score(posting, resume)));
row(
  "pairs, sentences new",
  `${count(pairs.length / (await timed(all)))} pairs/s`,
  `${rowsOf.length} postings x ${columns.length} résumés`,
);
row("pairs, sentences known", `${count(pairs.length / (await timed(all)))} pairs/s`);

// Background texts have no contact data; with it nothing but the match itself can keep a pair under 90.
const many = resumes.slice(0, 300).map((resume) => ({
  ...resume,
  basics: { ...resume.basics, name: "A. Person", email: "person@example.invalid" },
}));
const openings = postings.slice(0, 100);
let possible = 0;
const filter = async () => {
  possible = 0;
  for (const posting of openings)
    for (const resume of many) if (scoring.mostScore(posting, resume) >= 90) possible += 1;
};
await filter(); // Reads each once.
const filtering = await timed(filter);
const crossed = openings.length * many.length;
row(
  "prefilter",
  `${((100 * possible) / crossed).toFixed(1)} % need the full score`,
  `${openings.length} x ${many.length}, ${count((1e6 * filtering) / crossed)} µs a pair; the others can't reach 90`,
);

const edits: number[] = [];
for (let edit = 0; edit < 100; edit += 1) {
  const posting = rowsOf[edit % rowsOf.length];
  const resume = columns[edit % columns.length];
  if (posting === undefined || resume === undefined) continue;
  const work = [...(resume.work ?? [])];
  const line = `Reduced the cost of case ${edit} by ${edit + 3} percent with a new process`;
  work[0] = { ...work[0], highlights: [...(work[0]?.highlights ?? []).slice(1), line] };
  edits.push(1_000 * (await timed(() => score(posting, { ...resume, work }))));
}
edits.sort((a, b) => a - b);
const at = (share: number) => `${count(edits[Math.floor(edits.length * share)] ?? 0)} ms`;
row("scored again after one edited line", `p50 ${at(0.5)}, p95 ${at(0.95)}`, "aim: p95 under 150 ms");
row("memory of the process", mb(), `${before} before the threads`);
await embedder.close();
process.exit(0);
