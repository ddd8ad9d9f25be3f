/** `npm run chaos`: see docs/chaos.md. Ends with 1 if an invariant was violated. */
import { parseArgs } from "node:util";
import { runChaos } from "./chaos-run.ts";
import { faults } from "./faults.ts";
import { chaosTable, violationsOf } from "./report.ts";

const usage = `npm run chaos -- [--minutes 10] [--seed N] [--faults "node kill,server"] [--rest-minutes 4] [--reviewers 6] [--posting-every 4000] [--sync default|always] [--keep] [--quiet]

Kinds of faults: ${faults.map(({ kind }) => kind).join(" · ")}`;

function stop(why: string): never {
  process.stderr.write(`${why}\n\n${usage}\n`);
  process.exit(2);
}

const number = (name: string, text: string, least: number, most: number): number => {
  const value = Number(text);
  if (!Number.isFinite(value) || value < least || value > most)
    stop(`--${name} is ${text}; allowed is a number from ${least} to ${most}.`);
  return value;
};

let values: Record<string, string | boolean | undefined>;
try {
  ({ values } = parseArgs({
    options: {
      minutes: { type: "string", default: "10" },
      seed: { type: "string", default: String(Math.floor(Math.random() * 1e9)) },
      faults: { type: "string", default: "" },
      "rest-minutes": { type: "string", default: "4" },
      reviewers: { type: "string", default: "6" },
      "posting-every": { type: "string", default: "4000" },
      sync: { type: "string", default: "default" },
      keep: { type: "boolean", default: false },
      quiet: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  }));
} catch (error) {
  stop(error instanceof Error ? error.message : String(error));
}
if (values.help === true) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
const seed = number("seed", String(values.seed), 0, 2 ** 32 - 1);
const only = String(values.faults)
  .split(",")
  .map((part) => part.trim())
  .filter((part) => part !== "");
for (const part of only)
  if (!faults.some(({ kind }) => kind.includes(part))) stop(`No kind of fault has "${part}" in its name.`);
if (values.sync !== "default" && values.sync !== "always") stop("--sync is default or always.");

process.stdout.write(`seed ${seed}\n`);
const report = await runChaos({
  minutes: number("minutes", String(values.minutes), 0.1, 120),
  seed,
  faults: only,
  restMinutes: number("rest-minutes", String(values["rest-minutes"]), 0.1, 30),
  sync: values.sync,
  reviewers: number("reviewers", String(values.reviewers), 2, 50),
  newPostingEveryMs: number("posting-every", String(values["posting-every"]), 500, 600_000),
  keep: values.keep === true,
  log: values.quiet === true ? () => {} : (line) => void process.stdout.write(`${line}\n`),
});
process.stdout.write(`\nSeed ${seed}.\n\n${chaosTable(report)}\n`);
if (violationsOf(report) > 0) {
  process.stdout.write(`\nRun it again with --seed ${seed}. Logs: ${report.home}/logs\n`);
  process.exit(1);
}
process.exit(0);
