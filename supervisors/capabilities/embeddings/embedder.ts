/**
 * Sentence vectors by the Universal Sentence Encoder: keeps the matcher's `Embedder`.
 *
 * A sentence is computed once: first memory is asked (bounded, least recently used goes), then the database (bounded, shared
 * by all nodes and kept over restarts), then the encoder's threads.
 */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Embedder } from "../../../actors/matcher/capabilities.ts";
import { repoRoot } from "../../repo-root.ts";
import { EmbeddingsUnavailable, startEncoderPool } from "./encoder-pool.ts";
import type { VectorStore } from "./vector-store.ts";

export interface EmbedderSettings {
  /** Sentences whose vectors are kept; 2 KiB each, so the default holds at most 40 MiB. */
  readonly cacheSize?: number;
  readonly batchSize?: number;
  /** Threads at most, each with 150 MB of weights and workspace; as many as there are cores unless told. */
  readonly threads?: number;
  /** Kept over restarts; without it memory is all. */
  readonly store?: VectorStore;
  /** The thread's file; only tests give another. */
  readonly workerFile?: string;
}

/** Characters of a sentence that are looked at. Over five long lines; it bounds the work for a hostile document. */
const MAX_CHARACTERS = 600;
const MOST_THREADS = 8;

/** Starts the encoder and waits until its weights are loaded (under a second), so that a broken set-up shows at boot. */
export async function createEmbedder(settings: EmbedderSettings = {}): Promise<Embedder> {
  const { cacheSize = 20_000, batchSize = 32, workerFile = encoderFile(), store } = settings;
  const threads = settings.threads ?? Math.min(MOST_THREADS, availableParallelism());
  const pool = await startEncoderPool({ workerFile, threads, batchSize });
  const cache = new Map<string, Float32Array>(); // in order of use: the first is the least recently used
  const waiting = new Map<string, Promise<Float32Array>>();
  let closed = false;

  const remember = (sentence: string, vector: Float32Array) => {
    cache.delete(sentence);
    cache.set(sentence, vector);
    for (const oldest of cache.keys()) {
      if (cache.size <= cacheSize) break;
      cache.delete(oldest);
    }
  };

  const compute = async (
    sentence: string,
    stored: Promise<ReadonlyMap<string, Float32Array>> | undefined,
  ) => {
    try {
      const known = (await stored)?.get(sentence);
      const vector = known ?? (await pool.encode(sentence));
      if (known === undefined) store?.keep(pool.encoder, sentence, vector);
      remember(sentence, vector);
      return vector;
    } finally {
      waiting.delete(sentence);
    }
  };

  return {
    async embed(sentences) {
      if (closed) throw new EmbeddingsUnavailable({ message: "The sentence encoder was closed." });
      const asked = sentences.map(clean);
      const unknown = [...new Set(asked)].filter(
        (sentence) => !cache.has(sentence) && !waiting.has(sentence),
      );
      const stored = unknown.length > 0 ? store?.find(pool.encoder, unknown) : undefined;
      for (const sentence of unknown) {
        const vector = compute(sentence, stored);
        vector.catch(() => {}); // Told to whoever asked, below.
        waiting.set(sentence, vector);
      }
      return Promise.all(
        asked.map((sentence) => {
          const known = cache.get(sentence);
          if (known === undefined) return waiting.get(sentence) ?? pool.encode(sentence);
          remember(sentence, known);
          return known;
        }),
      );
    },
    async close() {
      closed = true;
      await pool.close();
      await store?.close();
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

/** Not compiled, so it is found from the repository's root, above `dist/` and above the sources alike. */
function encoderFile(): string {
  const file = join(repoRoot, "supervisors", "capabilities", "embeddings", "encoder-worker.mjs");
  if (!existsSync(file)) throw new Error(`There is no ${file}: is the checkout complete?`);
  return file;
}
