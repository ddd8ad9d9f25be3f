/** How the tests run: each file in a process of its own, on real servers that it starts itself. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{protocols,actors,supervisors,edge,cli,deploy,bench,dashboard}/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", "dist/**"],
    globalSetup: "deploy/local/setup/test-tools.ts",
    pool: "forks",
    // Two cores carry three files at a time: most of a file's time is waiting for a server's start.
    maxWorkers: 3,
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
