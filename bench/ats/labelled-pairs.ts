/** The evaluator that lies beside the data, typed: it knows the files, the metrics and two of the baselines. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export interface LabelledPair {
  readonly id: string;
  readonly resume_id: string;
  readonly jd_id: string;
  readonly source: string;
  readonly label: 0 | 1 | null;
  readonly resume_text: string;
  readonly jd_text: string;
  /** What a line of SkillSpan is. */
  readonly sentence: { readonly text: string };
}

/** Figures of one source, or of all of them. */
interface Figures {
  readonly auc?: number | null;
  readonly ndcg10?: number | null;
  readonly macro_auc?: number | null;
  readonly rate90?: number | null;
  readonly precision90?: number | null;
  readonly stuffed_rate90?: number | null;
}
type Evaluation = Readonly<Record<string, Figures | undefined>>;

interface Scored {
  readonly id: string;
  readonly score: number;
}
interface EvaluatorModule {
  load(folder: string, split: string): { readonly pairs: readonly LabelledPair[] };
  evaluate(rows: readonly (LabelledPair & { score: number })[]): Evaluation;
  tfidfScores(data: unknown): readonly Scored[];
  keywordScores(data: unknown): readonly Scored[];
}

export async function loadEvaluator(folder: string) {
  const module = (await import(pathToFileURL(join(folder, "eval.mjs")).href)) as EvaluatorModule;
  const split = existsSync(join(folder, "pairs.test.jsonl")) ? "test" : "dev";
  const data = module.load(folder, split);
  return {
    split,
    data,
    /** @param scores one for each pair, in the same order */
    evaluate: (scores: readonly number[]) =>
      module.evaluate(data.pairs.map((pair, at) => ({ ...pair, score: scores[at] ?? 0 }))),
    tfidf: () => module.tfidfScores(data).map(({ score }) => score),
    keywords: () => module.keywordScores(data).map(({ score }) => score),
  };
}

const columns = ["category", "ferr-hr", "rjf"] as const;
export const tableHead = [
  `| scorer | macro AUC | ${columns.join(" | ")} | NDCG@10 ${[...columns, "hackerearth"].join(", ")} | >= 90 | precision there | stuffed >= 90 |`,
  "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
].join("\n");

const figure = (value: number | null | undefined) => (typeof value === "number" ? value.toFixed(3) : "-");
const percent = (value: number | null | undefined) =>
  typeof value === "number" ? `${(100 * value).toFixed(1)} %` : "-";

export function row(name: string, evaluation: Evaluation): string {
  const all = evaluation.ALL;
  const cells = [
    name,
    figure(all?.macro_auc),
    ...columns.map((source) => figure(evaluation[source]?.auc)),
    [...columns, "hackerearth"].map((source) => figure(evaluation[source]?.ndcg10)).join(", "),
    percent(all?.rate90),
    percent(all?.precision90),
    percent(all?.stuffed_rate90),
  ];
  return `| ${cells.join(" | ")} |`;
}
