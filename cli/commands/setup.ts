import { readConfig } from "../../supervisors/config.ts";
import type { Command } from "../command.ts";

export const setup: Command = {
  summary: "fetch what npm does not bring: nats-server, browser",
  help: "Looks for each tool and fetches or unpacks those that are missing, below CALLBOARD_HOME. Changes nothing else.",
  options: {},
  run: async () => {
    const { setUpTools } = await import("../../deploy/local/setup/tools.ts");
    await setUpTools(readConfig(), (step, outcome, ms) => {
      process.stdout.write(`  ${step.padEnd(12)} ${(ms / 1000).toFixed(1).padStart(5)} s  ${outcome}\n`);
    });
  },
};
