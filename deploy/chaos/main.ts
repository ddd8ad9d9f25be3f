/** `npm run chaos`: see docs/chaos.md. Ends with 1 if an invariant was violated. */
import { parseArgs } from "node:util";
import { readConfig } from "../../supervisors/config.ts";
import { setUpTools } from "../local/setup/tools.ts";
import { runChaos } from "./chaos-run.ts";
import { faults } from "./faults.ts";
import { chaosTable, howToRepeat, violationsOf } from "./report.ts";

const usage = `Two minutes of it, with one seed, are a test: CHAOS_SEED=7 npm test -- deploy/chaos/chaos.test.ts

npm run chaos -- [--minutes 10] [--seed N] [--faults "node kill,server"] [--fault-every 650] [--rest-minutes 4] [--reviewers 6] [--posting-every 4000] [--boards "northwind,lumenpay"] [--brokers 3|1] [--sync default|always] [--keep] [--quiet]

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
      // Ten minutes shall hold over 300 faults.
      "fault-every": { type: "string", default: "650" },
      "rest-minutes": { type: "string", default: "4" },
      reviewers: { type: "string", default: "6" },
      "posting-every": { type: "string", default: "4000" },
      boards: { type: "string", default: "" },
      brokers: { type: "string", default: "3" },
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
const listed = (text: unknown): string[] =>
  String(text)
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
const only = listed(values.faults);
const boards = listed(values.boards);
for (const part of only)
  if (!faults.some(({ kind }) => kind.includes(part))) stop(`No kind of fault has "${part}" in its name.`);
if (values.sync !== "default" && values.sync !== "always") stop("--sync is default or always.");
if (values.brokers !== "1" && values.brokers !== "3") stop("--brokers is 3, a cluster, or 1.");

await setUpTools(readConfig(), () => {});
process.stdout.write(`seed ${seed}\n`);
const report = await runChaos({
  minutes: number("minutes", String(values.minutes), 0.1, 120),
  seed,
  faults: only,
  faultEveryMs: number("fault-every", String(values["fault-every"]), 100, 600_000),
  ...(boards.length > 0 ? { companies: boards } : {}),
  restMinutes: number("rest-minutes", String(values["rest-minutes"]), 0.1, 30),
  brokers: values.brokers === "1" ? 1 : 3,
  sync: values.sync,
  reviewers: number("reviewers", String(values.reviewers), 2, 50),
  newPostingEveryMs: number("posting-every", String(values["posting-every"]), 500, 600_000),
  keep: values.keep === true,
  log: values.quiet === true ? () => {} : (line) => void process.stdout.write(`${line}\n`),
});
process.stdout.write(`\nSeed ${seed}.\n\n${chaosTable(report)}\n`);
if (violationsOf(report) > 0) {
  process.stdout.write(`\n${howToRepeat(report)}\n`);
  process.exit(1);
}
process.exit(0);
