/**
 * The encoder's threads: one per core, each started when there is work for it. Batches are made here, of sentences of about
 * the same length, since the model takes those together fastest; a thread that dies is replaced and its batch sent again, and
 * a sentence that killed two threads is refused instead of tried for ever.
 */
import { Worker } from "node:worker_threads";
import { Schema } from "effect";

/** The encoder could not answer. Retryable: the next request starts a new thread. */
export class EmbeddingsUnavailable extends Schema.TaggedError<EmbeddingsUnavailable>()(
  "EmbeddingsUnavailable",
  { message: Schema.String },
) {}

export interface PoolSettings {
  readonly workerFile: string;
  readonly threads: number;
  /** Sentences per call of the model: more is hardly faster and delays whoever asks next. */
  readonly batchSize: number;
}

export interface EncoderPool {
  /** What computes the vectors; see `encoder.mjs`. */
  readonly encoder: string;
  /** Rejects with `EmbeddingsUnavailable`. */
  encode(sentence: string): Promise<Float32Array>;
  close(): Promise<void>;
}

const MAX_ATTEMPTS = 2;

const Told = Schema.Union([
  Schema.Struct({ ready: Schema.String, dimensions: Schema.Finite }),
  Schema.Struct({ id: Schema.Finite, vectors: Schema.instanceOf(Float32Array) }),
  Schema.Struct({ id: Schema.Finite, error: Schema.String }),
]);
const decodeTold = Schema.decodeUnknownSync(Told);

interface Waiting {
  readonly sentence: string;
  readonly resolve: (vector: Float32Array) => void;
  readonly reject: (error: EmbeddingsUnavailable) => void;
  attempts: number;
}

interface Thread {
  worker: Worker;
  dimensions: number;
  batch: Waiting[];
  batchId: number;
}

/** Starts the first thread and waits until its weights are loaded, so that a broken set-up shows at boot. */
export async function startEncoderPool(settings: PoolSettings): Promise<EncoderPool> {
  const { workerFile, threads: most, batchSize } = settings;
  const threads = new Set<Thread>();
  const queue: Waiting[] = [];
  let closed = false;
  let encoder = "";
  let started: { resolve: () => void; reject: (error: Error) => void } | undefined;

  const fail = (failed: readonly Waiting[], message: string) => {
    for (const one of failed) one.reject(new EmbeddingsUnavailable({ message }));
  };

  const start = () => {
    const worker = new Worker(workerFile);
    const thread: Thread = { worker, dimensions: 0, batch: [], batchId: 0 };
    threads.add(thread);
    let cause = "it ended by itself";
    if (started === undefined) worker.unref(); // an idle encoder does not keep the process alive; a busy one does
    worker.on("message", (raw: unknown) => hear(thread, decodeTold(raw)));
    worker.on("error", (error) => {
      cause = error.message;
    });
    worker.on("exit", () => lost(thread, cause));
  };

  const hear = (thread: Thread, told: typeof Told.Type) => {
    if ("ready" in told) {
      thread.dimensions = told.dimensions;
      encoder = told.ready;
      started?.resolve();
      return pump();
    }
    if (told.id !== thread.batchId) return;
    const done = thread.batch;
    thread.batch = [];
    if ("error" in told) fail(done, `The sentence encoder failed: ${told.error}`);
    // A copy per sentence, else one cached sentence would keep its whole batch in memory.
    else
      for (const [row, one] of done.entries())
        one.resolve(told.vectors.slice(row * thread.dimensions, (row + 1) * thread.dimensions));
    pump();
  };

  /** A thread is gone. Its batch goes back to the front of the queue unless it was there too often already. */
  const lost = (thread: Thread, cause: string) => {
    threads.delete(thread);
    if (closed) return;
    const message = `The sentence encoder's thread ended: ${cause}. It is started again on the next request.`;
    started?.reject(new EmbeddingsUnavailable({ message }));
    // One that dies while loading has no batch: then whoever waits is told, rather than starting it for ever.
    if (thread.dimensions === 0 && threads.size === 0) return fail(queue.splice(0), message);
    const again = thread.batch.filter((one) => one.attempts < MAX_ATTEMPTS);
    fail(
      thread.batch.filter((one) => one.attempts >= MAX_ATTEMPTS),
      message,
    );
    queue.unshift(...again);
    pump();
  };

  const pump = () => {
    for (const thread of threads) {
      if (thread.dimensions === 0 || thread.batch.length > 0) continue;
      if (queue.length === 0) {
        thread.worker.unref();
        continue;
      }
      thread.batch = nextBatch(queue, batchSize);
      for (const one of thread.batch) one.attempts += 1;
      thread.batchId += 1;
      thread.worker.ref();
      thread.worker.postMessage({
        id: thread.batchId,
        sentences: thread.batch.map((one) => one.sentence),
      });
    }
    // A further thread for what all that run would not take at once.
    const loading = [...threads].filter((thread) => thread.dimensions === 0).length;
    if (queue.length > loading * batchSize && threads.size < most) start();
  };

  const ready = deferred<void>();
  started = ready;
  start();
  await ready.promise;
  started = undefined;
  for (const { worker } of threads) worker.unref();

  let due = false;
  return {
    get encoder() {
      return encoder;
    },
    encode(sentence) {
      if (closed)
        return Promise.reject(new EmbeddingsUnavailable({ message: "The sentence encoder was closed." }));
      const { promise, resolve, reject } = deferred<Float32Array>();
      queue.push({ sentence, resolve, reject, attempts: 0 });
      // All that is asked for in one turn goes out together.
      if (!due) {
        due = true;
        queueMicrotask(() => {
          due = false;
          pump();
        });
      }
      return promise;
    },
    async close() {
      closed = true;
      const held = [...threads].flatMap((thread) => thread.batch.splice(0));
      fail([...held, ...queue.splice(0)], "The sentence encoder was closed.");
      await Promise.all([...threads].map(({ worker }) => worker.terminate()));
    },
  };
}

function deferred<A>() {
  let resolve: (value: A) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<A>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** How far down the queue a batch looks for sentences of its length: bounds both the search and the wait of an odd one. */
const LOOK_AHEAD = 2_000;

/** The one that waits longest, and with it those nearest to it in length. Takes them out of the queue. */
export function nextBatch<W extends { readonly sentence: string }>(queue: W[], size: number): W[] {
  const first = queue[0];
  if (first === undefined || queue.length <= size) return queue.splice(0, size);
  const wanted = first.sentence.length;
  const seen = queue.slice(0, LOOK_AHEAD);
  const nearest = seen
    .map((one, at) => ({ one, at, far: Math.abs(one.sentence.length - wanted) }))
    .sort((a, b) => a.far - b.far || a.at - b.at)
    .slice(0, size);
  const taken = new Set(nearest.map(({ at }) => at));
  queue.splice(0, seen.length, ...seen.filter((_, at) => !taken.has(at)));
  return nearest.sort((a, b) => a.at - b.at).map(({ one }) => one);
}
