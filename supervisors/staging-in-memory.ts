/**
 * Lets a broker that stands alone stage its atomic batches in memory. It writes each batch into files of its own first, so that a
 * batch which is half stored when the process dies is completed at the next start: some five synchronous operations on directories,
 * which are most of what a batch costs (2.15.1: 4 ms of 5; a cluster stages in memory anyway). In a file system in memory they survive
 * the death of the process just as well. A power cut takes them, and with them whether a batch is whole; it does so anyway unless each
 * write is synced ("always"), so that this is not for that.
 *
 * The broker removes the link whenever it starts, after it has read what was staged: then it is made again.
 */
import { createHash } from "node:crypto";
import { lstat, mkdir, rm, rmdir, statfs, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { streamSettings } from "../protocols/streams.ts";

const memory = "/dev/shm";
/** A batch has 4 MB at most, and few are under way. */
const leastFreeBytes = 64 * 1024 * 1024;
const lookEveryMs = 500;

export interface Staging {
  /** To be called when the broker has ended. What it has left half stored stays for its next start, unless its store is deleted, too. */
  stop(storeIsDeleted?: boolean): Promise<void>;
}

/** @param storeDir the broker's `store_dir` */
export function stageInMemory(storeDir: string): Staging {
  const name = createHash("sha256").update(resolve(storeDir)).digest("hex").slice(0, 16);
  const root = join(memory, `callboard-${name}`);
  const places = streamSettings
    .filter(({ allow_atomic }) => allow_atomic === true)
    .map(({ name }) => ({
      stream: join(storeDir, "jetstream", "CALLBOARD", "streams", String(name)),
      target: join(root, String(name)),
    }));
  const look = async () => {
    if (!(await hasRoom()) || !(await isOurs(root))) return;
    // One that is in use, or was made again by the broker just now, is looked at again.
    for (const { stream, target } of places) await linkTo(target, stream).catch(() => {});
  };
  let looking: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(look).catch(() => {}); // Then batches are staged in files, and that is all.
  }, lookEveryMs).unref();
  return {
    stop: async (storeIsDeleted = false) => {
      clearInterval(timer);
      await looking;
      if (storeIsDeleted) return await rm(root, { recursive: true, force: true });
      for (const { target } of places) await rmdir(target).catch(() => {});
      await rmdir(root).catch(() => {});
    },
  };
}

/** Whether this machine has a file system in memory, with room enough. */
export async function hasRoom(): Promise<boolean> {
  const free = await statfs(memory).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  );
  return free >= leastFreeBytes;
}

/** Anybody may make a directory there: one that others can read or write is not used. */
async function isOurs(directory: string): Promise<boolean> {
  await mkdir(directory, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  const found = await lstat(directory);
  return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0;
}

async function linkTo(target: string, stream: string): Promise<void> {
  if ((await lstat(stream).catch(() => null)) === null) return; // Not made yet.
  const link = join(stream, "batches");
  const found = await lstat(link).catch(() => null);
  if (found?.isSymbolicLink()) return;
  // What is in there was read at the start, or is of a store that was deleted.
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { mode: 0o700 });
  if (found !== null) await rmdir(link); // Fails where a batch is being staged.
  await symlink(target, link);
}
