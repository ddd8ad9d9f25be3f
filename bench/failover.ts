/**
 * How long actors are silent when their node is killed, and when it hands over in order. Three nodes, 60 actors; each is asked five
 * times a second and answers after its turn has been stored. Asked as an edge does: through TELLS, whose copy line runs on one of the
 * nodes, and that one goes, so that its line is silent too; or straight into the mailbox, as an actor's turn does.
 */
import { fileURLToPath } from "node:url";
import { jetstream } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { partitions, subjects } from "../protocols/subjects.ts";
import { ownerOf } from "../supervisors/placement/rendezvous.ts";
import { startNats } from "../supervisors/testkit/nats.ts";
import { type ServerProcess, startServer } from "../supervisors/testkit/server-process.ts";

const actorCount = 60;
const askEveryMs = 200;
const watchMs = 6_000;

export interface Silence {
  /** Actors of the node that went. */
  readonly moved: number;
  /** From its going to each one's first answer elsewhere, milliseconds, sorted. */
  readonly silentMs: readonly number[];
  /** Of all questions to all actors meanwhile, milliseconds, sorted. */
  readonly answeredMs: readonly number[];
  readonly unanswered: number;
}

/** As the server's `partition()` transform: FNV-1a over the tokens. */
function partitionOf(...tokens: readonly string[]): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(tokens.join("")))
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % partitions;
}

export type Way = "tell" | "mailbox";
const nodeIds = ["one", "two", "three"];

export async function silenceAfter(how: "kill -9" | "SIGTERM", way: Way): Promise<Silence> {
  const nats = await startNats();
  const nc = await connect(nats.connection(way === "tell" ? "edge" : "actors"));
  const nodes = new Map<string, ServerProcess>();
  try {
    const { servers, user, pass } = nats.connection("actors");
    const script = fileURLToPath(new URL("./echo-node.js", import.meta.url));
    for (const nodeId of nodeIds)
      nodes.set(
        nodeId,
        await startServer({
          command: process.execPath,
          args: [script, servers, user, nodeId],
          env: { BENCH_PASSWORD: pass },
          ready: /echo node is ready/,
        }),
      );
    const asked: { actor: number; at: number; answeredAt: number | null }[] = [];
    nc.subscribe(subjects.repliesTo("bench"), {
      callback: (_, message) => {
        const question = asked[message.json<{ n: number }>().n];
        if (question) question.answeredAt ??= performance.now();
      },
    });
    const js = jetstream(nc);
    const askAll = () => {
      for (let actor = 0; actor < actorCount; actor++) {
        const n = asked.push({ actor, at: performance.now(), answeredAt: null }) - 1;
        const question = { type: "Ask", n, replyTo: subjects.reply("bench", String(n)) };
        js.publish(subjects[way](`echo.e${actor}`), JSON.stringify(question)).catch(() => {}); // Counted as unanswered.
      }
    };
    const timer = setInterval(askAll, askEveryMs);
    await new Promise((resolve) => setTimeout(resolve, 3_000)); // All are in memory, and the placement is at rest.
    const victimId = ownerOf("tells", nodeIds);
    const victim = nodes.get(victimId ?? "") as ServerProcess;
    const goneAt = performance.now();
    if (how === "kill -9") await victim.kill();
    else await victim.stop();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, goneAt + watchMs - performance.now())));
    clearInterval(timer);
    await new Promise((resolve) => setTimeout(resolve, 1_500)); // For the last answers.

    const ofVictim = (actor: number) =>
      ownerOf(`echo/${partitionOf("echo", `e${actor}`)}`, nodeIds) === victimId;
    const meanwhile = asked.filter(({ at }) => at >= goneAt);
    const first = new Map<number, number>();
    for (const { actor, answeredAt } of meanwhile)
      if (answeredAt !== null && ofVictim(actor))
        first.set(actor, Math.min(first.get(actor) ?? Number.POSITIVE_INFINITY, answeredAt - goneAt));
    const sorted = (values: number[]) => values.sort((a, b) => a - b);
    return {
      moved: Array.from({ length: actorCount }, (_, actor) => actor).filter(ofVictim).length,
      silentMs: sorted([...first.values()]),
      answeredMs: sorted(
        meanwhile.flatMap(({ at, answeredAt }) => (answeredAt === null ? [] : [answeredAt - at])),
      ),
      unanswered: meanwhile.filter(({ answeredAt }) => answeredAt === null).length,
    };
  } finally {
    for (const node of nodes.values()) await node.stop();
    await nc.close();
    await nats.stop();
  }
}
