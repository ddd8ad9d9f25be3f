/**
 * Puts a nats-server that is recent enough into `<home>/tools`, if PATH has none: Debian's own package from a newer
 * suite, fetched by apt with apt's signature check, in a state directory of our own. Needs no root, and adds nothing to
 * the system. On other systems upstream's release, pinned by checksum.
 */
import { copyFile, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { findNatsServer, natsServerVersion } from "../../../supervisors/nats-server.ts";
import { debianHere, unpackFromDebian } from "./debian-package.ts";
import { fetchRelease } from "./nats-release.ts";

/** The Debian release that has 2.15; its programs run on the two releases before it as well. */
const suite = "forky";

const howToMend =
  "install nats-server 2.15 or newer so that it is on PATH (releases and checksums: the nats-io/nats-server project), " +
  "or set CALLBOARD_NATS_URL to a broker of your own";

/**
 * Makes sure that there is a nats-server; gives where it is and where it came from.
 * Throws one clear line that says how to mend it.
 */
export const ensureNatsServer = async (home: string): Promise<{ path: string; fetched: boolean }> => {
  const existing = findNatsServer(home);
  if (existing !== undefined) return { path: existing, fetched: false };
  const isDebian = (await debianHere()) !== undefined;
  const from = isDebian ? `with apt from Debian's ${suite}` : "from its own releases";
  const tools = join(home, "tools");
  await mkdir(tools, { recursive: true });
  const work = await mkdtemp(join(tools, "apt-"));
  try {
    if (isDebian) await unpackFromDebian(join(work, "unpacked"), ["nats-server"], suite);
    const program = isDebian ? join(work, "unpacked/usr/sbin/nats-server") : await fetchRelease(work);
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
