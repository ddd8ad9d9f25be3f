/** Boards over real HTTP: added by address, commanded, refused with a sentence; the actor and the bucket are real. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { portalActor } from "../actors/portal/actor.ts";
import type { Discovery } from "../protocols/portal.ts";
import { startActorNode } from "../supervisors/actor-node.ts";
import { hostKind } from "../supervisors/runtime/hosted-kind.ts";
import { tree } from "../supervisors/tree.ts";
import { type Client, type EdgeWorld, startEdgeWorld } from "./testkit/edge-world.ts";

let world: EdgeWorld;
let lena: Client;
let answer: Discovery;
const empty: Discovery = {
  outcome: "postings",
  postings: [],
  rejected: [],
  known: [],
  more: false,
  etag: null,
};
const startPortals = () =>
  startActorNode({
    nc: world.nc,
    nodeId: "portals",
    log: (line) => void world.lines.push(line),
    kinds: [hostKind(portalActor(), tree.portal, { discover: () => Promise.resolve(answer) })],
  });
let node: Awaited<ReturnType<typeof startPortals>>;

beforeAll(async () => {
  answer = empty;
  world = await startEdgeWorld();
  node = await startPortals();
  lena = await world.as("lena");
}, 90_000);
afterAll(async () => {
  await node?.stop();
  await world?.stop();
});

const post = (path: string, body: object = {}) => lena.call("POST", `/api/boards${path}`, body);
interface Row {
  readonly board: { portal: string; company: string };
  readonly state: string;
  readonly reason: string;
}
const boards = async () => ((await lena.call("GET", "/api/boards")).body.items ?? []) as Row[];
const state = (wanted: string) =>
  expect
    .poll(async () => (await boards()).find(({ board }) => board.portal === "lever-acme")?.state, {
      timeout: 20_000,
    })
    .toBe(wanted);

test("a board is recognised, added, looked at, opened, reset, switched, survives a restart, and is removed", async () => {
  const url = "https://jobs.lever.co/acme/some-job";
  expect(await post("/recognise", { url })).toMatchObject({
    status: 200,
    body: { adapter: "lever", portal: "lever-acme", company: "Acme", known: false, off: "" },
  });
  expect(await boards()).toEqual([]);
  expect(await post("", { url, company: "Acme", region: "eu" })).toMatchObject({
    status: 200,
    body: { portal: "lever-acme" },
  });
  await state("closed");
  expect(await post("", { url, company: "Acme", region: "eu" })).toMatchObject({
    status: 409,
    body: { reason: "KnownBoard" },
  });

  answer = { outcome: "blocked", reason: "429", retryAfterMs: 600_000 };
  await expect.poll(async () => (await post("/lever-acme/look")).status, { timeout: 20_000 }).toBe(200);
  await state("open");
  expect(await post("/lever-acme/look")).toMatchObject({ status: 409, body: { reason: "BreakerOpen" } });
  answer = empty;
  expect((await post("/lever-acme/reset")).status).toBe(200);
  await state("closed");
  expect((await post("/lever-acme/switch-off")).status).toBe(200);
  await state("off");

  await node.stop();
  node = await startPortals();
  await state("off");
  expect((await post("/lever-acme/switch-on")).status).toBe(200);
  await state("closed");
  expect((await post("/lever-acme/remove")).status).toBe(200);
  await expect.poll(boards, { timeout: 20_000 }).toEqual([]);

  // Who did what is in the audit trail.
  await expect
    .poll(
      async () => {
        const page = await lena.call("GET", "/api/events?limit=100");
        return (page.body.items as { type: string; fact: { by?: string } }[])
          .filter(({ fact }) => typeof fact.by === "string")
          .map(({ type }) => type)
          .reverse();
      },
      { timeout: 20_000 },
    )
    .toEqual([
      "BoardAdded",
      "LookRequested",
      "PortalRecovered",
      "BoardSwitchedOff",
      "BoardSwitchedOn",
      "BoardRemoved",
    ]);
}, 120_000);

test("says what is supported, what lies inside, what is off, and what it does not know", async () => {
  expect(await post("/recognise", { url: "acme" })).toMatchObject({
    status: 422,
    body: { reason: "NoBoard", message: expect.stringContaining("Supported are") },
  });
  for (const url of ["http://169.254.169.254/jobs", "http://[::1]/jobs", "http://db.internal/jobs"])
    expect(await post("", { url, company: "x", region: "eu" })).toMatchObject({
      status: 422,
      body: { reason: "InsideAddress" },
    });
  const url = "https://www.linkedin.com/jobs/search?keywords=cook";
  expect((await post("/recognise", { url })).body.off).toMatch(/CALLBOARD_PORTALS_ON/);
  expect(await post("", { url, company: "x", region: "eu" })).toMatchObject({
    status: 409,
    body: { reason: "SwitchedOff" },
  });
  expect((await post("/nobody/look")).status).toBe(404);
  expect((await post("/nobody/explode")).status).toBe(400);
});
