/** Ops deals with dead letters through the API: sees the cause, sends it again changed, and is on record. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EdgeWorld, startEdgeWorld } from "./testkit/edge-world.ts";

let world: EdgeWorld;
beforeAll(async () => {
  world = await startEdgeWorld();
}, 60_000);
afterAll(() => world?.stop());

test("a dead letter is seen with its cause, replayed as changed, and the replay stands among the events; then its actor goes on", async () => {
  const ops = await world.as("omar");
  await world.tell("employee", "mira", { type: "SignIn", edge: 7 });
  const list = async () => (await ops.call("GET", "/api/dead-letters?of=employee")).body;
  await expect.poll(async () => (await list()).items, { timeout: 10_000 }).toHaveLength(1);
  const [letter] = (await list()).items as { letter: number; actor: string; cause: { message: string } }[];
  expect(letter).toMatchObject({ actor: "employee.mira", message: { type: "SignIn", edge: 7 } });
  expect(letter?.cause.message).toContain("edge");

  const replay = `/api/dead-letters/${letter?.letter}/replay`;
  expect((await ops.call("POST", replay, {})).status).toBe(400);
  const message = { type: "SignIn", edge: "e1" };
  expect(await ops.call("POST", replay, { reason: "a typo of mine", message })).toMatchObject({
    status: 200,
    body: { ok: true },
  });
  expect((await ops.call("POST", replay, { reason: "again" })).status).toBe(404);
  expect((await list()).items).toEqual([]);
  const manager = await world.as("lena");
  const facts = async () => JSON.stringify((await manager.call("GET", "/api/events")).body);
  await expect.poll(facts, { timeout: 10_000 }).toContain("a typo of mine");

  // An employee's supervisor parks it rather than lose a step: what was replayed waits until somebody says to go on.
  const paused = async () => (await ops.call("GET", "/api/paused-actors")).body.items as object[];
  await expect.poll(paused, { timeout: 10_000 }).toMatchObject([{ address: "employee.mira", mail: 1 }]);
  const resume = "/api/paused-actors/employee.mira/resume";
  expect((await manager.call("POST", resume, { reason: "not mine to say" })).status).toBe(403);
  expect((await ops.call("POST", resume, { reason: "mended" })).body).toEqual({ mail: 1 });
  await expect.poll(facts, { timeout: 10_000 }).toContain('"EmployeeSignedIn"');
  await expect.poll(paused, { timeout: 10_000 }).toEqual([]);
});

test("a number that no letter has is refused before a desk is asked", async () => {
  const ops = await world.as("omar");
  for (const letter of [-5, 0, 1.5])
    expect(
      await ops.call("POST", "/api/paused-actors/employee.mira/resume", { reason: "mended", letter }),
    ).toMatchObject({ status: 400, body: { reason: "BadRequest" } });
  for (const after of ["-5", "-1", "1.5"])
    expect(await ops.call("GET", `/api/dead-letters?after=${after}`)).toMatchObject({ status: 400 });
  expect(await ops.call("GET", "/api/dead-letters?after=0")).toMatchObject({ status: 200 });
});
