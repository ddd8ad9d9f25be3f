/** Failover as one table: `node dist/bench/failover-table.js` alone, and the end of `npm run bench`. */
import { fileURLToPath } from "node:url";
import { silenceAfter } from "./failover.ts";

const at = (values: readonly number[], share: number) =>
  Math.round(values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0);

export async function failoverTable(): Promise<string> {
  const lines = [
    "| a node of three goes | asked through | actors moved | answer elsewhere p50 / p99 | questions meanwhile p50 / p99 / most | unanswered |",
    "| --- | --- | --- | --- | --- | --- |",
  ];
  for (const way of ["tell", "mailbox"] as const)
    for (const how of ["kill -9", "SIGTERM"] as const) {
      const { moved, silentMs, answeredMs, unanswered } = await silenceAfter(how, way);
      const through = way === "tell" ? "TELLS, as an edge" : "the mailbox";
      lines.push(
        `| ${how} | ${through} | ${moved} | ${at(silentMs, 0.5)} / ${at(silentMs, 0.99)} ms | ` +
          `${at(answeredMs, 0.5)} / ${at(answeredMs, 0.99)} / ${at(answeredMs, 1)} ms | ${unanswered} |`,
      );
    }
  return lines.join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${await failoverTable()}\n`);
