/**
 * Before the first test: the tools are there and the sources are compiled, also when Vitest was started by hand. Tests of
 * whole processes run the compiled ones.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { readConfig } from "../../../supervisors/config.ts";
import { repoRoot } from "../../../supervisors/repo-root.ts";
import { setUpTools } from "./tools.ts";

export default async function testTools(): Promise<void> {
  // Does nothing if nothing changed. CALLBOARD_BOOTSTRAPPED: `npm test` has just done it, or an earlier group of tests.
  if (process.env.CALLBOARD_BOOTSTRAPPED !== "yes") {
    try {
      execFileSync(process.execPath, [join(repoRoot, "deploy/local/bootstrap.mjs"), "build"], {
        stdio: "pipe",
      });
    } catch (error) {
      // One who works on a single file while another is broken can still test it.
      const said = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
      process.stderr.write(`Tests go on without a fresh build. ${said}\n`);
    }
  }
  process.env.CALLBOARD_BOOTSTRAPPED = "yes";
  await setUpTools(readConfig(), () => {});
}
