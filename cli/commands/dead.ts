import { Schema } from "effect";
import {
  type DeadLetter,
  DeadPage,
  Dropped,
  PausedList,
  ReplayReport,
  Resumed,
} from "../../protocols/dead-letter.ts";
import { type Command, type CommandCall, UsageProblem } from "../command.ts";
import { atDesk, type Desk, operator } from "../dead/ask-desk.ts";
import { editMessage, jsonOf } from "../dead/edit-message.ts";
import { deadTable, letterText, pausedTable } from "../dead/tables.ts";

const Nothing = Schema.Struct({});
const most = 10_000;

const help = `
  dead list [--of matcher | --of application.ada-7] [--cause Error] [--after n] [--limit n]
  dead show <letter>
  dead replay <letter> --reason "…" [--message '{"type":…}']
  dead replay --of matcher --reason "…" [--sample 3]   in phases; stops where one dies again; --of all for every letter
  dead edit <letter> --reason "…"                      in $EDITOR, then replayed
  dead drop <letter> --reason "…"   |   dead drop --of matcher --reason "…"
  dead paused                                          actors that their supervisor parked with their mailbox
  dead resume <kind.id> --reason "…" [--letter n [--message '…']]

A letter is replayed once, and with it goes from the list. Every replay, drop and resumption is recorded as an event, with
your user name and the reason.`;

export const dead: Command = {
  summary: "look at dead letters and parked actors; replay, edit, drop, resume",
  help,
  positionals: "list|show|replay|edit|drop|paused|resume [letter|kind.id]",
  options: {
    of: { type: "string", value: "kind|kind.id", about: "those of one kind or actor" },
    cause: { type: "string", value: "name", about: "those with this cause" },
    after: { type: "string", value: "n", about: "list from behind this letter on" },
    limit: { type: "string", value: "n", about: "at most so many (default 50)" },
    reason: { type: "string", value: "text", about: "why; is recorded" },
    message: { type: "string", value: "json", about: "in the place of what was said" },
    sample: { type: "string", value: "n", about: "letters in the first phase (default 3)" },
    letter: { type: "string", value: "n", about: "with resume: replayed before the parked mail" },
  },
  run: async ({ options, positionals }) => {
    const [verb = "list", subject, ...more] = positionals;
    const act = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
    if (act === undefined || more.length > 0)
      throw new UsageProblem(`say one of ${Object.keys(verbs).join(", ")}`);
    await act(options, subject);
  },
};

type Options = CommandCall["options"];

const verbs: Record<string, (options: Options, subject: string | undefined) => Promise<void>> = {
  list: (options) => {
    const request = { type: "ListDead", ...whichOf(options) } as const;
    const [after, limit] = [optional(options, "after"), optional(options, "limit")];
    return atDesk(async ({ ask }) => print(deadTable(await ask(DeadPage, { ...request, after, limit }))));
  },
  show: (_, subject) => {
    const letter = number("the letter", subject);
    return atDesk(async (desk) => print(letterText(await read(desk, letter))));
  },
  replay: (options, subject) => {
    const why = handled(options);
    if (subject === undefined) {
      const sample = optional(options, "sample") ?? 3;
      const request = { type: "ReplayMany", ...someOf(options), sample, most, ...why } as const;
      return atDesk(async ({ ask }) => {
        const { replayed, diedAgain, left } = await ask(ReplayReport, request);
        print(`${replayed} replayed, ${diedAgain} died again, ${left} left\n`);
        if (diedAgain > 0) throw new Error("stopped: what was replayed still dies; mend its cause first");
      });
    }
    const letter = number("the letter", subject);
    const message = messageOf(options);
    return atDesk(async ({ ask }) => {
      await ask(Nothing, { type: "ReplayDead", letter, ...message, ...why });
      print(`letter ${letter} was replayed\n`);
    });
  },
  edit: (options, subject) => {
    const letter = number("the letter", subject);
    const why = handled(options);
    return atDesk(async (desk) => {
      const message = editMessage((await read(desk, letter)).message);
      await desk.ask(Nothing, { type: "ReplayDead", letter, message, ...why });
      print(`letter ${letter} was replayed as edited\n`);
    });
  },
  drop: (options, subject) => {
    const why = handled(options);
    if (subject === undefined) {
      const request = { type: "DropMany", ...someOf(options), most, ...why } as const;
      return atDesk(async ({ ask }) => print(`${(await ask(Dropped, request)).dropped} dropped\n`));
    }
    const letter = number("the letter", subject);
    return atDesk(async ({ ask }) => {
      await ask(Nothing, { type: "DropDead", letter, ...why });
      print(`letter ${letter} was dropped\n`);
    });
  },
  paused: () => atDesk(async ({ ask }) => print(pausedTable(await ask(PausedList, { type: "ListPaused" })))),
  resume: (options, address) => {
    if (address === undefined) throw new UsageProblem("say which actor, <kind>.<id>");
    const letter = optional(options, "letter");
    const request = {
      type: "ResumePaused",
      address,
      letter,
      ...messageOf(options),
      ...handled(options),
    } as const;
    return atDesk(async ({ ask }) =>
      print(`${address} goes on with ${(await ask(Resumed, request)).mail} parked messages\n`),
    );
  },
};

async function read({ ask }: Desk, letter: number): Promise<DeadLetter> {
  const { items } = await ask(DeadPage, { type: "ListDead", after: letter - 1, limit: 1 });
  if (items[0]?.letter === letter) return items[0];
  throw new Error(`there is no dead letter ${letter}: it was replayed, dropped, or is older than is kept`);
}

const print = (text: string) => void process.stdout.write(text);

const text = (options: Options, name: string): string | undefined =>
  typeof options[name] === "string" ? options[name] : undefined;

const optional = (options: Options, name: string): number | undefined => {
  const given = text(options, name);
  return given === undefined ? undefined : number(`--${name}`, given);
};

function number(what: string, given: string | undefined): number {
  if (given !== undefined && /^\d{1,15}$/.test(given)) return Number(given);
  throw new UsageProblem(`${what} must be a number, as "dead list" shows it`);
}

const whichOf = (options: Options) => ({ of: text(options, "of"), cause: text(options, "cause") });

/** What concerns many must be said: an option forgotten must not mean all. */
function someOf(options: Options) {
  const { of, cause } = whichOf(options);
  if (of === undefined && cause === undefined)
    throw new UsageProblem("say which letter, or --of kind, --of kind.id, --of all, --cause name");
  return { cause, of: of === "all" ? undefined : of };
}

function handled(options: Options) {
  const reason = text(options, "reason")?.trim() ?? "";
  if (reason === "") throw new UsageProblem("say why, with --reason: it is recorded");
  return { by: operator(), reason };
}

function messageOf(options: Options) {
  const message = text(options, "message");
  return message === undefined ? {} : { message: jsonOf(message) };
}
