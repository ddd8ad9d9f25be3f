/**
 * `<home>/run.json`: who runs this installation, and which programs it has started. Keeps a second `up` from sharing the
 * data, and lets the next one end what a killed one left behind.
 */

import { writeFileSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Effect, Option, Schema } from "effect";
import { endProcess, identify, isAlive, ProcessIdentity } from "./process-identity.ts";

const Run = Schema.Struct({
  up: ProcessIdentity,
  children: Schema.Record(Schema.String, ProcessIdentity),
});
type Run = typeof Run.Type;

export interface RunFile {
  /** Notes that `name` runs as `pid` now. Synchronous: between the start of a program and its note is no gap to be killed in. */
  note(name: string, pid: number): void;
  /** Removes the file: everything has ended in order. */
  release(): Promise<void>;
}

const read = async (file: string): Promise<Run | undefined> => {
  const text = await readFile(file, "utf8").catch(() => undefined); // None: a first start, or all ended in order.
  if (text === undefined) return undefined;
  // Half written by a machine that crashed: then its processes are gone too.
  return Option.getOrUndefined(
    await Effect.runPromise(Effect.option(Schema.decodeUnknownEffect(Schema.fromJsonString(Run))(text))),
  );
};

/**
 * Takes the installation for this process. Ends the programs of one that was killed, waiting up to 10 s for each.
 * @param ended told of each that had to be ended
 * Throws one clear line if another `up` runs.
 */
export const takeRunFile = async (home: string, ended: (name: string) => void): Promise<RunFile> => {
  const file = join(home, "run.json");
  await mkdir(home, { recursive: true });
  const before = await read(file);
  if (before && before.up.pid !== process.pid && isAlive(before.up)) {
    throw new Error(
      `Callboard runs already on ${home} (process ${before.up.pid}): stop that one first, or give this one a home and ports of its own with CALLBOARD_HOME and CALLBOARD_*_PORT.`,
    );
  }
  let run: Run = { up: identify(process.pid), children: {} };
  const save = () => writeFileSync(file, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 });
  // Taken by renaming: of two that start at the same moment the later one wins, and the other sees it right below.
  await writeFile(`${file}.${process.pid}`, JSON.stringify({ ...run, children: before?.children ?? {} }));
  await rename(`${file}.${process.pid}`, file);
  await Promise.all(
    Object.entries(before?.children ?? {}).map(async ([name, identity]) => {
      if (!isAlive(identity)) return;
      ended(name);
      await endProcess(identity, 10_000);
    }),
  );
  const holder = await read(file);
  if (holder && holder.up.pid !== process.pid) {
    throw new Error(
      `Another Callboard started at the same moment on ${home} (process ${holder.up.pid}): this one gives way.`,
    );
  }
  save();
  return {
    note: (name, pid) => {
      run = { ...run, children: { ...run.children, [name]: identify(pid) } };
      save();
    },
    release: () => rm(file, { force: true }),
  };
};
