/** Each chart as a table: the numbers behind its dots. */
import type { Chart, KpiBucket, KpiSeries } from "../../protocols/api/history.ts";
import { csvOf, isoTime } from "./csv.ts";

type Column = readonly [head: string, value: (bucket: KpiBucket) => number | null];

const columns: Readonly<Record<Exclude<Chart, "why-human">, readonly Column[]>> = {
  decisions: [
    ["auto", ({ auto }) => auto],
    ["human approved", ({ humanApproved }) => humanApproved],
    ["human rejected", ({ humanRejected }) => humanRejected],
    ["auto rate", ({ autoRate }) => autoRate],
    ["human rate", ({ humanRate }) => humanRate],
  ],
  "handle-time": [
    ["reviews", ({ handled }) => handled],
    ["p50 ms", ({ handleP50Ms }) => handleP50Ms],
    ["p90 ms", ({ handleP90Ms }) => handleP90Ms],
    ["allowed ms", ({ slaMs }) => slaMs],
    ["on time rate", ({ onTimeRate }) => onTimeRate],
  ],
  misses: [
    ["person", ({ misses }) => misses.person],
    ["connectivity", ({ misses }) => misses.connectivity],
    ["platform", ({ misses }) => misses.platform],
    ["poison", ({ misses }) => misses.poison],
    ["strikes", ({ strikes }) => strikes],
  ],
  funnel: [
    ["found", ({ found }) => found],
    ["matched", ({ matched }) => matched],
    ["sent", ({ sent }) => sent],
    ["confirmed", ({ confirmed }) => confirmed],
    ["failed", ({ failed }) => failed],
    ["duplicates", ({ duplicates }) => duplicates],
  ],
  "assign-time": [
    ["assigned", ({ assigned }) => assigned],
    ["p50 ms", ({ assignP50Ms }) => assignP50Ms],
    ["p95 ms", ({ assignP95Ms }) => assignP95Ms],
  ],
};

export const kpiCsv = ({ buckets, whyHuman }: KpiSeries, chart: Chart): string => {
  if (chart === "why-human")
    return csvOf(
      ["why", "applications"],
      whyHuman.map(({ why, applications }) => [why, applications]),
    );
  const some = columns[chart];
  return csvOf(
    ["from", ...some.map(([head]) => head)],
    buckets.map((bucket) => [isoTime(bucket.at), ...some.map(([, value]) => value(bucket))]),
  );
};
