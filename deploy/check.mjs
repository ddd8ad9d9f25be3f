/** `npm run check`: types, lint and format, unused code, import direction and rings. Runs all, then fails if one did. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

const root = dirname(import.meta.dirname);
const bin = (name) => join(root, "node_modules/.bin", name);

const checks = [
  ["types", bin("tsc"), ["-p", ".", "--noEmit", "--incremental", "false"]],
  ...(existsSync(join(root, "dashboard/tsconfig.json"))
    ? [["types of the dashboard", bin("tsc"), ["-p", "dashboard"]]]
    : []),
  ["lint and format", bin("biome"), ["check", "--error-on-warnings", "."]],
  ["unused code", bin("knip"), ["--no-progress"]],
  ["floors", process.execPath, ["deploy/check-floors.mjs"]],
];

const failed = checks.filter(([name, command, args]) => {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: "utf8" });
  const fine = status === 0;
  process.stdout.write(
    `${fine ? "ok  " : "FAIL"}  ${((performance.now() - start) / 1000).toFixed(1).padStart(5)} s  ${name}\n`,
  );
  if (!fine) process.stdout.write(`${stdout}${stderr}\n`);
  return !fine;
});
process.exit(failed.length > 0 ? 1 : 0);
