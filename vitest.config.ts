/** How the tests run: each file in a process of its own, on real servers that it starts itself. */
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Minutes each: whatever starts one of them last waits for it alone. */
const longest = [/-walk\.test/, /screens\.test/, /schedules-[ab]\.test/];
const place = ({ moduleId }: TestSpecification) => {
  const at = longest.findIndex((pattern) => pattern.test(moduleId));
  return at < 0 ? longest.length : at;
};

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

const include = ["{protocols,actors,supervisors,edge,cli,deploy,bench,dashboard}/**/*.test.{ts,tsx}"];
const never = ["**/node_modules/**", "dist/**"];
const underFire = "deploy/chaos/chaos.test.ts";

// Two cores carry three files at a time: most of a file's time is waiting for a server's start.
export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: "tests", include, exclude: [...never, underFire], maxWorkers: 3 } },
      // Two minutes under fire take both cores, and the walks beside them would time out: by itself, when the rest is done.
      { extends: true, test: { name: "under fire", include: [underFire], sequence: { groupOrder: 1 } } },
    ],
    globalSetup: "deploy/local/setup/test-tools.ts",
    pool: "forks",
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A run that hangs should say where, not wait for somebody to look.
    teardownTimeout: 20_000,
    // One line per file, and whole stories of what failed.
    reporters:
      process.env.CI === "true"
        ? ["default", ["json", { outputFile: "dist/test-results.json" }]]
        : ["default"],
  },
});
