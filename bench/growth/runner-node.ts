/** A node that hosts runners, as a process of its own. Tells whoever forked it how many messages it has applied. */
import { connect } from "@nats-io/transport-node";
import { startActorNode } from "../../supervisors/actor-node.ts";
import { hostKind } from "../../supervisors/runtime/hosted-kind.ts";
import { tree } from "../../supervisors/tree.ts";
import { runner } from "../relay-race.ts";

const [servers = "", user = "", nodeId = ""] = process.argv.slice(2);
const nc = await connect({ servers, user, pass: process.env.BENCH_PASSWORD ?? "" });
const node = await startActorNode({ nc, nodeId, kinds: [hostKind(runner, tree.catalog)] });
const tell = () =>
  process.send?.({ inputs: node.host.counts.inputs, partitions: node.host.partitions.owned.size });
setInterval(tell, 20);
process.once("disconnect", () => process.exit(0));
