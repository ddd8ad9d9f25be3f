/** Durable turns per second of one or of several node processes that share the partitions, on one server. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { jetstream } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { partitions, subjects } from "../../protocols/subjects.ts";
import { startNats } from "../../supervisors/testkit/nats.ts";
import { runnerId, tokenOf } from "../relay-race.ts";

const tokens = 2_000;
const hops = 40;

export async function nodesRate(nodes: number): Promise<number> {
  const nats = await startNats();
  const nc = await connect(nats.connection());
  const { servers, user, pass } = nats.connection();
  const children: ChildProcess[] = [];
  const heard = new Map<number, { inputs: number; partitions: number }>();
  try {
    for (let n = 0; n < nodes; n++) {
      const child = fork(
        fileURLToPath(new URL("./runner-node.js", import.meta.url)),
        [servers, user, `node${n}`],
        {
          env: { ...process.env, BENCH_PASSWORD: pass },
        },
      );
      children.push(child);
      child.on("message", (message) => void heard.set(n, message as { inputs: number; partitions: number }));
      await once(child, "message");
    }
    const settled = () =>
      heard.size === nodes &&
      [...heard.values()].every(({ partitions: own }) => own > 0) &&
      sum("partitions") === partitions;
    const sum = (what: "inputs" | "partitions") =>
      [...heard.values()].reduce((total, one) => total + one[what], 0);
    while (!settled()) await new Promise((resolve) => setTimeout(resolve, 20));
    const js = jetstream(nc);
    for (let n = 0; n < tokens; n += 500)
      await Promise.all(
        Array.from({ length: 500 }, (_, i) =>
          js.publish(subjects.mailbox(`runner.${runnerId(n + i)}`), tokenOf(n + i, hops - 1)),
        ),
      );
    // Between a tenth and nine tenths: without the start and the thinning tail.
    const reach = async (share: number) => {
      while (sum("inputs") < tokens * hops * share) await new Promise((resolve) => setTimeout(resolve, 5));
      return { at: performance.now(), inputs: sum("inputs") };
    };
    const [from, to] = [await reach(0.1), await reach(0.9)];
    return ((to.inputs - from.inputs) * 1_000) / (to.at - from.at);
  } finally {
    for (const child of children) child.kill("SIGKILL");
    await nc.close();
    await nats.stop();
  }
}
