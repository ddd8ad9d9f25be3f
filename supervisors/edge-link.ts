/**
 * An edge's line to the actors: tells and asks them, hears facts, keeps presence and the edge's own lease, and reads and
 * writes documents. It is connected as the user `edge`, who may do no more than this.
 */
import { randomBytes } from "node:crypto";
import { type JetStreamManager, jetstream, jetstreamManager } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import { headers, type NatsConnection } from "@nats-io/transport-node";
import { Option, Schema } from "effect";
import type { Registry } from "prom-client";
import { encodeToken } from "../protocols/address.ts";
import { DeskAnswer, type DeskRequest } from "../protocols/dead-letter.ts";
import { header, newTrace, traceparent } from "../protocols/envelope.ts";
import { NodeLease } from "../protocols/node-lease.ts";
import { partitionOf } from "../protocols/partition.ts";
import { BoardStanding } from "../protocols/portal.ts";
import { buckets, objectStores, streams, subjects } from "../protocols/subjects.ts";
import { askAgain } from "./ask-again.ts";
import { type ReadFact, readFact } from "./capabilities/archive/stored-fact.ts";
import type { CallboardConfig } from "./config.ts";
import { connectNats } from "./connect-nats.ts";
import { edgeQuestions, NoAnswer } from "./edge-questions.ts";
import { factFeed } from "./fact-feed.ts";
import { type Figure, gatherFigures, readFigures, serveFigures } from "./observe/figures.ts";
import { readObject } from "./read-object.ts";
import { readDirect } from "./storage/read-direct.ts";

export { NoAnswer } from "./edge-questions.ts";

/** The same was told before, with the same key: it is not told again, and its answer went to who told it first. */
export class AlreadyTold extends Error {
  override readonly name = "AlreadyTold";
}

export interface EdgeLink {
  /** Unique for this run of this edge. */
  readonly edgeId: string;
  /**
   * Stored when it resolves. `key` makes it be heard once, however often it is told within ten minutes, by whichever edge.
   * @returns false if it was told before
   */
  tell(address: string, message: { readonly type: string }, key?: string): Promise<boolean>;
  /**
   * Adds `replyTo` and resolves with what the actor answers. `onlyReads`: whoever owns the actor may answer at once from its stored
   * state, ahead of mail that it has not heard yet. @throws NoAnswer after `timeoutMs`, 5 s unless told; AlreadyTold if the same key
   * was told before
   */
  ask(
    address: string,
    message: { readonly type: string },
    options?: {
      readonly timeoutMs?: number;
      readonly key?: string | undefined;
      readonly onlyReads?: boolean;
    },
  ): Promise<unknown>;
  /** Says something to all other edges that are here now; what is lost on the way is not said again. */
  sayToEdges(word: EdgeWord): void;
  onEdgeWord(listener: (word: EdgeWord) => void): void;
  /** Asks a node's desk about dead letters or parked actors. @throws NoAnswer after 18 s, or if there is no node. */
  askDesk(request: DeskRequest): Promise<DeskAnswer>;
  /** The last fact of this type that this actor said; null if there is none. */
  lastFact(type: string, actorId: string): Promise<ReadFact | null>;
  /** Facts from now on, in order. */
  onFact(listener: (fact: ReadFact) => void): void;
  /** Called when the line is lost, and when it is back: what happened meanwhile may have been missed. */
  onLine(listener: (isUp: boolean) => void): void;
  readObject(store: keyof typeof objectStores, name: string): Promise<Uint8Array | null>;
  /** Notes that this employee is here; `gone` takes the note away if it is still this edge's. */
  present(employee: string): Promise<void>;
  gone(employee: string): Promise<void>;
  isPresent(employee: string): Promise<boolean>;
  /** Round trip to the server, milliseconds. */
  ping(): Promise<number>;
  /** How each board stands, as its actor last said it. */
  boards(): Promise<readonly BoardStanding[]>;
  /** What each live node says of itself. */
  nodes(): Promise<readonly NodeLease[]>;
  /** What each of our streams keeps: how many messages, and the age of the oldest in seconds, 0 if there is none. */
  streams(): Promise<ReadonlyMap<string, { readonly messages: number; readonly oldestSeconds: number }>>;
  /** From now on this edge is listed by `nats micro` and answers with its figures. */
  serveFigures(registry: Registry, summary: () => unknown): Promise<void>;
  /** The figures of all nodes and edges, as Prometheus reads them. */
  gatherFigures(): ReturnType<typeof gatherFigures>;
  /** The same as values. */
  readFigures(): Promise<readonly Figure[]>;
  /** Gives the lease back and hangs up. */
  close(): Promise<void>;
}

