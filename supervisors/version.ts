/** The version of this build: of the release it was unpacked from, else of package.json. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Schema } from "effect";
import { repoRoot } from "./repo-root.ts";

const read = Schema.decodeUnknownSync(Schema.fromJsonString(Schema.Struct({ version: Schema.String })));
const release = join(repoRoot, "release.json");

export const { version } = read(
  readFileSync(existsSync(release) ? release : join(repoRoot, "package.json"), "utf8"),
);
