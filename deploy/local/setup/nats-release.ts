/** Upstream's own release of nats-server, for systems that are no Debian: one version, pinned by checksum. */

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

const releases = "https://github.com/nats-io/nats-server/releases/download/v2.15.0";

/** By `<platform>-<architecture>` as Node names them: the archive's name, and its digest in the release's SHA256SUMS. */
const archives: Readonly<Record<string, readonly [name: string, sha256: string]>> = {
  "linux-x64": [
    "nats-server-v2.15.0-linux-amd64",
    "5d2c51caca950333aba84911df7d377f826f3a59ec36061c6539105084f65c92",
  ],
  "linux-arm64": [
    "nats-server-v2.15.0-linux-arm64",
    "cdc208f5a3f42963a52b6ab06ef65626bb870315dc936e26ba571780c6351112",
  ],
  "darwin-arm64": [
    "nats-server-v2.15.0-darwin-arm64",
    "e1c4e22d70bd44abfa0bcb3c16f7cf0c66f648c2e728c58924e8a1ce88913cc8",
  ],
};

const withinMs = 120_000;

/**
 * Downloads and unpacks it below `work`; gives the program's path. What does not have the pinned checksum is not unpacked.
 * @throws Error in one line: no release for this system, no answer, or another file than the pinned one.
 */
export async function fetchRelease(
  work: string,
  from = releases,
  system = `${process.platform}-${process.arch}`,
): Promise<string> {
  const archive = archives[system];
  if (archive === undefined) throw new Error(`there is no pinned release for ${system}`);
  const [name, sha256] = archive;
  const url = `${from}/${name}.tar.gz`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(withinMs) }).catch((cause) => {
    throw new Error(`${url} does not answer`, { cause });
  });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const digest = createHash("sha256").update(bytes).digest("hex");
  if (digest !== sha256)
    throw new Error(`${url} has the checksum ${digest}, not the pinned ${sha256}: it was not used`);
  const file = join(work, "release.tar.gz");
  await writeFile(file, bytes);
  await execute("tar", ["-xzf", file, "-C", work, `${name}/nats-server`]);
  return join(work, name, "nats-server");
}
