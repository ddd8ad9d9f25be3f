/** Where the repository is, seen from a source file and from its compiled twin under `dist/` alike. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The directory that holds `nats.conf` and `package.json`: the first one upwards that has both. */
export const repoRoot: string = (() => {
  for (let dir = import.meta.dirname; ; dir = dirname(dir)) {
    if (existsSync(join(dir, "nats.conf")) && existsSync(join(dir, "package.json"))) return dir;
    if (dirname(dir) === dir) {
      throw new Error(
        `No nats.conf beside a package.json above ${import.meta.dirname}: run Callboard from its repository.`,
      );
    }
  }
})();
