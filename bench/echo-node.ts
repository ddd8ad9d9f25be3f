/** A node that hosts echo actors, as a process of its own, so that it can be killed. Started by `failover.ts`. */
import { connect } from "@nats-io/transport-node";
import { startActorNode } from "../supervisors/actor-node.ts";
import { hostKind } from "../supervisors/runtime/hosted-kind.ts";
import { tree } from "../supervisors/tree.ts";
import { echo } from "./echo.ts";

const [servers = "", user = "", nodeId = ""] = process.argv.slice(2);
const nc = await connect({ servers, user, pass: process.env.BENCH_PASSWORD ?? "", maxReconnectAttempts: -1 });
const node = await startActorNode({ nc, nodeId, kinds: [hostKind(echo, tree.catalog)] });
process.once("SIGTERM", () => {
  void node
    .stop()
    .then(() => nc.close())
    .then(() => process.exit(0));
});
process.stdout.write("echo node is ready\n");