/** What edges say among themselves. */
const EdgeWord = Schema.Struct({
  type: Schema.Literal("SessionsEnded"),
  /** Hashes of their ids. */
  keys: Schema.Array(Schema.String),
});
export type EdgeWord = typeof EdgeWord.Type;
const decodeEdgeWord = Schema.decodeUnknownOption(
  Schema.fromJsonString(Schema.Struct({ from: Schema.String, word: EdgeWord })),
);

const renewEveryMs = 1_000;
/** An owner answers within milliseconds, or it is busy or gone: then the question goes by mail. */
const lookMs = 500;
/** A phase of a replay waits up to 15 s; the edge itself gives up at 20. */
const deskPatienceMs = 18_000;
const decodeDeskAnswer = Schema.decodeUnknownSync(DeskAnswer);

export async function openEdgeLink(config: CallboardConfig, log: (line: string) => void): Promise<EdgeLink> {
  const edgeId = `${config.nodeId}-${randomBytes(4).toString("hex")}`;
  const nc = await connectNats(config, "edge", `edge ${edgeId}`);
  try {
    return await linkOn(nc, edgeId, log);
  } catch (error) {
    await nc.close();
    throw error;
  }
}

async function linkOn(nc: NatsConnection, edgeId: string, log: (line: string) => void): Promise<EdgeLink> {
  const js = jetstream(nc, { timeout: 5_000 });
  const jsm = await jetstreamManager(nc, { checkAPI: false, timeout: 5_000 });
  const kvm = new Kvm(nc);
  const [presence, leases] = await Promise.all(
    [buckets.presence, buckets.edges].map((bucket) => kvm.open(bucket, { allow_direct: true })),
  );
  if (!presence || !leases) throw new Error("unreachable: each bucket was opened or has thrown.");
  const questions = edgeQuestions(nc, edgeId);
  const { untilAnswered, lineIsBack } = askAgain();
  const renew = () => leases.put(edgeId, JSON.stringify({ at: new Date().toISOString() }));
  await renew();
  const lease = setInterval(() => {
    renew().catch(() => {}); // Lost with the line; the next one renews it.
  }, renewEveryMs);
  const listeners: ((fact: ReadFact) => void)[] = [];
  const lineListeners: ((isUp: boolean) => void)[] = [];
  let closed = false;
  const feed = factFeed(
    nc,
    jsm,
    (fact) => {
      for (const listener of listeners) listener(fact);
    },
    log,
  );
  await feed.open();
  const say = (isUp: boolean) => {
    for (const listener of lineListeners) listener(isUp);
  };
  /** Counts the times that the line was lost: what was asked on one that is lost, too, is waited for in vain. */
  let lost = 0;
  const readMissed = async () => {
    const before = lost;
    await feed.open().catch((error) => log(`facts can't be read: ${error}`));
    if (before === lost) say(true);
  };
  void (async () => {
    for await (const { type } of nc.status()) {
      if (type === "disconnect") {
        lost++;
        log("the line to NATS is lost");
        say(false);
      }
      if (type !== "reconnect" || closed) continue;
      log("connected to NATS again");
      lineIsBack();
      void readMissed();
    }
  })();

  const tell: EdgeLink["tell"] = async (address, message, key) => {
    const h = headers();
    h.set(header.trace, traceparent(newTrace()));
    h.set(header.from, `edge.${encodeToken(edgeId)}`);
    const msgID = key ?? `${edgeId}-${randomBytes(8).toString("hex")}`;
    return await untilAnswered(async (again) => {
      const { duplicate } = await js.publish(subjects.tell(address), JSON.stringify(message), {
        headers: h,
        msgID,
      });
      // Told again, it may have been stored the first time.
      return again || !duplicate;
    });
  };

  /** @returns null if nobody owns the actor now, it is not in memory, or it would do more than answer */
  const look = async (address: string, message: { readonly type: string }): Promise<unknown> => {
    const question = JSON.stringify({ ...message, replyTo: subjects.reply(edgeId, "look") });
    const asked = nc.request(subjects.look(address, partitionOf(address)), question, { timeout: lookMs });
    const answer = await asked.catch(() => null);
    return answer === null || answer.data.length === 0 ? null : answer.json();
  };

  return {
    edgeId,
    tell,
    ask: async (address, message, { timeoutMs = 5_000, key, onlyReads = false } = {}) => {
      const seen = onlyReads ? await look(address, message) : null;
      if (seen !== null) return seen;
      const question = questions.open(timeoutMs, `${address} has not answered ${message.type} in time.`);
      try {
        if (!(await tell(address, { ...message, replyTo: question.subject } as { type: string }, key)))
          throw new AlreadyTold(`${address} was told ${message.type} before, with the same key.`);
      } catch (error) {
        question.cancel();
        throw error;
      }
      return await question.answer;
    },
    askDesk: async (request) => {
      const asked = nc.request(subjects.desk, JSON.stringify(request), { timeout: deskPatienceMs });
      const answer = await asked.catch((error) => {
        throw new NoAnswer(`No node's desk has answered ${request.type}: ${error}`);
      });
      return decodeDeskAnswer(answer.json());
    },
    lastFact: async (type, actorId) => {
      const found = await untilAnswered(() =>
        jsm.direct.getMessage(streams.events, { last_by_subj: subjects.event(type, actorId) }),
      );
      return found === null
        ? null
        : readFact({ seq: found.seq, subject: found.subject, text: found.string() });
    },
    sayToEdges: (word) => {
      if (!nc.isClosed()) nc.publish(subjects.edges, JSON.stringify({ from: edgeId, word }));
    },
    onEdgeWord: (listener) =>
      void nc.subscribe(subjects.edges, {
        callback: (_, message) => {
          const said = decodeEdgeWord(message.string());
          if (Option.isSome(said) && said.value.from !== edgeId) listener(said.value.word);
        },
      }),
    onFact: (listener) => void listeners.push(listener),
    onLine: (listener) => void lineListeners.push(listener),
    readObject: (store, name) => untilAnswered(() => readObject(jsm, objectStores[store], name)),
    present: async (employee) => {
      const note = JSON.stringify({ edge: edgeId, since: new Date().toISOString() });
      await untilAnswered(() => presence.put(keyOf(employee), note));
    },
    gone: async (employee) => {
      const entry = await presence.get(keyOf(employee));
      if (entry?.operation !== "PUT" || edgeOf(entry.string()) !== edgeId) return;
      // Another edge may write in between; then it is theirs, and stays.
      await presence.delete(keyOf(employee), { previousSeq: entry.revision }).catch(() => {});
    },
    isPresent: async (employee) =>
      (await untilAnswered(() => presence.get(keyOf(employee))))?.operation === "PUT",
    ping: () => nc.rtt(),
    nodes: () => untilAnswered(() => valuesOf(jsm, buckets.nodes, decodeLease)),
    boards: () => untilAnswered(() => valuesOf(jsm, buckets.boards, decodeStanding)),
    streams: async () =>
      new Map(
        await Promise.all(
          Object.values(streams).map(async (stream) => {
            const { messages, first_ts } = (await jsm.streams.info(stream)).state;
            const ageMs = messages === 0 ? 0 : Math.max(0, Date.now() - Date.parse(first_ts));
            return [stream, { messages, oldestSeconds: ageMs / 1_000 }] as const;
          }),
        ),
      ),
    serveFigures: async (registry, summary) => {
      const description = "The front door: dashboard, HTTP and WebSocket.";
      await serveFigures(nc, {
        name: "callboard-edge",
        description,
        metadata: { edge: edgeId },
        registry,
        summary,
      });
    },
    gatherFigures: () => gatherFigures(nc),
    readFigures: () => readFigures(nc),
    close: async () => {
      closed = true;
      clearInterval(lease);
      feed.close();
      if (!nc.isClosed()) {
        await leases.delete(edgeId).catch(() => {}); // Without a server the lease runs out by itself.
        await nc.close();
      }
      questions.close();
    },
  };
}

export const keyOf = (employee: string) => `employee.${encodeToken(employee)}`;

/** The edge in a presence note; "" if it can't be read. */
export const edgeOf = (note: string): string => {
  try {
    const value: unknown = JSON.parse(note);
    return typeof value === "object" && value !== null && "edge" in value ? String(value.edge) : "";
  } catch {
    return ""; // Nobody's note: as good as one of a dead edge.
  }
};

const decodeLease = Schema.decodeUnknownOption(Schema.fromJsonString(NodeLease));
const decodeStanding = Schema.decodeUnknownOption(Schema.fromJsonString(BoardStanding));

/** All that a bucket holds; what this build does not understand, as what is deleted, is left out. */
async function valuesOf<T>(
  jsm: JetStreamManager,
  bucket: string,
  decode: (text: string) => Option.Option<T>,
): Promise<T[]> {
  const values: T[] = [];
  for (const entry of await readDirect(jsm, `KV_${bucket}`, { multi_last: [`$KV.${bucket}.>`] })) {
    const value = decode(entry.string());
    if (Option.isSome(value)) values.push(value.value);
  }
  return values;
}
