/**
 * `npm run eval:ats`: how good the score is, on the pairs in `../shared/ats` (its README says what each label means). One
 * table with TF-IDF, keyword coverage and the encoder's plain cosine beside it. `-- --fit` prints the curve of
 * `calibration.ts` as these pairs would have it, fitted on one half of the postings and tried on the other.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findSkills } from "../../actors/matcher/scoring/find-skills.ts";
import { plain } from "../../actors/matcher/scoring/words.ts";
import { createEmbedder } from "../../supervisors/capabilities/embeddings/embedder.ts";
import { fitCurves, reliability } from "./calibration-check.ts";
import { encoderCosine } from "./encoder-cosine.ts";
import { type LabelledPair, loadEvaluator, row, tableHead } from "./labelled-pairs.ts";
import { scoreLabelled } from "./score-labelled.ts";

const data = resolve(process.env.CALLBOARD_ATS_DATA ?? "../shared/ats");
if (!existsSync(join(data, "eval.mjs"))) {
  process.stdout.write(`There is no evaluation data in ${data}; set CALLBOARD_ATS_DATA to where it is.\n`);
  process.exit(0);
}

const print = (line: string) => process.stdout.write(`${line}\n`);
const evaluator = await loadEvaluator(data);
const { pairs } = evaluator.data;
const embedder = await createEmbedder({ cacheSize: 60_000, batchSize: 128 });
try {
  const began = performance.now();
  const ours = await scoreLabelled(embedder, pairs);
  const seconds = (performance.now() - began) / 1000;
  const cosine = await encoderCosine(embedder, pairs);

  print(
    `${pairs.length} pairs scored in ${seconds.toFixed(0)} s, ${(pairs.length / seconds).toFixed(1)} a second\n`,
  );
  print(tableHead);
  print(row("callboard", evaluator.evaluate(ours.map(({ score }) => score))));
  print(row("TF-IDF cosine", evaluator.evaluate(evaluator.tfidf())));
  print(row("keyword coverage", evaluator.evaluate(evaluator.keywords())));
  print(row("encoder cosine", evaluator.evaluate(cosine)));
  print(`\nCalibration, labelled pairs:\n${reliability(pairs, ours)}`);
  if (process.argv.includes("--fit")) print(`\n${fitCurves(pairs, ours)}`);
  print(`\nSkills in ${evaluator.split} sentences of SkillSpan:\n${skillFigures(evaluator.split)}`);
} finally {
  await embedder.close();
}

function skillFigures(split: string): string {
  const sentences = readFileSync(join(data, `skillspan.${split}.jsonl`), "utf8")
    .split("\n")
    .filter(Boolean);
  const folder = mkdtempSync(join(tmpdir(), "callboard-eval-"));
  try {
    const file = join(folder, "callboard.jsonl");
    const found = sentences.map((line) => {
      const text = plain((JSON.parse(line) as LabelledPair["sentence"]).text);
      return JSON.stringify({ skills: findSkills(text).map(({ start, end }) => text.slice(start, end)) });
    });
    writeFileSync(file, `${found.join("\n")}\n`);
    const lexicon = ["--lexicon", join(data, "lexicon")];
    const ran = spawnSync(
      process.execPath,
      [join(data, "eval-skills.mjs"), file, "--split", split, ...lexicon],
      {
        encoding: "utf8",
      },
    );
    return ran.stdout + ran.stderr;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
