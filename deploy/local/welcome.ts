/** What a person reads when all is ready: where to look, who to be, how to listen in. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Effect, Option, Schema } from "effect";
import type { CallboardConfig } from "../../supervisors/config.ts";
import type { Secrets } from "./secrets.ts";

const Accounts = Schema.fromJsonString(
  Schema.Array(Schema.Struct({ role: Schema.String, email: Schema.String, password: Schema.String })),
);

/** Made by the edge on its first start; none where accounts are real ones. */
const demoAccounts = async (home: string): Promise<(typeof Accounts)["Type"]> => {
  const text = await readFile(join(home, "demo-accounts.json"), "utf8").catch(() => ""); // None: nothing to show.
  const decoded = await Effect.runPromise(Effect.option(Schema.decodeUnknownEffect(Accounts)(text)));
  return Option.getOrElse(decoded, () => []);
};

export const welcome = async (
  config: CallboardConfig,
  secrets: Secrets,
  seconds: string,
): Promise<string> => {
  const accounts = await demoAccounts(config.home);
  const width = Math.max(0, ...accounts.map(({ email }) => email.length));
  return [
    "",
    `Callboard is ready after ${seconds} s.`,
    "",
    `  Dashboard    ${config.publicUrl}`,
    ...(config.demoPortal === "on" ? [`  Demo portal  http://127.0.0.1:${config.demoPortalPort}`] : []),
    ...accounts.map(
      ({ role, email, password }, i) =>
        `  ${i === 0 ? "Accounts     " : "             "}${role.padEnd(9)} ${email.padEnd(width)}  ${password}`,
    ),
    ...(config.embedded.nats
      ? [
          `  Listen in    nats sub 'callboard.event.>' --server nats://ops:${secrets.nats.ops}@127.0.0.1:${config.natsPort}`,
        ]
      : []),
    `  Logs, data   ${config.home}`,
    "",
    "Ctrl-C stops everything; the next start goes on where this one stopped.",
    "",
  ].join("\n");
};
