/**
 * How to run a program that refuses to be root: as somebody without rights, also where a directory on the way (a clone
 * under /root, say) is closed to everybody else. Who is not root needs none of this.
 */
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { dirname } from "node:path";

/** `nobody` on every Linux. Its files are the cluster's data directory only. */
export const nobody = { uid: 65_534, gid: 65_534 } as const;

export interface Unprivileged {
  /** What to put in front of the command; empty if nothing. */
  readonly prefix: readonly string[];
  /** Who it runs as; undefined: who we are. `prefix` then does the rest, so these go to `spawn` only without one. */
  readonly uid?: number;
  readonly gid?: number;
  /** Who must own what it writes; undefined: nothing to do. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

const isRoot = (): boolean => process.getuid?.() === 0;

/** The first directory above `path` that others may not pass through. */
const closedAbove = (path: string): string | undefined => {
  for (let dir = dirname(path); ; dir = dirname(dir)) {
    if ((statSync(dir).mode & 0o001) === 0) return dir;
    if (dirname(dir) === dir) return undefined;
  }
};

/** `setpriv` with one capability kept: to pass through directories. Which one a container grants differs. */
const passingThrough = (): readonly string[] | undefined =>
  ["dac_read_search", "dac_override"]
    .map((right) => [
      "setpriv",
      `--reuid=${nobody.uid}`,
      `--regid=${nobody.gid}`,
      "--clear-groups",
      "--securebits=+no_setuid_fixup", // Else access(2), by which PostgreSQL checks its programs, would not count the right.
      `--inh-caps=-all,+${right}`,
      `--ambient-caps=-all,+${right}`,
      `--bounding-set=-all,+${right}`,
    ])
    .find(
      ([command, ...args]) => command !== undefined && spawnSync(command, [...args, "true"]).status === 0,
    );

/**
 * @param program name for the error line
 * @param paths existing files and directories that it must reach
 * Throws one clear line if there is no way.
 */
export const unprivileged = (program: string, paths: readonly string[]): Unprivileged => {
  if (!isRoot()) return { prefix: [] };
  const closed = paths.map(closedAbove).find((dir) => dir !== undefined);
  if (closed === undefined) return { prefix: [], ...nobody, owner: nobody };
  const prefix = passingThrough();
  if (prefix !== undefined) return { prefix, owner: nobody };
  throw new Error(
    `${program} refuses to run as root, and ${closed} is closed to everybody else: ` +
      "put the clone where others may enter (for example under /srv), or start Callboard as another user.",
  );
};
