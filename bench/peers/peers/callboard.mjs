/** Callboard: one node with the entity, dispatcher, employee and sleeper kinds on one nats-server with sync_interval: always. */
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { dispatcherActor } from "../../../dist/actors/dispatcher/actor.js";
import { keyOf } from "../../../dist/bench/peers/app.js";
import { application, employee, entity, sleeper } from "../../../dist/bench/peers/callboard-kinds.js";
import { subjects } from "../../../dist/protocols/subjects.js";
import { startActorNode } from "../../../dist/supervisors/actor-node.js";
import { takeReviewTask } from "../../../dist/supervisors/capabilities/review-queue/take-review.js";
import { hostKind } from "../../../dist/supervisors/runtime/hosted-kind.js";
import { startNats } from "../../../dist/supervisors/testkit/nats.js";
import { tree } from "../../../dist/supervisors/tree.js";
import { bounded, until } from "../lib/clock.mjs";

export const gives = "keyed order, state and outbox in one commit";
const decoder = new TextDecoder();

export async function server(dir) {
  const nats = await startNats({ syncAlways: true, store: dir });
  return {
    expose: { nats: nats.connection("actors") },
    kill9: () => nats.kill(),
    restart: () => nats.restart(),
    stop: () => nats.stop(),
  };
}

const open = ({ nats }) =>
  connect({ ...nats, maxReconnectAttempts: -1, reconnectTimeWait: 100, reconnectJitter: 0 });

export async function worker(options, report) {
  const nc = await open(options);
  const observer = {
    stored({ kind, turn, tookMs }) {
      if (kind === "entity")
        for (const { body } of turn.consumed) report.turn(JSON.parse(decoder.decode(body)));
      if (kind === "employee")
        for (const { body, address } of turn.consumed)
          report.offer(Number(JSON.parse(decoder.decode(body)).task), address, tookMs);
      // Not a turn that only proves the partition ours.
      const heard = turn.consumed.some((input) => input.kind !== "proof");
      if (kind === "sleeper" && heard && turn.state.snapshot?.value === "fired")
        report.fire(Number(turn.state.snapshot.context.n), turn.state.snapshot.context.dueAt);
    },
    redelivered() {},
    lostRace() {},
  };
  const dispatcher = hostKind(dispatcherActor(), tree.dispatcher, { takeReview: takeReviewTask({ nc }) });
  const kinds = {
    w2: [dispatcher, hostKind(application, tree.application), hostKind(employee, tree.employee)],
    w3: [hostKind(sleeper, tree.catalog)],
  };
  const node = await startActorNode({
    nc,
    nodeId: "bench",
    kinds: kinds[options.workload] ?? [hostKind(entity, tree.catalog)],
    observers: [observer],
    log: (text) => console.error(text),
  });
  return {
    stop: async () => {
      await node.stop();
      await nc.close();
    },
  };
}

export async function client(options) {
  const nc = await open(options);
  const js = jetstream(nc);
  const jsm = await jetstreamManager(nc);
  const waiting = new Map();
  let questions = 0;
  nc.subscribe(subjects.repliesTo("bench"), {
    callback: (_, { subject }) => {
      const question = subject.split(".").at(-1);
      waiting.get(question)?.();
      waiting.delete(question);
    },
  });
  const tell = async (address, message) => {
    await js.publish(subjects.mailbox(address), JSON.stringify(message));
  };
  /** Resolves when the turn is stored: an answer leaves the node after that. */
  const ask = async (address, message) => {
    const question = String(questions++);
    const answered = new Promise((resolve) => waiting.set(question, resolve));
    await tell(address, { ...message, replyTo: subjects.reply("bench", question) });
    await answered;
  };
  return {
    send: (hop) => tell(`entity.${keyOf(hop)}`, { type: "Turn", ...hop }),
    turn: (hop) => ask(`entity.${keyOf(hop)}`, { type: "Turn", ...hop }),
    read: async (keys) => {
      const states = new Map();
      await bounded(keys.length, 50, async (i) => {
        const stored = await jsm.streams.getMessage("ACTS", {
          last_by_subj: subjects.state(`entity.${keys[i]}`),
        });
        states.set(keys[i], stored?.json().snapshot.context);
      });
      return states;
    },
    task: async ({ n }) => {
      await js.publish(
        subjects.review("main", 1),
        JSON.stringify({
          type: "ReviewRequested",
          application: String(n),
          request: 1,
          queue: "main",
          priority: 1,
          exclude: null,
          reason: "",
        }),
      );
    },
    online: (employees) =>
      bounded(employees.length, 64, (i) =>
        tell("dispatcher.main", { type: "EmployeeFree", employee: String(employees[i]) }),
      ),
    settle: async (tasks) => {
      if (tasks === undefined) return;
      await until("waiting tasks", async () => (await jsm.streams.info("REVIEWS")).state.messages >= tasks);
    },
    schedule: (n, dueAt) => ask(`sleeper.${n}`, { type: "Wait", n, dueAt }),
    close: () => nc.close(),
  };
}
