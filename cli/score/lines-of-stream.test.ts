import fc from "fast-check";
import { expect, test } from "vitest";
import { linesOfStream } from "./lines-of-stream.ts";

const read = async (chunks: readonly Buffer[], longest: number) => {
  const lines: (string | null)[] = [];
  async function* stream() {
    yield* chunks;
  }
  for await (const line of linesOfStream(stream(), longest)) lines.push(line);
  return lines;
};

test("gives back the lines, wherever the stream is cut", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: "binary" }).map((text) => text.replace(/[\n\ufeff]/g, ""))),
      fc.array(fc.nat(200)),
      async (lines, cuts) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
        const places = [...new Set([0, ...cuts.filter((cut) => cut < bytes.length), bytes.length])].sort(
          (a, b) => a - b,
        );
        const chunks = places.slice(1).map((end, at) => bytes.subarray(places[at], end));
        expect(await read(chunks, 10_000)).toEqual(lines);
      },
    ),
    { numRuns: 40 },
  ));

test("a line that is too long is null, the others are whole; the last needs no end", async () => {
  const chunks = ["\ufeffone\n", "x".repeat(60), "x".repeat(60), "y\ntwo", "\n\nthree"].map((text) =>
    Buffer.from(text),
  );
  expect(await read(chunks, 100)).toEqual(["one", null, "two", "", "three"]);
});
