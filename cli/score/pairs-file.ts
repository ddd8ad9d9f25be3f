/** `callboard score --pairs`: lines in, lines out. */
import { createReadStream } from "node:fs";
import { Schema } from "effect";
import { createEmbedder } from "../../supervisors/capabilities/embeddings/embedder.ts";
import {
  type FailedPair,
  scorePairs,
  type TextPair,
} from "../../supervisors/capabilities/match/score-pairs.ts";
import { linesOfStream } from "./lines-of-stream.ts";

const Pair = Schema.Struct({
  id: Schema.Union([Schema.String, Schema.Finite]),
  resume_text: Schema.String,
  jd_text: Schema.String,
});
const isPair = Schema.is(Pair);

/** Sentences kept in memory, 2 KiB each: those of some 5,000 résumés. */
const cacheSize = 60_000;
/** Nobody waits for a single answer here, and the longer the batch the more of its sentences have the same length. */
const batchSize = 128;
/** A résumé of 5 MB and a posting of 5 MB, escaped. */
const longestLine = 32 * 1024 * 1024;

/**
 * @param path "-" is stdin
 * @returns after the last line. A line that is no pair gets a line `{id, error}` in its place; if there was one, rejects at the
 *   end with how many there were
 */
export async function scorePairsFile(path: string): Promise<void> {
  const began = performance.now();
  // Whoever reads may stop early (`| head`): then there is nothing left to do.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  const embedder = await createEmbedder({ cacheSize, batchSize });
  let count = 0;
  let failed = 0;
  try {
    for await (const outcome of scorePairs(embedder, readPairs(path))) {
      count += 1;
      if ("error" in outcome) failed += 1;
      await write("error" in outcome ? outcome : { id: outcome.id, score: outcome.match.score });
    }
  } finally {
    await embedder.close();
  }
  const seconds = (performance.now() - began) / 1000;
  process.stderr.write(
    `${count} pairs in ${seconds.toFixed(1)} s, ${(count / seconds).toFixed(1)} a second\n`,
  );
  if (failed > 0) throw new Error(`${failed} of ${count} lines have no score; each says why, under "error"`);
}

async function* readPairs(path: string): AsyncGenerator<TextPair | FailedPair> {
  const input = path === "-" ? process.stdin : createReadStream(path);
  let number = 0;
  for await (const line of linesOfStream(input, longestLine)) {
    number += 1;
    if (line === null) yield { id: null, error: `line ${number} has more than ${longestLine} bytes` };
    else if (line.trim() !== "") yield pairOf(line, number);
  }
}

function pairOf(line: string, number: number): TextPair | FailedPair {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    return {
      id: null,
      error: `line ${number} is no JSON: ${cause instanceof Error ? cause.message : cause}`,
    };
  }
  if (isPair(value)) return value;
  const id = typeof value === "object" && value !== null && "id" in value ? value.id : null;
  return {
    id: typeof id === "string" || typeof id === "number" ? id : null,
    error: `line ${number} is no {id, resume_text, jd_text}: the id is a text or a number, the others are texts`,
  };
}

/** Waits while whoever reads is slower. */
function write(line: unknown): Promise<void> | undefined {
  if (process.stdout.write(`${JSON.stringify(line)}\n`)) return undefined;
  return new Promise((resolve) => process.stdout.once("drain", resolve));
}
