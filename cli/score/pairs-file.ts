/** `callboard score --pairs`: lines in, lines out. */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { Schema } from "effect";
import { createEmbedder } from "../../supervisors/capabilities/embeddings/embedder.ts";
import { scorePairs, type TextPair } from "../../supervisors/capabilities/match/score-pairs.ts";

const Pair = Schema.Struct({
  id: Schema.Union([Schema.String, Schema.Finite]),
  resume_text: Schema.String,
  jd_text: Schema.String,
});
const decode = Schema.decodeUnknownSync(Schema.fromJsonString(Pair));

/** Sentences kept in memory, 2 KiB each: those of some 5,000 résumés. */
const cacheSize = 60_000;

/** @param path "-" is stdin. Rejects with the line's number at the first line that is no pair. */
export async function scorePairsFile(path: string): Promise<void> {
  const began = performance.now();
  // Whoever reads may stop early (`| head`): then there is nothing left to do.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  const embedder = await createEmbedder({ cacheSize });
  let count = 0;
  try {
    for await (const { id, match } of scorePairs(embedder, readPairs(path))) {
      count += 1;
      await write(`${JSON.stringify({ id, score: match.score })}\n`);
    }
  } finally {
    await embedder.close();
  }
  const seconds = (performance.now() - began) / 1000;
  process.stderr.write(
    `${count} pairs in ${seconds.toFixed(1)} s, ${(count / seconds).toFixed(1)} a second\n`,
  );
}

async function* readPairs(path: string): AsyncGenerator<TextPair> {
  const input = path === "-" ? process.stdin : createReadStream(path);
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() === "") continue;
    let pair: typeof Pair.Type;
    try {
      pair = decode(line);
    } catch (cause) {
      throw new Error(`line ${number} of ${path} is no {id, resume_text, jd_text} as JSON`, { cause });
    }
    yield pair;
  }
}

/** Waits while whoever reads is slower. */
const write = (line: string): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(line, (error) => (error ? reject(error) : resolve()));
  });
