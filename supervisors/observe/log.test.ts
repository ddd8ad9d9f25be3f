import { expect, test } from "vitest";
import { type LogOptions, openLog } from "./log.ts";

const said = (change: Partial<LogOptions>, isTTY = false) => {
  const lines: string[] = [];
  const log = openLog({
    role: "node",
    nodeId: "n1",
    logLevel: "info",
    logFormat: "auto",
    to: { write: (line) => lines.push(line), isTTY },
    now: () => new Date("2026-01-02T03:04:05.678Z"),
    ...change,
  });
  log('portal.acme said "no"\nand more', { level: "warn", trace: "abc" });
  log("only for those who look closely", { level: "debug" });
  return lines.join("");
};

test("one JSON object a line where nobody sits in front of it, whatever is in the text", () => {
  expect(said({})).toMatch(/^[^\n]+\n$/);
  expect(JSON.parse(said({}))).toEqual({
    time: "2026-01-02T03:04:05.678Z",
    level: "warn",
    role: "node",
    node: "n1",
    trace: "abc",
    text: 'portal.acme said "no"\nand more',
  });
});

test("plain lines on a terminal, or where told so", () => {
  const plain = '2026-01-02T03:04:05.678Z warn  portal.acme said "no"\nand more [abc]\n';
  expect(said({}, true)).toBe(plain);
  expect(said({ logFormat: "text" })).toBe(plain);
  expect(said({ logFormat: "json" }, true)).toMatch(/^\{/);
});

test("nothing less urgent than asked for", () => {
  expect(said({ logLevel: "error" })).toBe("");
  expect(said({ logLevel: "debug" })).toContain("only for those");
});
