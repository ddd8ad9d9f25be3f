/** A release holds what runs, and nothing else: a missing file stops a fleet, a superfluous one only costs a moment. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repoRoot } from "../../supervisors/repo-root.ts";
import { isOurs, isPackaged, productionPackages } from "./file-list.ts";

test("of the lock file only what production needs, nested packages too", () => {
  const lock = {
    packages: {
      "": {},
      "node_modules/effect": {},
      "node_modules/a/node_modules/b": {},
      "node_modules/vitest": { dev: true },
      "node_modules/@types/node": { devOptional: true },
    },
  };
  expect(productionPackages(lock)).toEqual(["node_modules/a/node_modules/b", "node_modules/effect"]);
});

test("every direct dependency of package.json is shipped", () => {
  const read = (name: string) => JSON.parse(readFileSync(join(repoRoot, name), "utf8"));
  const shipped = new Set(productionPackages(read("package-lock.json")));
  const { dependencies, devDependencies } = read("package.json");
  for (const name of Object.keys(dependencies)) expect(shipped).toContain(`node_modules/${name}`);
  expect(Object.keys(devDependencies).filter((name) => shipped.has(`node_modules/${name}`))).toEqual([]);
});

test.each([
  ["dist/cli/callboard.js", true],
  ["dist/edge/server.js.map", true],
  ["dist/dashboard/index.html", true],
  ["dist/deploy/local/demo-portal/main.js", true],
  ["dist/bench/main.js", false],
  ["dist/edge/server.test.js", false],
  ["dist/supervisors/testkit/nats.js", false],
  ["dist/deploy/pack/pack.js", false],
  ["dist/.tsbuildinfo", false],
  ["dist/callboard-0.1.0.tar.gz", false],
  ["supervisors/capabilities/embeddings/encoder-worker.mjs", true],
  ["deploy/nomad/edge.nomad.hcl", true],
  ["deploy/local/bootstrap.mjs", false],
  ["deploy/check.mjs", false],
  ["actors/portal/machine.ts", false],
])("%s is shipped: %s", (path, shipped) => {
  expect(isOurs(path)).toBe(shipped);
});

test("the six demo candidates, which are read from the sources, are shipped", () => {
  const dir = "deploy/local/demo-candidates";
  const documents = readdirSync(join(repoRoot, dir)).filter((name) => name.endsWith(".json"));
  expect(documents.filter((name) => isOurs(`${dir}/${name}`))).toHaveLength(6);
});

test("of the native parts only the one for this system and Node", () => {
  const here = { platform: "linux", arch: "x64", abi: "115" };
  const native = (name: string) => isPackaged(`node_modules/uWebSockets.js/${name}`, here);
  expect(native("uws_linux_x64_115.node")).toBe(true);
  expect(native("uws_linux_x64_127.node")).toBe(false);
  expect(native("uws_darwin_arm64_115.node")).toBe(false);
  expect(native("uws.js")).toBe(true);
  expect(isPackaged("node_modules/effect/dist/Effect.d.ts", here)).toBe(false);
  expect(isPackaged("node_modules/effect/dist/Effect.js", here)).toBe(true);
});
