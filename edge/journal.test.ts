/** What was begun and not settled is known to whoever opens the file next, and nothing else is. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Schema } from "effect";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openJournal } from "./journal.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "callboard-journal-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const open = (file: string, log: (line: string) => void = () => {}) =>
  openJournal(file, Schema.decodeUnknownOption(Schema.String), log);

test("whatever begins, is settled and is opened anew, what is left is what was not settled, and the file does not grow for ever", () => {
  const step = fc.oneof(
    fc.record({ does: fc.constant("begins" as const), what: fc.string() }),
    fc.record({ does: fc.constant("is settled" as const), which: fc.nat(5) }),
    fc.constant({ does: "opened anew" as const }),
  );
  let runs = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const file = join(dir, `${runs++}.jsonl`);
      let journal = open(file);
      const inHand = new Map<number, string>();
      for (const one of steps)
        if (one.does === "begins") inHand.set(journal.begin(one.what), one.what);
        else if (one.does === "opened anew") {
          journal = open(file);
          expect(journal.left).toEqual(inHand);
        } else {
          const id = [...inHand.keys()][one.which];
          if (id === undefined) continue;
          journal.settle(id);
          journal.settle(id);
          inHand.delete(id);
        }
      for (const id of inHand.keys()) journal.settle(id);
      if (steps.some(({ does }) => does === "begins")) expect(readFileSync(file, "utf8")).toBe("");
    }),
  );
});

test("a line cut off by a kill, and one that is none of ours, are passed over; nobody else reads the file", () => {
  const file = join(dir, "a", "tried.jsonl");
  const journal = open(file);
  journal.begin("kept");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  appendFileSync(file, '{"id":7,"entry":5}\nnonsense\n{"id":2,"entr');
  const again = open(file);
  expect([...again.left]).toEqual([[1, "kept"]]);
  const next = again.begin("next");
  expect(next).toBe(8);
  expect([...open(file).left.keys()]).toEqual([1, 8]);
});

test("where nothing can be written it says so once, and goes on", () => {
  writeFileSync(join(dir, "file"), "");
  const said: string[] = [];
  const journal = open(join(dir, "file", "tried.jsonl"), (line) => said.push(line));
  journal.settle(journal.begin("a"));
  journal.begin("b");
  expect(said).toEqual([expect.stringMatching(/tried\.jsonl can't be written/)]);
});
