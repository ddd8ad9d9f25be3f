import { expect, test } from "vitest";
import type { Database } from "../supervisors/storage/postgres/open-postgres.ts";
import { lineFor } from "./line.ts";

const waits = (ms: number | null) => (async () => [{ ms }]) as unknown as Database;
/** A dispatcher with these people in line. */
const line = (...free: string[]) => ({
  ask: async (_: string, message: { readonly type: string }) => {
    const place = free.indexOf((message as { employee?: string }).employee ?? "");
    return { type: "PlaceReply", position: place < 0 ? null : place + 1, free: free.length };
  },
});

test("the place in line is the one that the dispatcher says", async () => {
  const link = line("jon", "ada", "mira");
  expect(await lineFor("jon", link, waits(60_000))).toEqual({ position: 1, free: 3, typicalWaitMs: 60_000 });
  expect((await lineFor("mira", link, waits(null))).position).toBe(3);
});

test("who is not free has no place in line", async () => {
  expect(await lineFor("mira", line("jon"), waits(null))).toEqual({
    ...{ position: null, free: 1, typicalWaitMs: null },
  });
});
