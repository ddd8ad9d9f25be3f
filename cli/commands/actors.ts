import { addressOf, kinds } from "../../protocols/address.ts";
import {
  type ActorView,
  listActors,
  summarizeKinds,
  viewActor,
} from "../../supervisors/inspect/actor-view.ts";
import { inspect } from "../../supervisors/inspect/inspection.ts";
import { type Command, UsageProblem } from "../command.ts";
import { roleConfig } from "../process-role.ts";
import { table } from "../table.ts";

const defaultLimit = 50;

const ago = (then: Date): string => {
  const seconds = Math.max(0, Math.round((Date.now() - then.getTime()) / 1_000));
  if (seconds < 120) return `${seconds} s ago`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min ago` : `${Math.round(seconds / 3_600)} h ago`;
};

const clock = (at: number) => new Date(at).toISOString();

function describe({ address, record, state, lastTurn, mail, parked, partition, owner }: ActorView): string {
  const timers = Object.entries(record.timers).map(
    ([name, { dueAt, event }]) => `  timer     ${event.type || name} at ${clock(dueAt)}`,
  );
  const tasks = Object.entries(record.tasks).map(([name, { src }]) => `  task      ${src} (${name})`);
  return [
    address,
    `  state     ${state}`,
    ...(record.paused === null ? [] : [`  stopped   ${record.paused}`]),
    ...(record.attempts === 0 ? [] : [`  attempts  ${record.attempts} at the message in hand`]),
    `  machine   ${record.version}`,
    `  last turn ${lastTurn.toISOString()} (${ago(lastTurn)}), up to message ${record.cursor}`,
    `  mailbox   ${mail} waiting or in hand${parked === 0 ? "" : `, ${parked} set aside`}`,
    `  owner     ${owner ?? "nobody yet"} (partition ${partition})`,
    `  ignored   ${record.ignored} events that no state handled`,
    ...timers,
    ...tasks,
    `  context   ${JSON.stringify((record.snapshot as { context?: unknown } | null)?.context, null, 2).replaceAll("\n", "\n  ")}`,
    "",
  ].join("\n");
}

export const actors: Command = {
  summary: "show actors: how many of each kind, those of a kind, or one",
  help: "Reads the streams, as ops or actors (CALLBOARD_NATS_USER, _PASSWORD), and changes nothing. Those with the most mail come first.",
  positionals: "[kind] [id]",
  options: {
    limit: {
      type: "string",
      value: "n",
      about: `show at most n actors of a kind (default: ${defaultLimit})`,
    },
    json: { type: "boolean", about: "print JSON" },
  },
  run: async ({ options, positionals: [kind, id, ...more] }) => {
    if (kind !== undefined && !kinds.some((known) => known === kind))
      throw new UsageProblem(`there is no kind ${kind}; the kinds are ${kinds.join(", ")}`);
    if (more.length > 0) throw new UsageProblem("it takes a kind and an id, no more");
    const limit = Number(options.limit ?? defaultLimit);
    if (!Number.isInteger(limit) || limit < 1)
      throw new UsageProblem("--limit takes a whole number from 1 on");
    const print = (data: unknown, text: () => string) =>
      void process.stdout.write(options.json === true ? `${JSON.stringify(data, null, 2)}\n` : text());
    await inspect(await roleConfig("ops"), async ({ jsm }) => {
      if (kind === undefined) {
        const counted = await summarizeKinds(jsm);
        return print(counted, () =>
          table(
            ["kind", "actors", "mail", "timers", "set aside"],
            counted.map((one) => [one.kind, one.actors, one.mail, one.timers, one.parked]),
          ),
        );
      }
      if (id === undefined) {
        const { total, shown } = await listActors(jsm, kind, limit);
        return print(shown, () =>
          [
            table(
              ["actor", "state", "mail", "timers", "last turn", "owner"],
              shown.map((one) => [
                one.address,
                one.record.paused === null ? one.state : `stopped: ${one.record.paused.slice(0, 60)}`,
                one.mail,
                Object.keys(one.record.timers).length,
                ago(one.lastTurn),
                one.owner ?? "",
              ]),
            ),
            total > shown.length ? `${total - shown.length} more; --limit shows them\n` : "",
          ].join(""),
        );
      }
      const view = await viewActor(jsm, addressOf(kind, id));
      if (view === null) throw new Error(`There is no ${kind} ${id}: nothing is stored of it.`);
      print(view, () => describe(view));
    });
  },
};
