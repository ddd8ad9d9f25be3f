/**
 * A thread in which the Universal Sentence Encoder runs, so that a node's event loop never waits for arithmetic.
 * `encoder-pool.ts` starts as many as there are cores and is the only one who talks to them:
 *   hears  { id, sentences }
 *   tells  { ready, dimensions } once · { id, vectors } (all rows in one Float32Array) · { id, error }
 */
import { parentPort } from "node:worker_threads";
import { DIMENSIONS, encode, encoderName } from "./encoder.mjs";

const port = parentPort;
if (!port) throw new Error("encoder-worker.mjs is a worker thread: start it through createEmbedder().");

let turn = Promise.resolve(); // one request after the other: two at once would only share the same core
port.on("message", ({ id, sentences }) => {
  turn = turn.then(async () => {
    try {
      const vectors = await encode(sentences);
      port.postMessage({ id, vectors }, [vectors.buffer]);
    } catch (error) {
      port.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
    }
  });
});
port.postMessage({ ready: encoderName, dimensions: DIMENSIONS });
