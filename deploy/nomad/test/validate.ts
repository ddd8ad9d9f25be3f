/**
 * `npm run test:nomad`: every job spec, by Nomad's own word (`nomad job validate`), where there is a Nomad; one line where
 * there is none. The fleet itself is exercised by `npm run test:fleet`, which starts what the specs name.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { repoRoot } from "../../../supervisors/repo-root.ts";
import { readJobSpec, specFiles } from "./job-spec.ts";

const nomad = (...args: string[]) => spawnSync("nomad", args, { cwd: repoRoot, encoding: "utf8" });

if (nomad("version").error !== undefined) {
  process.stdout.write("There is no nomad on PATH: nothing was validated.\n");
  process.exit(0);
}

let failed = 0;
for (const file of specFiles()) {
  const { variables } = await readJobSpec(file);
  const checksum =
    "release_checksum" in variables ? ["-var", `release_checksum=sha256:${"0".repeat(64)}`] : [];
  const { status, stdout, stderr } = nomad("job", "validate", ...checksum, join("deploy/nomad", file));
  if (status !== 0) failed++;
  process.stdout.write(
    `${status === 0 ? "ok  " : "FAIL"}  ${file}\n${status === 0 ? "" : `${stdout}${stderr}\n`}`,
  );
}
process.exit(failed === 0 ? 0 : 1);
