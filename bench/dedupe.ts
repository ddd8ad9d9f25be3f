/**
 * `npm run eval:dedupe`: how well the catalog tells one job on two boards from two jobs. Each pair is judged as the catalog does:
 * the same actor must hear both, and find the one in the other.
 */
import { catalogGroup } from "../actors/catalog/group.ts";
import { findJob, newJob } from "../actors/catalog/job.ts";
import { type Pair, pairs } from "./dedupe/pairs.ts";

const judgedSame = ({ a, b }: Pair) =>
  catalogGroup(a) === catalogGroup(b) &&
  findJob([newJob([], a, a.externalId)], b, b.externalId) !== undefined;

const percent = (part: number, whole: number) =>
  whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`;

function report(name: string, some: readonly Pair[]) {
  const count = (same: boolean, judged: boolean) =>
    some.filter((pair) => pair.same === same && judgedSame(pair) === judged).length;
  const [hits, misses, merged] = [count(true, true), count(true, false), count(false, true)];
  process.stdout.write(
    `| ${name} | ${some.length} | ${hits + misses} | ${percent(hits, hits + merged)} | ${percent(hits, hits + misses)} |\n`,
  );
}

process.stdout.write("| pairs | number | same | precision | recall |\n| --- | --- | --- | --- | --- |\n");
report("all", pairs);
for (const half of ["tuned", "held out"] as const)
  report(
    half,
    pairs.filter((pair) => pair.half === half),
  );
for (const pair of pairs.filter((one) => one.same !== judgedSame(one)))
  process.stdout.write(
    `${pair.half}: ${pair.same ? "missed" : "merged wrongly"} (${pair.why}): ${pair.a.title} | ${pair.a.company} | ${pair.a.locations} <> ${pair.b.title} | ${pair.b.company} | ${pair.b.locations}\n`,
  );
