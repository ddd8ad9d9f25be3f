/**
 * What the résumé reader finds in real files: npm run eval:resumes -- [folder]
 *
 * The folder holds `files.dev.jsonl` (one file per line: which words and headings a reader must find, or that it must refuse)
 * and is `../shared/ats` unless told. None of those files is part of this repository.
 */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Schema } from "effect";
import { readResume } from "../supervisors/capabilities/resume-intake/read-resume.ts";
import { ResumeRefused } from "../supervisors/capabilities/resume-intake/refusal.ts";

const Task = Schema.Struct({
  file: Schema.String,
  source: Schema.String,
  outcome: Schema.optional(Schema.String),
  expect: Schema.NullOr(
    Schema.Struct({
      min_chars: Schema.Int,
      words: Schema.Array(Schema.String),
      sections: Schema.Array(Schema.String),
    }),
  ),
});
const decodeTask = Schema.decodeUnknownSync(Schema.fromJsonString(Task));

const folder = resolve(process.argv[2] ?? "../shared/ats");
const list = join(folder, "files.dev.jsonl");
if (!existsSync(list)) {
  process.stdout.write(`There is no ${list}: nothing was measured. Give the folder that holds it.\n`);
  process.exit(0);
}

const squash = (text: string) => text.replace(/\s+/g, "").toLowerCase();
interface Tally {
  files: number;
  words: number;
  wordsFound: number;
  sections: number;
  sectionsFound: number;
  outcomes: number;
  ms: number;
}
const tallies = new Map<string, Tally>();
const misses: string[] = [];

const tasks = readFileSync(list, "utf8")
  .trim()
  .split("\n")
  .map((line) => decodeTask(line));
for (const task of tasks) {
  const tally = tallies.get(task.source) ?? {
    files: 0,
    words: 0,
    wordsFound: 0,
    sections: 0,
    sectionsFound: 0,
    outcomes: 0,
    ms: 0,
  };
  tallies.set(task.source, tally);
  const began = performance.now();
  let text = "";
  let refused = "";
  try {
    text = (await readResume(new Uint8Array(readFileSync(join(folder, task.file))), task.file)).text;
  } catch (error) {
    if (!(error instanceof ResumeRefused)) throw error;
    refused = error.reason;
  }
  tally.ms += performance.now() - began;
  const found = squash(text);
  const words = (task.expect?.words ?? []).filter((word) => !found.includes(squash(word)));
  // A heading stands at the beginning of a line.
  const lines = text.split("\n").map(squash);
  const sections = (task.expect?.sections ?? []).filter(
    (heading) => !lines.some((line) => line.includes(squash(heading))),
  );
  const mayRefuse = task.outcome?.startsWith("reject") ?? false;
  const mayRead = task.expect !== null || (task.outcome?.includes("read as text") ?? false);
  const right = refused === "" ? mayRead && found.length >= (task.expect?.min_chars ?? 0) : mayRefuse;
  tally.files += 1;
  tally.words += task.expect?.words.length ?? 0;
  tally.wordsFound += (task.expect?.words.length ?? 0) - words.length;
  tally.sections += task.expect?.sections.length ?? 0;
  tally.sectionsFound += (task.expect?.sections.length ?? 0) - sections.length;
  tally.outcomes += right ? 1 : 0;
  if (words.length > 0 || sections.length > 0 || !right)
    misses.push(
      `${task.file}: ${refused || "read"}; words ${words.join(" ")}; sections ${sections.join(", ")}`,
    );
}

const row = (cells: readonly (string | number)[]) =>
  `${String(cells[0]).padEnd(16)}${cells
    .slice(1)
    .map((cell) => String(cell).padStart(15))
    .join("")}\n`;
process.stdout.write(row(["source", "files", "outcome right", "words", "sections", "ms per file"]));
const sum = (key: keyof Tally) => [...tallies.values()].reduce((total, tally) => total + tally[key], 0);
for (const [source, tally] of tallies)
  process.stdout.write(
    row([
      source,
      tally.files,
      tally.outcomes,
      `${tally.wordsFound}/${tally.words}`,
      `${tally.sectionsFound}/${tally.sections}`,
      Math.round(tally.ms / tally.files),
    ]),
  );
process.stdout.write(
  row([
    "all",
    sum("files"),
    sum("outcomes"),
    `${sum("wordsFound")}/${sum("words")}`,
    `${sum("sectionsFound")}/${sum("sections")}`,
    Math.round(sum("ms") / sum("files")),
  ]),
);
for (const miss of misses) process.stdout.write(`missed: ${miss}\n`);
process.exit(misses.length > 0 ? 1 : 0);
