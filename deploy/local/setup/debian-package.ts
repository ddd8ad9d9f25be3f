/**
 * Takes packages from Debian as apt would, signatures checked, without installing them: a state directory of our own, no root,
 * nothing added to the system.
 */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type AptSource, mainSource, parseDeb822, parseOneLine, sourceFor } from "./apt-sources.ts";

const execute = promisify(execFile);

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

/** Where this machine takes Debian's packages from, and its release; undefined if it is no Debian. */
export const debianHere = async (): Promise<{ source: AptSource; codename: string } | undefined> => {
  const release = await osRelease();
  if (release.get("ID") !== "debian") return undefined;
  const codename = release.get("VERSION_CODENAME") ?? "";
  const source = mainSource(await aptSources(), codename);
  return source && { source, codename };
};

/**
 * Downloads the packages of a Debian release and unpacks them into `target`.
 * @throws Error with apt's own words.
 */
export const unpackFromDebian = async (
  target: string,
  packages: readonly string[],
  suite?: string,
): Promise<void> => {
  const here = await debianHere();
  if (here === undefined)
    throw new Error(`${packages[0]} is not on PATH, and this is no Debian to fetch it from`);
  const work = await mkdtemp(join(tmpdir(), "callboard-apt-"));
  try {
    await Promise.all(
      ["state/lists/partial", "cache/archives/partial"].map((dir) =>
        mkdir(join(work, dir), { recursive: true }),
      ),
    );
    await writeFile(join(work, "debian.sources"), sourceFor(here.source, suite ?? here.codename));
    const options = [
      `Dir::State=${join(work, "state")}`,
      "Dir::State::status=/dev/null", // We ask for packages by themselves; what is installed plays no part.
      `Dir::Cache=${join(work, "cache")}`,
      `Dir::Etc::sourcelist=${join(work, "debian.sources")}`,
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
    await apt("download", ...packages);
    const files = (await readdir(work)).filter((name) => name.endsWith(".deb"));
    if (files.length < packages.length) throw new Error("apt-get download left a package out");
    for (const file of files) await execute("dpkg", ["-x", join(work, file), target]);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};
