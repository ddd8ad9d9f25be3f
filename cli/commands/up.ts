import { readConfig } from "../../supervisors/config.ts";
import type { Command } from "../command.ts";

export const up: Command = {
  summary: "start everything on this machine, until Ctrl-C",
  help: "Starts broker, databases, demo portal, a node and an edge, and starts again what dies. Settings: CALLBOARD_*, see README.md.",
  options: {},
  run: async ({ since }) => {
    const config = readConfig();
    const { up } = await import("../../deploy/local/up.ts");
    await up(config, since);
  },
};
