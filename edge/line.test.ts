import { expect, test } from "vitest";
import { defaultQueueSettings } from "../protocols/queue-settings.ts";
import type { Database } from "../supervisors/storage/postgres/open-postgres.ts";
import { lineFor } from "./line.ts";

const waits = (ms: number | null) => (async () => [{ ms }]) as unknown as Database;
const roster = (...free: [string, number][]) => ({
  ask: async () => ({
    type: "RosterReply",
    ...{ window: [], live: [], settings: defaultQueueSettings, version: 1, paused: null },
    free: free.map(([employee, lastAssignedAt]) => ({ employee, lastAssignedAt })),
  }),
});

test("the place in line is the one that the dispatcher says", async () => {
  const link = roster(["jon", 100], ["ada", 200], ["mira", 300]);
  expect(await lineFor("jon", link, waits(60_000))).toEqual({ position: 1, free: 3, typicalWaitMs: 60_000 });
  expect((await lineFor("mira", link, waits(null))).position).toBe(3);
});

test("who is not free has no place in line", async () => {
  expect(await lineFor("mira", roster(["jon", 1]), waits(null))).toEqual({
    ...{ position: null, free: 1, typicalWaitMs: null },
  });
});
