/**
 * `npm run pack`: one file that runs anywhere with the same system and Node, and its checksum.
 *
 *   npm run pack                          dist/callboard-<version of package.json>.tar.gz, and .sha256 beside it
 *   npm run pack -- --version 1.2.0-rc1   another version, e.g. that of a build
 *
 * Packs what is installed and compiled here, so that what was tested is what runs. The same input gives the same bytes.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  createReadStream,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { Schema } from "effect";
import { repoRoot } from "../../supervisors/repo-root.ts";
import { floors, isOurs, isPackaged, productionPackages } from "./file-list.ts";

const Lock = Schema.Struct({
  version: Schema.String,
  packages: Schema.Record(
    Schema.String,
    Schema.Struct({ dev: Schema.optional(Schema.Boolean), devOptional: Schema.optional(Schema.Boolean) }),
  ),
});

/** All files and links below `dir`, as paths below the clone; what `enter` refuses is not entered. */
function filesBelow(dir: string, enter: (name: string) => boolean = () => true): string[] {
  return readdirSync(join(repoRoot, dir), { withFileTypes: true }).flatMap((entry) => {
    const path = `${dir}/${entry.name}`;
    if (!entry.isDirectory()) return [path];
    return enter(entry.name) ? filesBelow(path, enter) : [];
  });
}

function shippedFiles(): string[] {
  const lock = Schema.decodeUnknownSync(Schema.fromJsonString(Lock))(
    readFileSync(join(repoRoot, "package-lock.json"), "utf8"),
  );
  const here = { platform: process.platform, arch: process.arch, abi: process.versions.modules };
  const packages = productionPackages(lock)
    .filter((path) => existsSync(join(repoRoot, path))) // Those for other systems are not installed.
    .flatMap((path) => filesBelow(path, (name) => name !== "node_modules"))
    .filter((path) => isPackaged(path, here));
  const ours = ["dist", ...floors].flatMap((dir) => filesBelow(dir)).filter(isOurs);
  const root = readdirSync(repoRoot).filter((name) => /^(package\.json|LICENSE|[a-z-]+\.conf)$/.test(name));
  return [...root, ...ours, ...packages].sort();
}

const sha256 = async (file: string): Promise<string> => {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
};

const { version: packageVersion } = Schema.decodeUnknownSync(
  Schema.fromJsonString(Schema.Struct({ version: Schema.String })),
)(readFileSync(join(repoRoot, "package.json"), "utf8"));
const { values } = parseArgs({ options: { version: { type: "string", default: packageVersion } } });
if (!/^\d+\.\d+\.\d+[0-9A-Za-z.-]*$/.test(values.version))
  throw new Error(`--version is ${values.version}; allowed is a version such as 1.2.0 or 1.2.0-rc1.`);

const name = `callboard-${values.version}.tar.gz`;
const archive = join(repoRoot, "dist", name);
const work = mkdtempSync(join(tmpdir(), "callboard-pack-"));
try {
  const files = shippedFiles();
  const release = {
    version: values.version,
    platform: process.platform,
    arch: process.arch,
    node: process.versions.node,
  };
  writeFileSync(join(work, "release.json"), `${JSON.stringify(release)}\n`);
  writeFileSync(join(work, "files"), [...files, ""].join("\0"));
  execFileSync("tar", [
    "--create",
    "--use-compress-program=gzip -n -6", // Without the time of day in its head.
    `--file=${join(work, name)}`,
    "--mtime=@0",
    "--owner=0",
    "--group=0",
    "--numeric-owner",
    "--transform=flags=rh;s,^,callboard/,", // Files and hard links; a link's own target stays as it is.
    `--directory=${repoRoot}`,
    "--null",
    "--verbatim-files-from",
    `--files-from=${join(work, "files")}`,
    `--directory=${work}`,
    "release.json",
  ]);
  copyFileSync(join(work, name), `${archive}.new`);
  renameSync(`${archive}.new`, archive);
  const sum = await sha256(archive);
  writeFileSync(`${archive}.sha256`, `${sum}  ${name}\n`);
  const megabytes = (statSync(archive).size / 1e6).toFixed(0);
  process.stdout.write(`dist/${name}: ${files.length} files, ${megabytes} MB\nsha256 ${sum}\n`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
