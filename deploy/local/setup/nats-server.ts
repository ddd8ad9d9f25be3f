/**
 * Puts a nats-server that is recent enough into `<home>/tools`, if PATH has none: Debian's own package from a newer
 * suite, fetched by apt with apt's signature check, in a state directory of our own. Needs no root, and adds nothing to
 * the system. On other systems upstream's release, pinned by checksum.
 */
import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { findNatsServer, natsServerVersion } from "../../../supervisors/nats-server.ts";
import { type AptSource, mainSource, parseDeb822, parseOneLine, sourceFor } from "./apt-sources.ts";
import { fetchRelease } from "./nats-release.ts";

const execute = promisify(execFile);

/** The Debian release that has 2.15; its programs run on the two releases before it as well. */
const suite = "forky";

const howToMend =
  "install nats-server 2.15 or newer so that it is on PATH (releases and checksums: the nats-io/nats-server project), " +
  "or set CALLBOARD_NATS_URL to a broker of your own";

/** `ID` and `VERSION_CODENAME` of this system. */
const osRelease = async (): Promise<Map<string, string>> => {
  const text = await readFile("/etc/os-release", "utf8").catch(() => ""); // Not a Linux: no answer is the answer.
  return new Map(
    text.split("\n").flatMap((line) => {
      const found = /^([A-Z_]+)="?([^"]*)"?$/.exec(line);
      return found?.[1] === undefined || found[2] === undefined ? [] : [[found[1], found[2]] as const];
    }),
  );
};

const aptSources = async (): Promise<AptSource[]> => {
  const read = (path: string) => readFile(path, "utf8").catch(() => ""); // Either kind may be missing.
  const dir = "/etc/apt/sources.list.d";
  const names = (await readdir(dir).catch((): string[] => [])).sort();
  const parsed = await Promise.all([
    read("/etc/apt/sources.list").then(parseOneLine),
    ...names.filter((name) => name.endsWith(".list")).map((name) => read(join(dir, name)).then(parseOneLine)),
    ...names
      .filter((name) => name.endsWith(".sources"))
      .map((name) => read(join(dir, name)).then(parseDeb822)),
  ]);
  return parsed.flat();
};

/** Fetches and unpacks the package below `work`; gives the program's path. */
const fetchFromDebian = async (work: string, source: AptSource): Promise<string> => {
  await Promise.all(
    ["state/lists/partial", "cache/archives/partial"].map((dir) =>
      mkdir(join(work, dir), { recursive: true }),
    ),
  );
  await writeFile(join(work, "nats.sources"), sourceFor(source, suite));
  const options = [
    `Dir::State=${join(work, "state")}`,
    "Dir::State::status=/dev/null", // We ask for one package by itself; what is installed plays no part.
    `Dir::Cache=${join(work, "cache")}`,
    `Dir::Etc::sourcelist=${join(work, "nats.sources")}`,
    "Dir::Etc::sourceparts=/dev/null",
    "Dir::Etc::preferencesparts=/dev/null",
    "Acquire::Languages=none",
    "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false",
    "Acquire::Retries=3",
    // As root apt would download as another user, who has no access here.
    ...(process.getuid?.() === 0 ? ["APT::Sandbox::User=root"] : []),
  ].flatMap((option) => ["-o", option]);
  const apt = (...args: string[]) =>
    execute("apt-get", ["-qq", ...options, ...args], { cwd: work, env: { ...process.env, LC_ALL: "C" } });
  await apt("update");
  await apt("download", "nats-server");
  const deb = (await readdir(work)).find((name) => name.endsWith(".deb"));
  if (deb === undefined) throw new Error("apt-get download left no package");
  await execute("dpkg", ["-x", join(work, deb), join(work, "unpacked")]);
  return join(work, "unpacked", "usr", "sbin", "nats-server");
};

/**
 * Makes sure that there is a nats-server; gives where it is and where it came from.
 * Throws one clear line that says how to mend it.
 */
export const ensureNatsServer = async (home: string): Promise<{ path: string; fetched: boolean }> => {
  const existing = findNatsServer(home);
  if (existing !== undefined) return { path: existing, fetched: false };
  const release = await osRelease();
  const codename = release.get("VERSION_CODENAME") ?? "";
  const source = release.get("ID") === "debian" ? mainSource(await aptSources(), codename) : undefined;
  const from = source === undefined ? "from its own releases" : `with apt from Debian's ${suite}`;
  const tools = join(home, "tools");
  await mkdir(tools, { recursive: true });
  const work = await mkdtemp(join(tools, "apt-"));
  try {
    const program = source === undefined ? await fetchRelease(work) : await fetchFromDebian(work, source);
    if (natsServerVersion(program) === undefined)
      throw new Error("the program that was fetched does not run here");
    await copyFile(program, join(work, "ready"));
    await rename(join(work, "ready"), join(tools, "nats-server"));
  } catch (cause) {
    const why =
      cause instanceof Error
        ? (cause.message.split("\n").find((line) => /^E:/.test(line)) ?? cause.message)
        : cause;
    throw new Error(`nats-server could not be fetched ${from}: ${why}. Try again, or ${howToMend}.`, {
      cause,
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  const found = findNatsServer(home);
  if (found === undefined) {
    throw new Error(`The nats-server fetched ${from} is older than 2.15: ${howToMend}.`);
  }
  return { path: found, fetched: true };
};
