/** A child's log: bounded. When it is full, and at every start, the one before it is kept as `<name>.log.1`. */
import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** Two of these per child: enough for a day's lines, little enough to forget about. */
export const logLimitBytes = 10 * 1024 * 1024;

export interface LogFile {
  readonly path: string;
  write(chunk: Buffer): void;
  /** The last lines that are not blank, newest last, from memory. */
  lastLines(count: number): string[];
  close(): void;
}

/** Opens it, moving an earlier one aside. Writes are synchronous: what a child said before its end is there to be read. */
export const openLog = (path: string, limit: number = logLimitBytes): LogFile => {
  mkdirSync(dirname(path), { recursive: true });
  const open = (): number => {
    if (statSync(path, { throwIfNoEntry: false })) renameSync(path, `${path}.1`);
    return openSync(path, "w", 0o600);
  };
  let fd = open();
  let size = 0;
  let tail = "";
  return {
    path,
    write: (chunk) => {
      if (size + chunk.length > limit) {
        closeSync(fd);
        fd = open();
        size = 0;
      }
      writeSync(fd, chunk);
      size += chunk.length;
      tail = (tail + chunk.toString("utf8")).slice(-8_192);
    },
    lastLines: (count) =>
      tail
        .split("\n")
        .filter((line) => line.trim() !== "")
        .slice(-count),
    close: () => closeSync(fd),
  };
};
