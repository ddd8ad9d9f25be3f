/** The review queue page by page over a real edge, while rows leave it. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { QueueRow } from "../protocols/api/queues.ts";
import { type Client, type EdgeWorld, startEdgeWorld } from "./testkit/edge-world.ts";
import { proposal } from "./testkit/proposal.ts";

let world: EdgeWorld;
let lena: Client;
beforeAll(async () => {
  world = await startEdgeWorld();
  lena = await world.as("lena");
}, 60_000);
afterAll(() => world?.stop());

const path = "/api/queues/main/reviews";
const pageAt = async (query: string) => {
  const { status, body } = await lena.call("GET", `${path}?${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  const { items, next } = body as unknown as { items: QueueRow[]; next: string | null };
  return { next, applications: items.map(({ application }) => application) };
};

test("a page goes on after the one before, also when the row that it ended with has left the queue", async () => {
  const ada = { id: "ada", name: "Ada Example", email: "ada@callboard.example" };
  await world.storeResume("ada/base", { basics: { name: "Ada Example" } });
  // As long as an id may be: a cursor still fits into an address.
  const jobs = [1, 2, 3, 4, 5].map((n) => `j${n}`.padEnd(280, "x"));
  for (const job of jobs) await world.tell("application", `ada-${job}`, proposal(ada, job));
  await expect.poll(async () => (await pageAt("limit=200")).applications.length, { timeout: 20_000 }).toBe(5);

  const { applications: all } = await pageAt("limit=200");
  const first = await pageAt("limit=2");
  expect(first.applications).toEqual(all.slice(0, 2));
  await world.sql`update application set status = 'reviewing' where id = ${all[1] ?? ""}`;
  const second = await pageAt(`limit=2&cursor=${first.next}`);
  expect(second.applications).toEqual(all.slice(2, 4));
  await world.sql`update application set status = 'reviewing' where id = ${all[3] ?? ""}`;
  expect(await pageAt(`limit=2&cursor=${second.next}`)).toEqual({ applications: all.slice(4), next: null });
}, 60_000);

test("a cursor that is none of ours is refused", async () => {
  for (const cursor of ["x", "1", "ada-j1", "1-2", "-"])
    expect(await lena.call("GET", `${path}?cursor=${cursor}`)).toMatchObject({
      status: 400,
      body: { reason: "BadRequest", message: expect.stringContaining("The cursor is none of ours") },
    });
});
