import type { Command } from "../command.ts";
import { roleConfig, runRole } from "../process-role.ts";

export const node: Command = {
  summary: "run one node, which hosts actors",
  help: "Joins the broker at CALLBOARD_NATS_URL and shares the actors with the other nodes. Ends in order on SIGTERM.",
  options: {
    kinds: {
      type: "string",
      value: "a,b",
      about: "host these kinds only (default: CALLBOARD_KINDS, else all)",
    },
  },
  run: async ({ options: { kinds } }) => {
    if (typeof kinds === "string") process.env.CALLBOARD_KINDS = kinds; // Read with the rest, and checked the same way.
    const config = await roleConfig("node");
    const { runNode } = await import("../../supervisors/node.ts");
    await runRole("node", () => runNode(config));
  },
};
