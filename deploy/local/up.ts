/**
 * `callboard up`: the whole of Callboard on one machine. Starts every part, watches over them, and ends them in the
 * reverse order.
 */
import { join } from "node:path";
import { Redacted } from "effect";
import { type CallboardConfig, unknownSettings } from "../../supervisors/config.ts";
import { type Staging, stageInMemory } from "../../supervisors/staging-in-memory.ts";
import { seedDemo } from "./demo-seed.ts";
import { openLog } from "./log-file.ts";
import { natsStore, type Part, partsOf } from "./parts.ts";
import { isFree } from "./readiness.ts";
import { takeRunFile } from "./run-file.ts";
import { loadSecrets, type Secrets } from "./secrets.ts";
import { type SupervisedChild, superviseChild } from "./supervised-child.ts";
import { welcome } from "./welcome.ts";

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);

/** Throws one clear line for the first port that another program has. */
const checkPorts = async (parts: readonly Part[]): Promise<void> => {
  for (const part of parts) {
    for (const { port, host, variable } of part.ports) {
      if (!(await isFree(port, host))) {
        throw new Error(
          `Port ${port} on ${host}, which ${part.name} needs, is taken by another program: stop that program, or set ${variable} to another port.`,
        );
      }
    }
  }
};

/** The seed speaks as the actors do: with our own broker's password, else with the one given for another's. */
const demoCredentials = (config: CallboardConfig, secrets: Secrets): { user: string; pass: string } =>
  config.embedded.nats
    ? { user: "actors", pass: secrets.nats.actors }
    : { user: config.natsUser ?? "actors", pass: Redacted.value(config.natsPassword ?? Redacted.make("")) };

/**
 * Resolves when everything has been stopped: by SIGINT or SIGTERM. Rejects with one clear line if a part can't start;
 * the parts that had started are ended then.
 * @param since when the person began to wait, as of `performance.now()`
 */
export const up = async (config: CallboardConfig, since: number): Promise<void> => {
  const stop = new AbortController();
  const onSignal = (signal: NodeJS.Signals) => {
    if (!stop.signal.aborted) say(`\n${signal}: stopping`);
    stop.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  process.on("SIGHUP", onSignal);
  const stopped = new Promise<void>((resolve) => {
    stop.signal.addEventListener("abort", () => resolve(), { once: true });
  });

  for (const name of unknownSettings())
    say(`  note: ${name} is not a setting of Callboard's; is it misspelt?`);
  const run = await takeRunFile(config.home, (name) =>
    say(`  ${name} was left over from a start that was killed: ending it`),
  );
  const children: SupervisedChild[] = [];
  let staging: Staging | null = null;
  try {
    const secrets = await loadSecrets(config.home);
    const stages = await partsOf(config, secrets);
    await checkPorts(stages.flat());
    if (config.embedded.nats && config.syncInterval === "default") staging = stageInMemory(natsStore(config));
    for (const stage of stages) {
      await Promise.race([
        stopped,
        Promise.all(
          stage.map(async (part) => {
            const start = performance.now();
            const child = superviseChild(part, {
              log: openLog(join(config.home, "logs", `${part.name}.log`)),
              say: (line) => say(`  ${new Date().toISOString().slice(11, 19)} ${line}`),
              started: (pid) => run.note(part.name, pid),
            });
            children.push(child);
            await child.ready;
            say(`  ${part.name.padEnd(12)} ready  ${seconds(start).padStart(5)} s`);
          }),
        ),
      ]);
      if (stop.signal.aborted) return;
    }
    if (config.demoPortal === "on") await seedDemo(config, demoCredentials(config, secrets));
    say(await welcome(config, secrets, seconds(since)));
    await stopped;
  } finally {
    // Who uses goes before what is used: edge, node, then the servers.
    for (const child of children.reverse()) {
      const start = performance.now();
      await child.stop();
      say(`  ${child.name.padEnd(12)} stopped ${seconds(start).padStart(4)} s`);
    }
    await staging?.stop();
    await run.release();
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
    process.off("SIGHUP", onSignal);
  }
};
