/**
 * The command line: `npm run -s callboard -- <command>`. Each command has a file in `commands/`, a few lines, and its work
 * elsewhere. Ends with 0 when done, 1 when it failed, 2 when it was not understood.
 */
import { realpathSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Command, type CommandCall, UsageProblem } from "./command.ts";
import { account } from "./commands/account.ts";
import { actors } from "./commands/actors.ts";
import { apply } from "./commands/apply.ts";
import { dead } from "./commands/dead.ts";
import { discover } from "./commands/discover.ts";
import { edge } from "./commands/edge.ts";
import { node } from "./commands/node.ts";
import { resume } from "./commands/resume.ts";
import { score } from "./commands/score.ts";
import { setup } from "./commands/setup.ts";
import { tail } from "./commands/tail.ts";
import { up } from "./commands/up.ts";

/** In the order of the usage. */
const commands: Record<string, Command> = {
  up,
  node,
  edge,
  setup,
  account,
  discover,
  apply,
  score,
  actors,
  tail,
  dead,
  resume,
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

const helpOf = (name: string, { summary, help, options, positionals = "" }: Command): string =>
  [
    `Usage: npm run -s callboard -- ${name}${Object.keys(options).length > 0 ? " [options]" : ""}${positionals && ` ${positionals}`}`,
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
  const misunderstood = (why: string): number => {
    process.stderr.write(`callboard ${name}: ${why} (see --help)\n`);
    return 2;
  };
  let call: CommandCall;
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      allowPositionals: command.positionals !== undefined,
      options: {
        ...Object.fromEntries(
          Object.entries(command.options).map(([option, { type }]) => [option, { type }]),
        ),
        help: { type: "boolean", short: "h" },
      },
    });
    call = { options: values, positionals, since };
  } catch (error) {
    return misunderstood(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
  }
  if (call.options.help === true) {
    process.stdout.write(helpOf(name, command));
    return 0;
  }
  try {
    await command.run(call);
    return 0;
  } catch (error) {
    if (error instanceof UsageProblem) return misunderstood(error.message);
    complain(error);
    return 1;
  }
};

const startedAs = process.argv[1];
if (startedAs !== undefined && import.meta.filename === realpathSync(startedAs)) {
  process.exit(await main(process.argv.slice(2)));
}
