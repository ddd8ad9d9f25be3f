/** Many actors that nobody talks to: what they cost the server, and what they cost those that are talked to. */
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { streams, subjects } from "../../protocols/subjects.ts";
import { startActorNode } from "../../supervisors/actor-node.ts";
import { writeBatch } from "../../supervisors/runtime/batch.ts";
import { hostKind } from "../../supervisors/runtime/hosted-kind.ts";
import { startNats } from "../../supervisors/testkit/nats.ts";
import { tree } from "../../supervisors/tree.ts";
import { echo } from "../echo.ts";
import { runner, tokenOf } from "../relay-race.ts";

const woken = 300;
const awake = 5_000;
const tokens = 500;
const hops = 30;

const residentMb = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");
const heap = () => {
  collect();
  return process.memoryUsage().heapUsed;
};

export async function dormantActors(size: number) {
  const nats = await startNats();
  const nc = await connect(nats.connection());
  const node = await startActorNode({
    nc,
    nodeId: "bench",
    kinds: [hostKind(echo, tree.catalog), hostKind(runner, tree.catalog)],
  });
  try {
    const js = jetstream(nc);
    const jsm = await jetstreamManager(nc);
    const waiting = new Map<string, () => void>();
    nc.subscribe(subjects.repliesTo("bench"), {
      callback: (_, { subject }) => waiting.get(subject.split(".").at(-1) ?? "")?.(),
    });
    let asked = 0;
    /** Milliseconds until the answer, which leaves after the turn has been stored. */
    const ask = async (id: string) => {
      const question = String(asked++);
      const answered = new Promise<void>((resolve) => waiting.set(question, resolve));
      const began = performance.now();
      await js.publish(
        subjects.mailbox(`echo.${id}`),
        JSON.stringify({ type: "Ask", n: 0, replyTo: subjects.reply("bench", question) }),
      );
      await answered;
      waiting.delete(question);
      return performance.now() - began;
    };
    const askAll = async (ids: readonly string[]) => {
      const took: number[] = [];
      for (const id of ids) took.push(await ask(id));
      return took.sort((a, b) => a - b);
    };

    // The record that the runtime itself stored of one, as that of all the others.
    await ask("first");
    const record = await jsm.streams.getMessage(streams.acts, {
      last_by_subj: subjects.state("echo.first"),
    });
    const body = record?.data ?? new Uint8Array();
    const never = new AbortController().signal;
    for (let n = 0; n < size; n += 1_000)
      await writeBatch(
        nc,
        Array.from({ length: Math.min(1_000, size - n) }, (_, i) => ({
          subject: subjects.state(`echo.d${n + i}`),
          body,
          headers: [["Nats-Rollup", "sub"]] as const,
        })),
        never,
      );
    const serverMb = residentMb(nats.pid);

    const ids = Array.from({ length: woken }, (_, i) => `d${(i * 7_919) % size}`);
    const wake = await askAll(ids);
    const again = await askAll(ids);

    const before = node.host.counts.inputs;
    const began = performance.now();
    for (let n = 0; n < tokens; n += 100)
      await Promise.all(
        Array.from({ length: 100 }, (_, i) =>
          js.publish(subjects.mailbox(`runner.r${n + i}`), tokenOf(n + i, hops - 1)),
        ),
      );
    while (node.host.counts.inputs - before < tokens * hops)
      await new Promise((resolve) => setTimeout(resolve, 2));
    const turnsPerSecond = (tokens * hops) / ((performance.now() - began) / 1_000);

    const heapBefore = heap();
    const toWake = Math.min(awake, size);
    for (let n = 0; n < toWake; n += 50)
      await Promise.all(Array.from({ length: 50 }, (_, i) => ask(`d${n + i}`)));
    const bytesAwake = (heap() - heapBefore) / toWake;
    const at = (values: readonly number[], share: number) =>
      values[Math.floor((values.length - 1) * share)] ?? 0;
    return {
      serverMb,
      wakeP50: at(wake, 0.5),
      wakeP99: at(wake, 0.99),
      awakeP50: at(again, 0.5),
      turnsPerSecond,
      bytesAwake,
    };
  } finally {
    await node.stop();
    await nc.close();
    await nats.stop();
  }
}
