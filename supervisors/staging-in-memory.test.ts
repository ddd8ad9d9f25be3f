/** Batches that are staged in memory are whole or not there, however the broker ends. */
import { lstat, readlink } from "node:fs/promises";
import { join } from "node:path";
import { jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { expect, test } from "vitest";
import { streams, subjects } from "../protocols/subjects.ts";
import { writeBatch } from "./runtime/batch.ts";
import { hasRoom } from "./staging-in-memory.ts";
import { provision } from "./storage/provision.ts";
import { startNats } from "./testkit/nats.ts";

const never = new AbortController().signal;
const perBatch = 300;

test.skipIf(!(await hasRoom()))(
  "the broker stages in memory, again after each start, and kill -9 in the middle of batches leaves none in part",
  async () => {
    const nats = await startNats();
    const link = join(nats.storeDir, "jetstream", "CALLBOARD", "streams", streams.acts, "batches");
    const isLink = () =>
      lstat(link).then(
        (found) => found.isSymbolicLink(),
        () => false,
      );
    try {
      for (let round = 0; round < 6; round++) {
        const nc = await connect({ ...nats.connection(), reconnect: false });
        await provision(nc);
        await expect.poll(isLink, { timeout: 10_000 }).toBe(true);
        expect(await readlink(link)).toMatch(/^\/dev\/shm\/callboard-/);
        const batch = (n: number) =>
          writeBatch(
            nc,
            Array.from({ length: perBatch }, (_, i) => ({
              subject: subjects.state(`witness.r${round}-${n}-${i}`),
              body: "{}".padEnd(500),
              headers: [],
            })),
            never,
          );
        await batch(0);
        const writing = (async () => {
          for (let n = 1; ; n++) await batch(n);
        })().catch(() => {}); // Its connection goes with the broker.
        await new Promise((resolve) => setTimeout(resolve, 50 + round * 17));
        await nats.kill();
        await writing;
        await nats.restart();
        const again = await connect(nats.connection());
        const { state } = await (await jetstreamManager(again)).streams.info(streams.acts, {
          subjects_filter: subjects.allStates,
        });
        const sizes = new Map<string, number>();
        for (const subject of Object.keys(state.subjects ?? {})) {
          const batch = subject.split("-").slice(0, 2).join("-");
          sizes.set(batch, (sizes.get(batch) ?? 0) + 1);
        }
        expect(sizes.size).toBeGreaterThan(round);
        expect(new Set(sizes.values())).toEqual(new Set([perBatch]));
        await again.close();
      }
    } finally {
      await nats.stop();
    }
  },
  120_000,
);
