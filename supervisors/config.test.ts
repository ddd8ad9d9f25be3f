/** Settings: defaults that work, and one clear line for what does not. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Redacted } from "effect";
import { expect, test } from "vitest";
import { configTable, readConfig, unknownSettings } from "./config.ts";
import { repoRoot } from "./repo-root.ts";

test("an empty environment gives the documented defaults", () => {
  const config = readConfig({});
  expect(config).toMatchObject({
    host: "127.0.0.1",
    port: 7070,
    publicUrl: "http://127.0.0.1:7070",
    natsUrl: "nats://127.0.0.1:7071",
    approvalThreshold: 90,
    reviewMinMs: 900_000,
    reviewMaxMs: 1_200_000,
    syncInterval: "default",
    kinds: undefined,
    embedded: { nats: true, postgres: true, mongo: true },
  });
});

test("a variable that is set but empty counts as not set", () => {
  expect(readConfig({ CALLBOARD_PORT: "" }).port).toBe(7070);
});

test("an address of one's own means that nothing is embedded in its place", () => {
  const config = readConfig({
    CALLBOARD_NATS_URL: "nats://a:4222,nats://b:4222",
    CALLBOARD_MONGO_URL: "mongodb://m",
  });
  expect(config.embedded).toEqual({ nats: false, postgres: true, mongo: false });
  expect(config.natsUrl).toBe("nats://a:4222,nats://b:4222");
});

test("kinds are a list, and spaces around the commas do no harm", () => {
  expect(readConfig({ CALLBOARD_KINDS: "portal, applier" }).kinds).toEqual(["portal", "applier"]);
});

test.each([
  ["CALLBOARD_PORT", "http", "a whole number from 1 to 65535"],
  ["CALLBOARD_PORT", "70000", "a whole number from 1 to 65535"],
  ["CALLBOARD_PORT", "7070.5", "a whole number from 1 to 65535"],
  ["CALLBOARD_APPROVAL_THRESHOLD", "0", "a whole number from 1 to 100, in %"],
  ["CALLBOARD_REVIEW_MIN_MS", "15min", "a whole number from 1000 to 86400000, in ms"],
  ["CALLBOARD_NATS_SYNC_INTERVAL", "never", "one of default, always"],
  ["CALLBOARD_POSTGRES_URL", "mysql://x", "an address that begins with postgres://"],
  ["CALLBOARD_KINDS", "portal,,", "names of actor kinds"],
  ["CALLBOARD_NODE_ID", "a.b", "1 to 64 letters"],
  ["CALLBOARD_PUBLIC_URL", "example.org", "http:// or https://"],
])("%s=%s stops the start with one line that says what is allowed", (variable, given, allowed) => {
  const attempt = () => readConfig({ [variable]: given });
  expect(attempt).toThrow(variable);
  expect(attempt).toThrow(JSON.stringify(given));
  expect(attempt).toThrow(allowed);
  expect(attempt).not.toThrow(/\n/);
});

test("values that are impossible together are refused by name", () => {
  expect(() => readConfig({ CALLBOARD_REVIEW_MIN_MS: "1300000" })).toThrow(/CALLBOARD_REVIEW_MAX_MS/);
  expect(() => readConfig({ CALLBOARD_WARN_BEFORE_MS: "900000" })).toThrow(/CALLBOARD_REVIEW_MIN_MS/);
  expect(() => readConfig({ CALLBOARD_MONGO_PORT: "7070" })).toThrow(/CALLBOARD_PORT/);
});

test("a secret does not show when the settings are printed", () => {
  const config = readConfig({ CALLBOARD_NATS_PASSWORD: "hunter2" });
  expect(`${JSON.stringify(config)} ${String(config.natsPassword)}`).not.toContain("hunter2");
  expect(config.natsPassword && Redacted.value(config.natsPassword)).toBe("hunter2");
});

test("a password in an address is not repeated in the error line", () => {
  const attempt = () => readConfig({ CALLBOARD_NATS_URL: "nats://me:hunter2@host" });
  expect(attempt).toThrow(/CALLBOARD_NATS_URL is "nats:\/\/\*\*\*@host"; allowed is nats:\/\/host:port/);
});

test("a misspelt variable is noticed", () => {
  expect(unknownSettings({ CALLBOARD_PROT: "1", CALLBOARD_PORT: "2", HOME: "/" })).toEqual([
    "CALLBOARD_PROT",
  ]);
});

test("the table tells each setting once, with a reason", () => {
  const rows = configTable();
  expect(new Set(rows.map((row) => row.variable)).size).toBe(rows.length);
  for (const row of rows) expect(row.why.length).toBeGreaterThan(20);
});

test("the README's table is the one made from the settings", () => {
  const rows = configTable().map(
    ({ variable, default: value, unit, allowed, why }) =>
      `| \`${variable}\` | ${value} | ${unit} | ${allowed} | ${why} |`,
  );
  const readme = readFileSync(join(repoRoot, "README.md"), "utf8");
  const table = /<!-- settings[^>]*-->\n\n([^<]*)<!-- \/settings -->/.exec(readme)?.[1] ?? "";
  expect(table.trim().split("\n").slice(2)).toEqual(rows);
});
