import type { Command } from "../command.ts";
import { roleConfig, runRole } from "../process-role.ts";

export const edge: Command = {
  summary: "run one edge: dashboard, HTTP and WebSocket",
  help: "Listens on CALLBOARD_HOST and CALLBOARD_PORT. Ends in order on SIGTERM.",
  options: {},
  run: async () => {
    const config = await roleConfig("edge");
    const { runEdge } = await import("../../edge/server.ts");
    await runRole("edge", () => runEdge(config));
  },
};
