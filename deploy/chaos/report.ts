/** The one table of a run. */
import type { ChaosReport } from "./chaos-run.ts";

export const violationsOf = ({ verdict }: ChaosReport): number =>
  [...verdict.violations.values()].reduce((sum, wrong) => sum + wrong.length, 0);

/** For the end of a run that found something: the same faults again, and where to look. */
export function howToRepeat({ options, home }: ChaosReport): string {
  const {
    minutes,
    seed,
    faults,
    restMinutes,
    brokers,
    sync,
    reviewers,
    newPostingEveryMs,
    companies,
    faultEveryMs,
  } = options;
  const flags = [
    `--minutes ${minutes} --seed ${seed} --rest-minutes ${restMinutes} --reviewers ${reviewers}`,
    `--posting-every ${newPostingEveryMs} --brokers ${brokers} --sync ${sync} --fault-every ${faultEveryMs}`,
    ...(faults.length > 0 ? [`--faults "${faults.join(",")}"`] : []),
    ...(companies === undefined ? [] : [`--boards "${companies.join(",")}"`]),
  ];
  return `Seed ${seed}. The same faults again: npm run chaos -- ${flags.join(" ")}\nLogs: ${home}/logs`;
}

export function chaosTable(report: ChaosReport): string {
  const { injected, verdict, turns, acknowledged, diskRefused, restMs } = report;
  const lines = ["| fault | times |", "| --- | --- |"];
  for (const [kind, times] of [...injected.counts].sort((a, b) => b[1] - a[1]))
    lines.push(`| ${kind} | ${times} |`);
  if (diskRefused !== "")
    lines.push(`| server's disk full | skipped: this machine can't mount a small disk (${diskRefused}) |`);
  lines.push(`| **faults** | **${injected.total}** |`, "", "| invariant | violations |", "| --- | --- |");
  for (const [name, wrong] of verdict.violations) lines.push(`| ${name} | ${wrong.length} |`);
  lines.push(
    `| **violations** | **${violationsOf(report)}** |`,
    "",
    `${turns} turns, ${verdict.facts} facts, ${acknowledged} acknowledged messages and commands, ` +
      `${verdict.applications} applications, ${verdict.submissions} submissions, misses: ${verdict.strikes} strikes ` +
      `(${verdict.voided} taken back) and ${verdict.excused} excused; reviews: ` +
      `${Object.entries(verdict.reviews)
        .map(([outcome, times]) => `${times} ${outcome}`)
        .join(", ")}; ` +
      `at rest ${(restMs / 1_000).toFixed(0)} s after the last fault.`,
  );
  for (const [name, wrong] of verdict.violations)
    for (const line of wrong.slice(0, 20)) lines.push(`VIOLATION ${name}: ${line}`);
  return lines.join("\n");
}
