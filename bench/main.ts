/** `npm run bench`: prints one table. Ratios within one run; medians, since machines are noisy. */

import { mostInputsPerTurn } from "../supervisors/runtime/resident-actor.ts";
import { floorRate, runtimeRate, workloads } from "./durable-turn.ts";
import { failoverTable } from "./failover-table.ts";
import { timerCount, timerLateness } from "./timers.ts";

const runs = Number(process.env.BENCH_RUNS ?? 3);
const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const count = (value: number) => Math.round(value).toLocaleString("en");

process.stdout.write(
  `Durable turns: state 400 B and one 150 B message each; medians of ${runs} runs, floor and runtime in turn.\n\n`,
);
process.stdout.write(
  "| workload | sync_interval | floor/s | runtime/s | of the floor |\n| --- | --- | --- | --- | --- |\n",
);
for (const syncAlways of [true, false])
  for (const workload of workloads) {
    const floor: number[] = [];
    const runtime: number[] = [];
    for (let run = 0; run < runs; run++) {
      floor.push(await floorRate(workload, syncAlways, workload.hops > 0 ? 1 : mostInputsPerTurn));
      runtime.push(await runtimeRate(workload, syncAlways));
    }
    const [f, r] = [median(floor), median(runtime)];
    process.stdout.write(
      `| ${workload.name} | ${syncAlways ? "always" : "default"} | ${count(f)} | ${count(r)} | ${Math.round((100 * r) / f)} % |\n`,
    );
  }

const late = await timerLateness();
const at = (share: number) => late[Math.min(late.length - 1, Math.floor(late.length * share))];
process.stdout.write(
  `\n${count(timerCount)} timers over 10 s: late p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms.\n`,
);

process.stdout.write(`\n${await failoverTable()}\n`);
