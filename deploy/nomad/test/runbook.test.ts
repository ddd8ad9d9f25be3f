/** The runbook beside the code: a stream that nobody backs up is noticed on the worst day. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buckets, objectStores, streams } from "../../../protocols/subjects.ts";
import { repoRoot } from "../../../supervisors/repo-root.ts";

/** Who is alive; each node and edge says it anew every few seconds. */
const ofTheMoment = ["KV_nodes", "KV_edges"];

test("every stream that holds something lasting is backed up", () => {
  const [, list = ""] =
    /for stream in ([^;]+);/.exec(readFileSync(join(repoRoot, "docs/operations.md"), "utf8")) ?? [];
  const all = [
    ...Object.values(streams),
    ...Object.values(buckets).map((bucket) => `KV_${bucket}`),
    ...Object.values(objectStores).map((store) => `OBJ_${store}`),
  ];
  expect(list.split(" ").sort()).toEqual(all.filter((stream) => !ofTheMoment.includes(stream)).sort());
});
