/**
 * The command line: `npm run -s callboard -- <command>`. Each command is a few lines here and its work elsewhere.
 * Ends with 0 when done, 1 when it failed, 2 when it was not understood.
 */
import { realpathSync } from "node:fs";
import { parseArgs } from "node:util";
import { readConfig } from "../supervisors/config.ts";
import { roleConfig, runRole } from "./process-role.ts";

interface Command {
  readonly summary: string;
  /** Below `--help`, after the line with the usage. */
  readonly help: string;
  readonly options: Record<string, { type: "string" | "boolean"; value?: string; about: string }>;
  readonly run: (options: Record<string, string | boolean | undefined>, since: number) => Promise<void>;
}

const commands: Record<string, Command> = {
  up: {
    summary: "start everything on this machine, until Ctrl-C",
    help: "Starts broker, databases, demo portal, a node and an edge, and starts again what dies. Settings: CALLBOARD_*, see README.md.",
    options: {},
    run: async (_, since) => {
      const config = readConfig();
      const { up } = await import("../deploy/local/up.ts");
      await up(config, since);
    },
  },
  node: {
    summary: "run one node, which hosts actors",
    help: "Joins the broker at CALLBOARD_NATS_URL and shares the actors with the other nodes. Ends in order on SIGTERM.",
    options: {
      kinds: {
        type: "string",
        value: "a,b",
        about: "host these kinds only (default: CALLBOARD_KINDS, else all)",
      },
    },
    run: async ({ kinds }) => {
      if (typeof kinds === "string") process.env.CALLBOARD_KINDS = kinds; // Read with the rest, and checked the same way.
      const config = await roleConfig("node");
      const { runNode } = await import("../supervisors/node.ts");
      await runRole("node", () => runNode(config));
    },
  },
  edge: {
    summary: "run one edge: dashboard, HTTP and WebSocket",
    help: "Listens on CALLBOARD_HOST and CALLBOARD_PORT. Ends in order on SIGTERM.",
    options: {},
    run: async () => {
      const config = await roleConfig("edge");
      const { runEdge } = await import("../edge/server.ts");
      await runRole("edge", () => runEdge(config));
    },
  },
  setup: {
    summary: "fetch what npm does not bring: nats-server, browser",
    help: "Looks for each tool and fetches or unpacks those that are missing, below CALLBOARD_HOME. Changes nothing else.",
    options: {},
    run: async () => {
      const { setUpTools } = await import("../deploy/local/setup/tools.ts");
      await setUpTools(readConfig(), (step, outcome, ms) => {
        process.stdout.write(`  ${step.padEnd(12)} ${(ms / 1000).toFixed(1).padStart(5)} s  ${outcome}\n`);
      });
    },
  },
};

const usage = (): string =>
  [
    "Usage: npm run -s callboard -- <command> [options]",
    "",
    ...Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`),
    "",
    "Each command tells more with --help.",
    "",
  ].join("\n");

const helpOf = (name: string, { summary, help, options }: Command): string =>
  [
    `Usage: npm run -s callboard -- ${name}${Object.keys(options).length > 0 ? " [options]" : ""}`,
    "",
    `${summary[0]?.toUpperCase()}${summary.slice(1)}.`,
    help,
    ...(Object.keys(options).length > 0 ? [""] : []),
    ...Object.entries(options).map(
      ([option, { value, about }]) =>
        `  --${option}${value === undefined ? "" : ` ${value}`}`.padEnd(20) + about,
    ),
    "",
  ].join("\n");

/** One line for a person; the whole of it, with causes, where somebody looks for bugs. */
const complain = (error: unknown): void => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`callboard: ${message}\n`);
  if (process.env.CALLBOARD_LOG_LEVEL === "debug") console.error(error);
};

/**
 * @param args what stands after `callboard`
 * @param since when the person began to wait, as of `performance.now()`; default: the start of this process
 * @returns the exit code
 */
export const main = async (args: readonly string[], since = 0): Promise<number> => {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    process.stdout.write(usage());
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    process.stderr.write(
      `callboard: there is no command ${JSON.stringify(name)}; there are ${Object.keys(commands).join(", ")}.\n`,
    );
    return 2;
  }
  let values: Record<string, string | boolean | undefined>;
  try {
    values = parseArgs({
      args: rest,
      options: {
        ...Object.fromEntries(
          Object.entries(command.options).map(([option, { type }]) => [option, { type }]),
        ),
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    process.stderr.write(
      `callboard ${name}: ${error instanceof Error ? error.message.split("\n")[0] : error} (see --help)\n`,
    );
    return 2;
  }
  if (values.help === true) {
    process.stdout.write(helpOf(name, command));
    return 0;
  }
  try {
    await command.run(values, since);
    return 0;
  } catch (error) {
    complain(error);
    return 1;
  }
};

const startedAs = process.argv[1];
if (startedAs !== undefined && import.meta.filename === realpathSync(startedAs)) {
  process.exit(await main(process.argv.slice(2)));
}
