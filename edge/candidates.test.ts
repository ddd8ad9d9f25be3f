/** A résumé file over real HTTP: read in its own process, corrected, saved as the base version, and still there afterwards. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { candidateActor } from "../actors/candidate/actor.ts";
import { startActorNode } from "../supervisors/actor-node.ts";
import { hostKind } from "../supervisors/runtime/hosted-kind.ts";
import { tree } from "../supervisors/tree.ts";
import { type Client, type EdgeWorld, startEdgeWorld } from "./testkit/edge-world.ts";

let world: EdgeWorld;
let manager: Client;
let node: Awaited<ReturnType<typeof startActorNode>>;
const profile = {
  id: "ada",
  name: "Ada Lind",
  email: "ada@example.org",
  phone: "",
  region: "eu",
  search: ["engineer"],
  resumeVersion: "ada/v1",
  answerBook: [],
};
const register = (change: object = {}) =>
  world.tell("candidate", "ada", { type: "Register", profile: { ...profile, ...change } });

beforeAll(async () => {
  world = await startEdgeWorld();
  node = await startActorNode({
    nc: world.nc,
    nodeId: "candidates",
    log: (line) => void world.lines.push(line),
    kinds: [hostKind(candidateActor, tree.candidate)],
  });
  await world.storeResume("ada/v1", { basics: { name: "Ada Lind" }, skills: [{ name: "Go" }] });
  await register();
  manager = await world.as("lena");
}, 90_000);
afterAll(async () => {
  await node?.stop();
  await world?.stop();
});

const list = async () =>
  ((await manager.call("GET", "/api/candidates")).body.items ?? []) as {
    candidate: string;
    resumeVersion: string;
    name: string;
  }[];
const file = `Ada Lind
ada@example.org
Backend Engineer
Experience
Backend Engineer at Parcel AG, Jan 2019 to present
- Built booking services in Go
Education
Bachelor of Science, Computer Science, TU Graz, 2018
Skills
Go, PostgreSQL`;
const read = (content: Buffer | string, name = "ada.txt", client = manager, candidate = "ada") =>
  client.call("POST", `/api/candidates/${candidate}/resume/read`, {
    name,
    content: Buffer.from(content).toString("base64"),
  });

test("a file is read with how sure each section is, corrected, saved, and stays over the next registration", async () => {
  await expect.poll(list, { timeout: 20_000 }).toMatchObject([{ candidate: "ada", resumeVersion: "ada/v1" }]);
  const { status, body } = await read(file);
  expect(status).toBe(200);
  const { resume, confidence } = body as {
    resume: { basics: { name: string } };
    confidence: Record<string, number>;
  };
  expect(resume.basics.name).toBe("Ada Lind");
  expect(confidence.work).toBeGreaterThan(0);

  const corrected = { ...resume, basics: { ...resume.basics, label: "Staff Engineer" } };
  const saved = await manager.call("PUT", "/api/candidates/ada/resume", { resume: corrected });
  expect(saved.status).toBe(200);
  const { resumeVersion } = saved.body as { resumeVersion: string };
  await expect.poll(list, { timeout: 20_000 }).toMatchObject([{ resumeVersion }]);

  // What the boot does at every start, with a change so that it is heard.
  await register({ name: "Ada M. Lind" });
  await expect.poll(list, { timeout: 20_000 }).toMatchObject([{ name: "Ada M. Lind", resumeVersion }]);
  expect(await manager.call("GET", "/api/candidates/ada/resume")).toMatchObject({
    body: { resumeVersion, resume: { basics: { label: "Staff Engineer" } } },
  });
  const events = (await manager.call("GET", "/api/events?limit=100")).body.items as { fact: object }[];
  expect(events.map(({ fact }) => fact)).toContainEqual(
    expect.objectContaining({ type: "ResumeReplaced", resumeVersion, before: "ada/v1" }),
  );
}, 60_000);

test("refuses with a sentence what is no résumé, too large, not theirs to change, or nobody's", async () => {
  expect(await read("")).toMatchObject({ status: 422, body: { reason: "empty" } });
  expect(await read("%PDF-1.7 cut off", "a.pdf")).toMatchObject({
    status: 422,
    body: { message: expect.any(String) },
  });
  expect(await read(Buffer.alloc(5 * 1024 * 1024 + 1, 97))).toMatchObject({
    status: 422,
    body: { reason: "too-large" },
  });
  expect((await read(Buffer.alloc(7 * 1024 * 1024, 97))).status).toBe(413);
  expect((await read(file, "a.txt", manager, "nobody")).status).toBe(404);
  expect((await read(file, "a.txt", await world.as("mira"))).status).toBe(403);
  const put = (resume: object, candidate = "ada") =>
    manager.call("PUT", `/api/candidates/${candidate}/resume`, { resume });
  expect(await put({ basics: { name: " " } })).toMatchObject({ status: 400 });
  expect(await put({ basics: { name: "Ada" }, work: "much" })).toMatchObject({ status: 400 });
  expect((await put({ basics: { name: "Ada", summary: "x" } }, "nobody")).status).toBe(404);
}, 60_000);
