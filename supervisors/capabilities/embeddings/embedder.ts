/**
 * Sentence vectors by the Universal Sentence Encoder: keeps the matcher's `Embedder`.
 *
 * The encoder runs in a worker thread (`encoder-worker.mjs`). Here are the cache, the batches and the worker's life:
 * sentences asked for twice are computed once, waiting ones go out together, a worker that dies is replaced and its
 * batch sent again, and a batch that kills two workers in a row is refused instead of tried for ever.
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { Schema } from "effect";
import type { Embedder } from "../../../actors/matcher/capabilities.ts";

/** The encoder could not answer. Retryable: the next request starts a new worker. */
export class EmbeddingsUnavailable extends Schema.TaggedError<EmbeddingsUnavailable>()(
  "EmbeddingsUnavailable",
  {
    message: Schema.String,
  },
) {}

export interface EmbedderSettings {
  /** Sentences whose vectors are kept; 2 KiB each, so the default holds at most 40 MiB. */
  readonly cacheSize?: number;
  /** Sentences per call of the model: more is hardly faster and delays whoever asks next. */
  readonly batchSize?: number;
  /** The worker's file; only tests give another. */
  readonly workerFile?: string;
}

/** Characters of a sentence that are looked at. Over five long lines; it bounds the work for a hostile document. */
const MAX_CHARACTERS = 600;
const MAX_ATTEMPTS = 2;

const Told = Schema.Union([
  Schema.Struct({ ready: Schema.String, dimensions: Schema.Finite }),
  Schema.Struct({ id: Schema.Finite, vectors: Schema.instanceOf(Float32Array) }),
  Schema.Struct({ id: Schema.Finite, error: Schema.String }),
]);
const decodeTold = Schema.decodeUnknownSync(Told);

interface Waiting {
  readonly sentence: string;
  readonly vector: Promise<Float32Array>;
  readonly resolve: (vector: Float32Array) => void;
  readonly reject: (error: EmbeddingsUnavailable) => void;
  attempts: number;
}

/** Starts the encoder and waits until its weights are loaded (under a second), so that a broken set-up shows at boot. */
export async function createEmbedder(settings: EmbedderSettings = {}): Promise<Embedder> {
  const { cacheSize = 20_000, batchSize = 32, workerFile = encoderFile() } = settings;
  const cache = new Map<string, Float32Array>(); // in order of use: the first is the least recently used
  const waiting = new Map<string, Waiting>(); // queued or at the worker, by sentence
  const queue: Waiting[] = [];
  let batch: Waiting[] = [];
  let batchId = 0;
  let closed = false;
  let worker: Worker | undefined;
  let dimensions = 0;
  let started: { resolve: () => void; reject: (error: EmbeddingsUnavailable) => void } | undefined;

  const fail = (failed: readonly Waiting[], message: string) => {
    for (const one of failed) {
      waiting.delete(one.sentence);
      one.reject(new EmbeddingsUnavailable({ message }));
    }
  };

  const start = () => {
    const mine = new Worker(workerFile);
    worker = mine;
    dimensions = 0;
    let cause = "it ended by itself";
    mine.unref(); // an idle encoder does not keep the process alive; a busy one does, see `pump`
    mine.on("message", (raw: unknown) => {
      if (mine === worker) hear(decodeTold(raw));
    });
    mine.on("error", (error) => {
      cause = error.message;
    });
    mine.on("exit", () => {
      if (mine !== worker) return;
      worker = undefined;
      lost(cause);
    });
  };

  const hear = (told: typeof Told.Type) => {
    if ("ready" in told) {
      dimensions = told.dimensions;
      started?.resolve();
      return pump();
    }
    if (told.id !== batchId) return;
    const done = batch;
    batch = [];
    if ("error" in told) fail(done, `The sentence encoder failed: ${told.error}`);
    else
      for (const [row, one] of done.entries()) {
        // A copy per sentence, else one cached sentence would keep its whole batch in memory.
        const vector = told.vectors.slice(row * dimensions, (row + 1) * dimensions);
        waiting.delete(one.sentence);
        remember(one.sentence, vector);
        one.resolve(vector);
      }
    pump();
  };

  /** The worker is gone. Its batch goes back to the front of the queue unless it was there too often already. */
  const lost = (cause: string) => {
    const message = `The sentence encoder's thread ended: ${cause}. It is started again on the next request.`;
    started?.reject(new EmbeddingsUnavailable({ message }));
    const held = batch;
    batch = [];
    if (closed) return;
    // A worker that dies while loading has no batch: then whoever waits is told, rather than starting it for ever.
    if (held.length === 0) return fail(queue.splice(0), message);
    fail(
      held.filter((one) => one.attempts >= MAX_ATTEMPTS),
      message,
    );
    queue.unshift(...held.filter((one) => one.attempts < MAX_ATTEMPTS));
    pump();
  };

  const pump = () => {
    if (batch.length > 0) return;
    if (queue.length === 0) return worker?.unref();
    if (!worker) start();
    worker?.ref();
    if (dimensions === 0) return; // still loading: `ready` comes back here
    batch = queue.splice(0, batchSize);
    for (const one of batch) one.attempts += 1;
    batchId += 1;
    worker?.postMessage({ id: batchId, sentences: batch.map((one) => one.sentence) });
  };

  const remember = (sentence: string, vector: Float32Array) => {
    cache.delete(sentence);
    cache.set(sentence, vector);
    for (const oldest of cache.keys()) {
      if (cache.size <= cacheSize) break;
      cache.delete(oldest);
    }
  };

  const vectorOf = (raw: string): Promise<Float32Array> => {
    const sentence = clean(raw);
    const known = cache.get(sentence);
    if (known) {
      remember(sentence, known);
      return Promise.resolve(known);
    }
    const asked = waiting.get(sentence);
    if (asked) return asked.vector;
    const { promise, resolve, reject } = deferred<Float32Array>();
    const one: Waiting = { sentence, vector: promise, resolve, reject, attempts: 0 };
    waiting.set(sentence, one);
    queue.push(one);
    return promise;
  };

  const ready = deferred<void>();
  started = ready;
  start();
  worker?.ref();
  await ready.promise;
  started = undefined;

  return {
    async embed(sentences) {
      if (closed) throw new EmbeddingsUnavailable({ message: "The sentence encoder was closed." });
      const vectors = sentences.map(vectorOf);
      pump();
      return Promise.all(vectors);
    },
    async close() {
      closed = true;
      fail([...batch, ...queue.splice(0)], "The sentence encoder was closed.");
      batch = [];
      await worker?.terminate();
    },
  };
}

/** Cut to length, white space joined, control characters and lone surrogates dropped: also the key of the cache. */
function clean(sentence: string): string {
  return sentence
    .trimStart()
    .slice(0, MAX_CHARACTERS)
    .replace(/[\p{C}\s]+/gu, " ")
    .trim();
}

function deferred<A>() {
  let resolve: (value: A) => void = () => {};
  let reject: (error: EmbeddingsUnavailable) => void = () => {};
  const promise = new Promise<A>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** The worker's file is not compiled, so it is found from the package's root, above `dist/` and above the sources. */
function encoderFile(): string {
  const file = join("supervisors", "capabilities", "embeddings", "encoder-worker.mjs");
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, file))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error(`Cannot find ${file} above ${import.meta.url}: is the checkout complete?`);
    folder = parent;
  }
  return join(folder, file);
}
