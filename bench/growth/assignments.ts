/** One real dispatcher with 50 employees who are done at once, while `pending` reviews wait: what an assignment takes. */
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { dispatcherActor } from "../../actors/dispatcher/actor.ts";
import { streams, subjects } from "../../protocols/subjects.ts";
import { startActorNode } from "../../supervisors/actor-node.ts";
import { takeReviewTask } from "../../supervisors/capabilities/review-queue/take-review.ts";
import { writeBatch } from "../../supervisors/runtime/batch.ts";
import { hostKind } from "../../supervisors/runtime/hosted-kind.ts";
import { startNats } from "../../supervisors/testkit/nats.ts";
import { tree } from "../../supervisors/tree.ts";
import { application, employee } from "../peers/callboard-kinds.ts";

const employees = 50;
/** Of the pending ones so many are assigned. */
const assigned = 400;
const withinMs = 60_000;

export async function assignments(pending: number) {
  const nats = await startNats({ syncAlways: true });
  const nc = await connect(nats.connection());
  const offers: number[] = [];
  const node = await startActorNode({
    nc,
    nodeId: "bench",
    kinds: [
      hostKind(dispatcherActor(), tree.dispatcher, { takeReview: takeReviewTask({ nc }) }),
      hostKind(application, tree.application),
      hostKind(employee, tree.employee),
    ],
    observers: [
      {
        stored: ({ kind }) => void (kind === "employee" && offers.push(performance.now())),
        redelivered: () => {},
        lostRace: () => {},
      },
    ],
  });
  try {
    const never = new AbortController().signal;
    for (let n = 0; n < pending; n += 1_000)
      await writeBatch(
        nc,
        Array.from({ length: Math.min(1_000, pending - n) }, (_, i) => ({
          subject: subjects.review("main", 1),
          headers: [],
          body: JSON.stringify({
            type: "ReviewRequested",
            application: `a${n + i}`,
            request: 1,
            queue: "main",
            priority: 1,
            exclude: null,
            reason: "",
          }),
        })),
        never,
      );
    const js = jetstream(nc);
    for (let i = 0; i < employees; i++)
      await js.publish(
        subjects.mailbox("dispatcher.main"),
        JSON.stringify({ type: "EmployeeFree", employee: `e${i}` }),
      );
    const wanted = Math.min(assigned, pending);
    const deadline = performance.now() + withinMs;
    while (offers.length < wanted && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 5));
    // The first ones come while everybody signs in.
    const times = offers.slice(0, wanted).slice(Math.floor(wanted / 10));
    const gaps = times
      .slice(1)
      .map((at, i) => at - (times[i] ?? at))
      .sort((a, b) => a - b);
    const stored = await (await jetstreamManager(nc)).streams.getMessage(streams.acts, {
      last_by_subj: subjects.state("dispatcher.main"),
    });
    const at = (share: number) => gaps[Math.floor((gaps.length - 1) * share)] ?? 0;
    const took = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000;
    return {
      perSecond: (times.length - 1) / took,
      p50: at(0.5),
      p99: at(0.99),
      bytes: stored?.data.length ?? 0,
    };
  } finally {
    await node.stop();
    await nc.close();
    await nats.stop();
  }
}
