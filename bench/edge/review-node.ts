/** A node with the kinds of a review, in a process of its own: what an edge has behind it. Connection as JSON in BENCH_NATS. */
import { connect } from "@nats-io/transport-node";
import { applicationActor } from "../../actors/application/actor.ts";
import { dispatcherActor } from "../../actors/dispatcher/actor.ts";
import { employeeActor } from "../../actors/employee/actor.ts";
import { startActorNode } from "../../supervisors/actor-node.ts";
import { takeReviewTask } from "../../supervisors/capabilities/review-queue/take-review.ts";
import { watchPresence } from "../../supervisors/presence-watch.ts";
import { hostKind } from "../../supervisors/runtime/hosted-kind.ts";
import { tree } from "../../supervisors/tree.ts";

const nc = await connect({ ...JSON.parse(process.env.BENCH_NATS ?? "{}"), noAsyncTraces: true });
await startActorNode({
  nc,
  nodeId: "bench",
  kinds: [
    hostKind(applicationActor(), tree.application),
    hostKind(employeeActor(), tree.employee),
    hostKind(dispatcherActor(), tree.dispatcher, { takeReview: takeReviewTask({ nc }) }),
  ],
});
await watchPresence(nc, { graceMs: 60_000 });
process.send?.("ready");
