/** Secrets: made once, private, and never silently replaced. */
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadSecrets, readSecrets, secretsFile } from "./secrets.ts";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "callboard-secrets-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

test("secrets are made on the first start and stay the same", async () => {
  expect(await readSecrets(home)).toBeUndefined();
  const first = await loadSecrets(home);
  expect(await loadSecrets(home)).toEqual(first);
  expect(new Set([...Object.values(first.nats), first.postgres, first.cookie]).size).toBe(5);
});

test("only the owner can read them", async () => {
  await loadSecrets(home);
  expect((await stat(secretsFile(home))).mode & 0o777).toBe(0o600);
});

test("all who start at once agree on one set, and nothing is left beside it", async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => loadSecrets(home)));
  for (const secrets of all) expect(secrets).toEqual(all[0]);
  expect(await readdir(home)).toEqual(["secrets.json"]);
});

test("a damaged file stops the start and is left as it is", async () => {
  await writeFile(secretsFile(home), '{"nats":{}}');
  await expect(loadSecrets(home)).rejects.toThrow(/secrets\.json is damaged/);
});
