/**
 * `npm run conformance:scxml`: the SCXML test cases of SCION and the W3C. Those that XState itself passes in memory must pass in our
 * runtime as well, the process lost at every point of every step. The cases come from the registry, by checksum, into a folder of
 * their own: the package that holds them wants 150 others, none of which is needed to read them.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { Schema } from "effect";
import type { AnyStateMachine, StateValue } from "xstate";
import { repoRoot } from "../../../repo-root.ts";
import { crashes, DurableActor } from "../durable-actor.ts";
import { LivingActor } from "../living-actor.ts";
import { machineFromScxml, NotHere } from "./machine-from-scxml.ts";

const pinned = {
  name: "@scion-scxml/test-framework@2.0.16",
  integrity:
    "sha512-5rRd5CdFLUzmPaO43NSamBmhq6uW/0kUmUneEnqRSbAj0FiFVAINd1DfadUkdECT+xHLARCJZU7meQD4nqYyKw==",
};

const Expected = Schema.fromJsonString(
  Schema.Struct({
    initialConfiguration: Schema.Array(Schema.String),
    events: Schema.Array(
      Schema.Struct({
        event: Schema.Struct({ name: Schema.String }),
        nextConfiguration: Schema.Array(Schema.String),
        after: Schema.optional(Schema.Finite),
      }),
    ),
  }),
);
type Expected = (typeof Expected)["Type"];

/** What both kinds of actor can do here. */
interface Player {
  hear(event: string): void;
  pass(ms: number): void;
  value(): StateValue;
}

function fetchCases(): string {
  const folder = join(process.env.CALLBOARD_HOME ?? join(repoRoot, ".callboard"), "scxml");
  if (existsSync(join(folder, "package/test"))) return join(folder, "package/test");
  const fresh = `${folder}.part`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  execFileSync("npm", ["pack", "--silent", pinned.name], { cwd: fresh });
  const archive = readdirSync(fresh).find((name) => name.endsWith(".tgz")) ?? "";
  const digest = `sha512-${createHash("sha512")
    .update(readFileSync(join(fresh, archive)))
    .digest("base64")}`;
  if (digest !== pinned.integrity)
    throw new Error(`${pinned.name} has the checksum ${digest}: it is not used.`);
  execFileSync("tar", ["-xzf", archive], { cwd: fresh });
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
  return join(folder, "package/test");
}

const leaves = (value: StateValue): string[] =>
  typeof value === "string"
    ? [value]
    : Object.entries(value).flatMap(([name, inner]) =>
        typeof inner === "object" && Object.keys(inner).length === 0 ? [name] : leaves(inner as StateValue),
      );

/** Steps of ten milliseconds: what begins when something is due counts from then. */
const pass = (player: Player, ms: number) => {
  for (let passed = 0; passed < ms; passed += 10) player.pass(10);
};

/** The first difference; null if it behaves as the case says. */
function difference(player: Player, { initialConfiguration, events }: Expected): string | null {
  const differs = (when: string, wanted: readonly string[]) => {
    const is = leaves(player.value()).sort();
    return is.join() === [...wanted].sort().join() ? null : `${when}: ${is} instead of ${wanted}`;
  };
  // A case of the W3C that ends by itself may wait for its own timers; the longest waits three seconds.
  if (events.length === 0) pass(player, 4_000);
  let found = differs("at the beginning", initialConfiguration);
  for (const { event, nextConfiguration, after } of events) {
    if (found !== null) return found;
    if (after) pass(player, after);
    player.hear(event.name);
    found = differs(`after ${event.name}`, nextConfiguration);
  }
  return found;
}

function living(machine: AnyStateMachine): Player {
  const actor = new LivingActor(machine);
  return {
    hear: (event) => actor.hear(event),
    pass: (ms) => actor.pass(ms),
    value: () => actor.trace().value as StateValue,
  };
}

function durable(machine: AnyStateMachine, seed: number): Player {
  const actor = new DurableActor(machine);
  actor.begin();
  let step = seed;
  const crash = () => crashes[step++ % crashes.length] ?? "none";
  return {
    hear: (event) => actor.hear([event], crash()),
    pass: (ms) => actor.pass(ms, crash()),
    value: () => actor.trace().value as StateValue,
  };
}

const attempt = (play: () => string | null): string | null => {
  try {
    return play();
  } catch (error) {
    if (error instanceof NotHere) throw error;
    return error instanceof Error ? error.message : String(error);
  }
};

const cases = fetchCases();
const reasons = new Map<string, number>();
const wrong: string[] = [];
let [all, passedByXState, passedHere] = [0, 0, 0];
for (const folder of readdirSync(cases))
  for (const file of readdirSync(join(cases, folder)).filter((name) => name.endsWith(".scxml"))) {
    const json = join(cases, folder, `${basename(file, ".scxml")}.json`);
    if (!existsSync(json)) continue; // A part of another one.
    all++;
    const text = readFileSync(join(cases, folder, file), "utf8");
    const make = () => machineFromScxml(text);
    try {
      const expected = Schema.decodeUnknownSync(Expected)(readFileSync(json, "utf8"));
      const inXState = attempt(() => difference(living(make()), expected));
      if (inXState !== null) {
        reasons.set("XState differs", (reasons.get("XState differs") ?? 0) + 1);
        if (process.argv.includes("--verbose"))
          process.stdout.write(`XState, ${folder}/${file}: ${inXState}\n`);
        continue;
      }
      passedByXState++;
      // Begun at each place to crash in turn, so that each step meets each of them.
      const bad = crashes.flatMap(
        (_, seed) => attempt(() => difference(durable(make(), seed), expected)) ?? [],
      );
      if (bad.length === 0) passedHere++;
      else wrong.push(`${folder}/${file}: ${bad[0]}`);
    } catch (error) {
      const why = error instanceof NotHere ? error.message : "not to be read";
      reasons.set(why, (reasons.get(why) ?? 0) + 1);
    }
  }
const left = [...reasons].sort(([, a], [, b]) => b - a).map(([why, times]) => `${why} ${times}`);
process.stdout.write(`${all} cases. Left out: ${left.join(", ")}.\n`);
process.stdout.write(
  `XState passes ${passedByXState}; stored, crashed and reloaded ${passedHere} of them.\n`,
);
for (const line of wrong) process.stdout.write(`differs: ${line}\n`);
process.exit(wrong.length > 0 || passedByXState < 80 ? 1 : 0);
