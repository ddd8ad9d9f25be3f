/** What becomes of a person whose line breaks: the edge tells it after the grace period, or the nodes do if the edge is dead. */
import { Kvm } from "@nats-io/kv";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buckets } from "../protocols/subjects.ts";
import { watchPresence } from "../supervisors/presence-watch.ts";
import { type EdgeWorld, startEdgeWorld } from "./testkit/edge-world.ts";

let world: EdgeWorld;

beforeAll(async () => {
  world = await startEdgeWorld({ CALLBOARD_PRESENCE_GRACE_MS: "300" });
}, 60_000);
afterAll(() => world?.stop());

const statusOf = async (employee: string) => {
  const lena = await world.as("lena");
  const { items } = (await lena.call("GET", "/api/employees")).body as {
    items: { employee: string; status: string; connected: boolean; strikes: number }[];
  };
  return items.find((row) => row.employee === employee);
};

const until = async (look: () => Promise<boolean>) => {
  const deadline = performance.now() + 25_000;
  while (!(await look())) {
    if (performance.now() > deadline)
      throw new Error(`Not seen within 25 s. Log:\n${world.lines.join("\n")}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

test("who closes one of two tabs stays; who closes the last goes away after the grace period", async () => {
  const mira = await world.as("mira");
  const [one, two] = [await mira.socket(), await mira.socket()];
  one.send({ op: "sign-in", id: "1" });
  await one.next(({ op }) => op === "reply");
  expect(await statusOf("mira")).toMatchObject({ status: "free", connected: true });
  one.close();
  await one.closed;
  two.send({ op: "watch", epoch: null, topics: [{ topic: "me", seq: null }] });
  expect(await two.next(({ topic }) => topic === "me")).toMatchObject({ data: { status: "free" } });
  two.close();
  await until(async () => (await statusOf("mira"))?.status === "away");
  expect(await statusOf("mira")).toMatchObject({ connected: false });
});

test("the people of an edge that has died are told by the nodes, and nobody else is", async () => {
  const jon = await world.as("jon");
  const socket = await jon.socket();
  socket.send({ op: "sign-in", id: "jon" });
  await socket.next(({ op }) => op === "reply");
  // Mira as another edge has left her: signed in through it, and its lease is gone.
  await world.tell("employee", "mira", { type: "SignIn", edge: "dead-edge" });
  const presence = await new Kvm(world.nc).open(buckets.presence);
  await presence.put("employee.mira", JSON.stringify({ edge: "dead-edge", since: "" }));
  await until(async () => (await statusOf("mira"))?.status === "free");
  const watch = await watchPresence(world.nc, { graceMs: 200, everyMs: 50 });
  try {
    await until(async () => (await statusOf("mira"))?.status === "away");
    expect((await presence.get("employee.mira"))?.operation).not.toBe("PUT");
    expect(await statusOf("jon")).toMatchObject({ status: "free", connected: true });
  } finally {
    await watch.stop();
    socket.close();
  }
}, 40_000);

test("a locked employee can't sign in before a manager has unlocked the account", async () => {
  const mira = await world.as("mira");
  const lena = await world.as("lena");
  const socket = await mira.socket(); // Without one the grace period of this test would soon sign her out.
  // Four reviews that were missed by their own fault.
  for (let assignment = 1; assignment <= 4; assignment++) {
    expect((await mira.call("POST", "/api/employees/me/sign-in", {})).status).toBe(200);
    const about = { application: `ada-${assignment}`, assignment };
    await world.tell("employee", "mira", {
      type: "OfferReview",
      queue: "main",
      offer: {
        ...about,
        title: "T",
        company: "C",
        candidateName: "A",
        score: 1,
        assignedAt: Date.now(),
        deadlineAt: Date.now() + 600_000,
      },
    });
    await world.tell("employee", "mira", {
      type: "ReviewEnded",
      ...about,
      outcome: "missed",
      strike: true,
      reason: "The time was over.",
    });
    await until(async () => (await statusOf("mira"))?.strikes === assignment);
  }
  expect(await statusOf("mira")).toMatchObject({ status: "locked", strikes: 4 });
  expect(await mira.call("POST", "/api/employees/me/sign-in", {})).toMatchObject({
    status: 409,
    body: { reason: "Locked" },
  });
  const unlock = () => lena.call("POST", "/api/employees/mira/unlock", { reason: "We have talked." });
  expect((await unlock()).status).toBe(200);
  expect((await unlock()).status).toBe(409);
  expect(await statusOf("mira")).toMatchObject({ status: "away", strikes: 0 });
  socket.close();
}, 40_000);
