import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Embedder } from "../../../actors/matcher/capabilities.ts";
import { createEmbedder } from "./embedder.ts";
import { EmbeddingsUnavailable, nextBatch } from "./encoder-pool.ts";

const alike = (a: ArrayLike<number> = [], b: ArrayLike<number> = []) =>
  Array.from(a).reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

describe("with the real weights", () => {
  let embedder: Embedder;
  beforeAll(async () => {
    embedder = await createEmbedder();
  });
  afterAll(() => embedder.close());

  test("sentences that mean the same are closer than sentences that do not", async () => {
    const [k8s, containers, books, close] = await embedder.embed([
      "Experience running Kubernetes and Docker in production",
      "Operated container clusters with Kubernetes",
      "Prepared the monthly financial statements",
      "Closed the books every month and reported the accounts",
    ]);
    expect(alike(k8s, containers)).toBeGreaterThan(alike(k8s, books) + 0.2);
    expect(alike(books, close)).toBeGreaterThan(alike(containers, close) + 0.2);
  });

  test("gives a unit vector of 512 numbers, the same in every batch and in every process", async () => {
    const other = await createEmbedder({ batchSize: 1, cacheSize: 0 });
    const sentences = [
      "Built data pipelines in Python.",
      "Nursing",
      "Five years of experience in bookkeeping",
    ];
    const [together, apart] = [await embedder.embed(sentences), await other.embed(sentences)];
    await other.close();
    expect(apart).toEqual(together);
    for (const vector of together) {
      expect(vector).toHaveLength(512);
      expect(alike(vector, vector)).toBeCloseTo(1, 4);
    }
  });

  test("answers an empty list, blanks, repeats, very long text and garbage", async () => {
    expect(await embedder.embed([])).toEqual([]);
    const garbage = [
      "",
      "  \n\t",
      "\ud800 lone \udfff",
      "\u0000\u200b\u202e",
      "💥🧿".repeat(400),
      "ꙮ".repeat(3000),
    ];
    const vectors = await embedder.embed([...garbage, "word ".repeat(50_000), "Nurse", "Nurse"]);
    expect(vectors).toHaveLength(garbage.length + 3);
    for (const vector of vectors) expect(vector.every(Number.isFinite)).toBe(true);
    expect(alike(vectors[0], vectors[0])).toBe(0);
    expect(vectors.at(-1)).toEqual(vectors.at(-2));
  });

  test("many at once come back in order", async () => {
    const sentences = Array.from({ length: 70 }, (_, n) => `Sentence number ${n}`);
    const all = await embedder.embed(sentences);
    const [last] = await embedder.embed([sentences.at(-1) ?? ""]);
    expect(all.at(-1)).toEqual(last);
  });
});

describe("with a worker made for the test", () => {
  /** Runs `code` as the body of the worker's message handler; a line in `starts` counts the workers. */
  const withWorker = async (body: string, run: (file: string) => Promise<void>) => {
    const folder = await mkdtemp(join(tmpdir(), "callboard-encoder-"));
    const file = join(folder, "worker.mjs");
    await writeFile(file, `import { parentPort as port } from "node:worker_threads";\n${body}`);
    await run(file).finally(() => rm(folder, { recursive: true }));
  };
  const answering = `
    import { existsSync, writeFileSync } from "node:fs";
    const died = new URL("died", import.meta.url);
    port.on("message", ({ id, sentences }) => {
      if (sentences.includes("fatal")) process.exit(1);
      if (sentences.includes("fatal once") && !existsSync(died)) { writeFileSync(died, ""); throw new Error("boom"); }
      if (sentences.includes("wrong")) return port.postMessage({ id, error: "no such thing" });
      calls += sentences.length;
      port.postMessage({ id, vectors: Float32Array.from(sentences.flatMap((s) => [s.length, calls])) });
    });
    let calls = 0;
    port.postMessage({ ready: "test", dimensions: 2 });`;

  test("computes a sentence once while it is cached, and forgets the least recently used", () =>
    withWorker(answering, async (workerFile) => {
      const embedder = await createEmbedder({ workerFile, cacheSize: 2, batchSize: 1, threads: 1 });
      await embedder.embed(["a", "b"]);
      expect(await embedder.embed(["a"])).toEqual([Float32Array.of(1, 1)]);
      await embedder.embed(["c"]);
      expect(await embedder.embed([" a "])).toEqual([Float32Array.of(1, 1)]);
      expect(await embedder.embed(["b"])).toEqual([Float32Array.of(1, 4)]);
      await embedder.close();
    }));

  test("starts the worker again when it dies and repeats the batch once", () =>
    withWorker(answering, async (workerFile) => {
      const embedder = await createEmbedder({ workerFile });
      expect(await embedder.embed(["fatal once", "x"])).toHaveLength(2);
      await expect(embedder.embed(["fatal"])).rejects.toBeInstanceOf(EmbeddingsUnavailable);
      await expect(embedder.embed(["wrong"])).rejects.toThrow("no such thing");
      expect(await embedder.embed(["fine"])).toHaveLength(1);
      await embedder.close();
      await expect(embedder.embed(["late"])).rejects.toThrow("closed");
    }));

  test("a worker that cannot load is an error at start, with its cause", () =>
    withWorker(`throw new Error("no weights here");`, async (workerFile) => {
      await expect(createEmbedder({ workerFile })).rejects.toThrow("no weights here");
    }));

  test("spreads what is asked for over its threads, and computes it once", () =>
    withWorker(
      `import { threadId } from "node:worker_threads";
       port.on("message", ({ id, sentences }) =>
         setTimeout(() => port.postMessage({ id, vectors: Float32Array.from(sentences.flatMap(() => [threadId])) }), 20));
       port.postMessage({ ready: "test", dimensions: 1 });`,
      async (workerFile) => {
        const embedder = await createEmbedder({ workerFile, batchSize: 4, threads: 3 });
        const sentences = Array.from({ length: 200 }, (_, n) => `Sentence ${n}`);
        const [first, second] = await Promise.all([embedder.embed(sentences), embedder.embed(sentences)]);
        expect(second).toEqual(first);
        expect(new Set(first.map((vector) => vector[0])).size).toBe(3);
        await embedder.close();
      },
    ));
});

test("a batch is the one that waits longest and those of about its length; none is lost or taken twice", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 40 }), { maxLength: 100 }),
      fc.integer({ min: 1, max: 10 }),
      (texts, size) => {
        const queue = texts.map((sentence, number) => ({ sentence, number }));
        const taken: number[] = [];
        while (queue.length > 0) {
          const oldest = queue[0]?.number;
          const batch = nextBatch(queue, size);
          expect(batch.length).toBeLessThanOrEqual(size);
          expect(batch[0]?.number).toBe(oldest);
          taken.push(...batch.map(({ number }) => number));
        }
        expect(taken.sort((a, b) => a - b)).toEqual(texts.map((_, number) => number));
      },
    ),
  );
});
