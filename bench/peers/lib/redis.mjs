/** Where the Redis is: on PATH, else as `fetchRedis` unpacked it into a folder of its own. */
import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { unpackFromDebian } from "../../../dist/deploy/local/setup/debian-package.js";

const folder = () =>
  join(process.env.CALLBOARD_HOME ?? join(import.meta.dirname, "../../../.callboard"), "bench", "redis");
/** What the program needs beyond what every Debian has. */
const packages = ["redis-tools", "redis-server", "libatomic1", "libjemalloc2", "liblzf1"];

function onPath() {
  const dirs = (process.env.PATH ?? "").split(delimiter);
  return dirs.map((dir) => join(dir, "redis-server")).find((path) => existsSync(path));
}

export function redisProgram() {
  const found = onPath();
  if (found) return { command: found, env: {} };
  const triplet = process.arch === "arm64" ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
  return {
    command: join(folder(), "usr/bin/redis-server"),
    env: { LD_LIBRARY_PATH: join(folder(), "usr/lib", triplet) },
  };
}

/** Debian's own package, with apt's signature check, added to nothing. @throws Error in one line. */
export async function fetchRedis() {
  if (existsSync(redisProgram().command)) return;
  await rm(folder(), { recursive: true, force: true });
  await mkdir(folder(), { recursive: true });
  await unpackFromDebian(folder(), packages);
}
