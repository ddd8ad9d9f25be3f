/**
 * `npm run bench:growth -- [dormant] [reviews] [nodes]`: what growth costs. Dormant actors: memory, the time to wake one, the turn
 * rate. Pending reviews: what one assignment takes however many wait. Two nodes on two cores beside one.
 * `BENCH_MOST=1000000` goes on to a million (default 100,000).
 */
import { assignments } from "./growth/assignments.ts";
import { dormantActors } from "./growth/dormant-actors.ts";
import { nodesRate } from "./growth/nodes-rate.ts";

const asked = process.argv.slice(2);
const wants = (part: string) => asked.length === 0 || asked.includes(part);
const most = Number(process.env.BENCH_MOST ?? 100_000);
const runs = Number(process.env.BENCH_RUNS ?? 3);
const count = (value: number) => Math.round(value).toLocaleString("en");
const say = (text: string) => process.stdout.write(`${text}\n`);
const sizes = (from: number) => [1e2, 1e3, 1e4, 1e5, 1e6].filter((size) => size >= from && size <= most);
const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

if (wants("dormant")) {
  say(
    "| dormant actors | server MB | per actor | wake one p50 / p99 ms | awake one p50 ms | turns/s | node: per actor awake |",
  );
  say("| --- | --- | --- | --- | --- | --- | --- |");
  let before: { size: number; serverMb: number } | null = null;
  for (const size of sizes(1e3)) {
    const found = await dormantActors(size);
    const each: string =
      before === null
        ? "–"
        : `${count(((found.serverMb - before.serverMb) * 1024 * 1024) / (size - before.size))} B`;
    before ??= { size, serverMb: found.serverMb };
    say(
      `| ${count(size)} | ${count(found.serverMb)} | ${each} | ${found.wakeP50.toFixed(1)} / ${found.wakeP99.toFixed(1)} | ${found.awakeP50.toFixed(1)} | ${count(found.turnsPerSecond)} | ${count(found.bytesAwake)} B |`,
    );
  }
}
if (wants("reviews")) {
  say("\n| reviews pending | assignments/s | one after the other p50 / p99 ms | dispatcher stores |");
  say("| --- | --- | --- | --- |");
  for (const size of sizes(1e2)) {
    const { perSecond, p50, p99, bytes } = await assignments(size);
    say(
      `| ${count(size)} | ${count(perSecond)} | ${p50.toFixed(1)} / ${p99.toFixed(1)} | ${count(bytes)} B |`,
    );
  }
}
if (wants("nodes")) {
  const found: Record<1 | 2, number[]> = { 1: [], 2: [] };
  for (let run = 0; run < runs; run++)
    for (const nodes of [1, 2] as const) found[nodes].push(await nodesRate(nodes));
  const [one, two] = [median(found[1]), median(found[2])];
  say(
    `\nOne node process ${count(one)} turns/s, two ${count(two)}: ${(two / one).toFixed(2)} times (medians of ${runs}; server and nodes share the cores).`,
  );
}
process.exit(0);
