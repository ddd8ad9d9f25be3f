/** The edge over real HTTP and sockets, with real NATS, Postgres and the actors of a review. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { jetstreamManager } from "@nats-io/jetstream";
import { Schema } from "effect";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Route, routes } from "../protocols/api/http.ts";
import { ServerFrame } from "../protocols/api/socket.ts";
import { streams, subjects } from "../protocols/subjects.ts";
import { disableAccount, giveAccount } from "./accounts.ts";
import { hashPassword } from "./password.ts";
import { type EdgeWorld, startEdgeWorld } from "./testkit/edge-world.ts";
import { proposal } from "./testkit/proposal.ts";

let world: EdgeWorld;

beforeAll(async () => {
  world = await startEdgeWorld();
}, 60_000);
afterAll(() => world?.stop());

const resume = { basics: { name: "Ada Example", summary: "Writes programs" }, work: [], x: "kept" };

/** The matcher's proposal of a job that scores too low for the machine. */
const propose = async (job: string) => {
  await world.storeResume("ada/base", resume);
  const ada = { id: "ada", name: "Ada Example", email: "ada@callboard.example" };
  await world.tell("application", `ada-${job}`, proposal(ada, job));
  return `ada-${job}`;
};

const causeOf = ({ data }: Record<string, unknown>) =>
  (data as { because: { type: string } | null }).because?.type;

const until = async <T>(look: () => Promise<T | null | false | undefined>): Promise<T> => {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > deadline)
      throw new Error(`Not seen within 20 s. Log:\n${world.lines.join("\n")}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

test("makes the demo accounts once, readable by their owner only, and they can sign in", async () => {
  const accounts = await world.passwords();
  expect(accounts.map(({ role }) => role)).toEqual(["employee", "employee", "manager", "ops"]);
  expect((await stat(join(world.home, "demo-accounts.json"))).mode & 0o777).toBe(0o600);
  for (const { email, role } of accounts) {
    const client = await world.as(email);
    expect((await client.call("GET", "/api/me")).body).toMatchObject({ email, role });
  }
});

test("an account given by hand signs in; a new password or its end takes the sessions away", async () => {
  const person = { email: "Kim@callboard.example", name: "Kim", role: "ops" } as const;
  const login = (password: string) =>
    world.anonymous.call("POST", "/api/login", { email: person.email, password });
  const first = await giveAccount(world.sql, person);
  const cookieOf = async (password: string) =>
    ((await login(password)).headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const me = (cookie: string) => world.anonymous.call("GET", "/api/me", undefined, { cookie });
  const before = await cookieOf(first);
  const second = await giveAccount(world.sql, person);
  expect((await me(before)).status).toBe(401);
  const after = await me(await cookieOf(second));
  expect(after.body).toMatchObject({ email: "kim@callboard.example", name: "Kim", role: "ops" });
  expect([(await login(first)).status, (await login(second)).status]).toEqual([401, 200]);
  expect(await disableAccount(world.sql, person.email)).toBe(true);
  expect((await login(second)).status).toBe(401);
  expect(await disableAccount(world.sql, "nobody@callboard.example")).toBe(false);
});

test("a wrong password and an unknown e-mail get the same answer", async () => {
  const [account] = await world.passwords();
  const login = (email: string) => world.anonymous.call("POST", "/api/login", { email, password: "wrong" });
  const wrong = await login(account?.email ?? "");
  const unknown = await login("nobody@callboard.example");
  expect(wrong.status).toBe(401);
  expect({ status: unknown.status, body: unknown.body }).toEqual({ status: wrong.status, body: wrong.body });
});

test("after five failures even the right password has to wait", async () => {
  const email = "throttled@callboard.example";
  await world.sql`insert into account (id, email, name, role, password_hash)
    values ('throttled', ${email}, 'Throttled', 'ops', ${await hashPassword("right")})`;
  const login = (password: string) => world.anonymous.call("POST", "/api/login", { email, password });
  expect((await login("right")).status).toBe(200);
  for (let n = 0; n < 5; n++) expect((await login("wrong")).status).toBe(401);
  const refused = await login("right");
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
});

test("refuses what is malformed, too long, of another type, or to a wrong address, each with its reason", async () => {
  const mira = await world.as("mira");
  const put = (body: unknown, headers = {}) => mira.call("PUT", "/api/review/draft", body, headers);
  expect(await put("{")).toMatchObject({ status: 400, body: { reason: "BadRequest" } });
  expect(await put({ application: "x", assignment: "one", resume: {} })).toMatchObject({ status: 400 });
  expect(await put({ application: "x", assignment: 1, resume: [] })).toMatchObject({ status: 400 });
  expect(await put("{}", { "content-type": "text/plain" })).toMatchObject({ status: 415 });
  expect(await put({ application: "x", assignment: 1, resume: { basics: null } })).toMatchObject({
    status: 400,
    body: { reason: "EmptyResume" },
  });
  expect(await put({ application: "none", assignment: 1, resume })).toMatchObject({ status: 404 });
  const large = { application: "x", assignment: 1, resume: { basics: { summary: "x".repeat(300_000) } } };
  expect(await put(large)).toMatchObject({ status: 413 });
  expect(await mira.call("GET", "/api/nothing")).toMatchObject({ status: 404, body: { reason: "NotFound" } });
  expect(await mira.call("POST", "/api/review", {})).toMatchObject({ status: 405 });
  const lena = await world.as("lena");
  expect(await lena.call("GET", "/api/applications?limit=0")).toMatchObject({ status: 400 });
  expect(await lena.call("GET", "/api/applications?cursor=x")).toMatchObject({ status: 400 });
  expect(await lena.call("GET", "/api/applications?status=odd")).toMatchObject({ status: 400 });
});

test("another page can neither change anything nor open the socket", async () => {
  const mira = await world.as("mira");
  const foreign = { origin: "http://evil.example" };
  expect(await mira.call("POST", "/api/employees/me/sign-in", {}, foreign)).toMatchObject({
    status: 403,
    body: { reason: "WrongOrigin" },
  });
  await expect(mira.socket(foreign)).rejects.toThrow("403");
  const own = { origin: `http://localhost:${world.port}` };
  expect(await mira.call("POST", "/api/employees/me/sign-out", {}, own)).toMatchObject({ status: 200 });
  (await mira.socket(own)).close();
});

test("without a session the socket is closed with its own code, and so is one whose session ends", async () => {
  const nobody = await world.anonymous.socket();
  expect(await nobody.closed).toBe(4401);
  const mira = await world.as("mira");
  const socket = await mira.socket();
  await socket.next(({ op }) => op === "hello");
  expect((await mira.call("POST", "/api/logout", {})).status).toBe(200);
  expect(await socket.closed).toBe(4401);
  expect(await (await mira.socket()).closed).toBe(4401);
  expect((await mira.call("GET", "/api/me")).status).toBe(401);
});

test("what is said before it is known whose socket it is waits, and not without end", async () => {
  const mira = await world.as("mira");
  const eager = await mira.socket();
  eager.send({ op: "sign-out", id: "early" });
  expect(await eager.next(({ op }) => op === "reply")).toMatchObject({ id: "early", ok: true });
  eager.close();
  const flood = await mira.socket();
  for (let n = 0; n < 200; n++) flood.send({ op: "hidden", hidden: true });
  expect(await flood.closed).toBe(4400);
});

test("a frame that is none of ours closes the socket and harms nobody else", async () => {
  const mira = await world.as("mira");
  const socket = await mira.socket();
  socket.sendText('{"op":"drop table"}');
  expect(await socket.closed).toBe(4400);
  expect((await mira.call("GET", "/api/me")).status).toBe(200);
});

test("an employee goes online, is offered a review, edits, and completes it; the manager sees it", async () => {
  const mira = await world.as("mira");
  const lena = await world.as("lena");
  const socket = await mira.socket();
  const floor = await lena.socket();
  const hello = await socket.next(({ op }) => op === "hello");
  expect(hello).toMatchObject({ me: { id: "mira" }, topics: ["me", "live", "kpis"] });
  socket.send({
    op: "watch",
    epoch: null,
    topics: [
      { topic: "me", seq: null },
      { topic: "live", seq: null },
      { topic: "floor", seq: null },
    ],
  });
  await socket.next(({ op, topic }) => op === "snapshot" && topic === "me");
  floor.send({ op: "watch", epoch: null, topics: [{ topic: "floor", seq: null }] });
  await floor.next(({ op, topic }) => op === "snapshot" && topic === "floor");
  socket.send({ op: "sign-in", id: "1" });
  expect(await socket.next(({ op, id }) => op === "reply" && id === "1")).toMatchObject({ ok: true });

  const application = await propose("job1");
  const offered = await socket.next(
    ({ topic, data }) =>
      topic === "me" && (data as { because: { type: string } | null }).because?.type === "Offered",
  );
  expect(offered).toMatchObject({ data: { status: "reviewing", offer: { application, assignment: 1 } } });
  await floor.next(
    ({ topic, data }) =>
      topic === "floor" &&
      (data as { employees: { employee: string; status: string }[] }).employees.some(
        (row) => row.employee === "mira" && row.status === "reviewing",
      ),
  );

  // Whose the next assignment will be is open: said now, its receipt would be taken for a repeat when its holder sends it.
  for (const op of ["acknowledge", "warning-seen"]) {
    socket.send({ op, id: `${op}-2`, application, assignment: 2 });
    expect(await socket.next(({ op: is, id }) => is === "reply" && id === `${op}-2`)).toMatchObject({
      ok: false,
      reason: "NotFound",
    });
    socket.send({ op, id: `${op}-1`, application, assignment: 1 });
    expect(await socket.next(({ op: is, id }) => is === "reply" && id === `${op}-1`)).toMatchObject({
      ok: true,
    });
  }

  const desk = await mira.call("GET", "/api/review");
  expect(desk.body).toMatchObject({
    review: { application, assignment: 1, resume, baseResume: resume, candidate: { id: "ada" } },
  });
  // Another employee sees nothing of it.
  const jon = await world.as("jon");
  expect(await jon.call("GET", `/api/applications/${application}`)).toMatchObject({ status: 404 });
  expect(await mira.call("GET", `/api/applications/${application}`)).toMatchObject({ status: 200 });
  const edited = { ...resume, basics: { ...resume.basics, summary: "Writes better programs" } };
  expect(
    await jon.call("PUT", "/api/review/draft", { application, assignment: 1, resume: edited }),
  ).toMatchObject({
    status: 409,
    body: { reason: "NotYourAssignment" },
  });
  const rescore = { application, assignment: 1, resume: edited };
  expect(await jon.call("POST", "/api/review/rescore", rescore)).toMatchObject({
    status: 409,
    body: { reason: "NotYourAssignment" },
  });
  // This world keeps no postings; `rescore.test.ts` has one.
  expect(await mira.call("POST", "/api/review/rescore", rescore)).toMatchObject({
    status: 409,
    body: { reason: "PostingGone" },
  });
  const saved = await mira.call("PUT", "/api/review/draft", { application, assignment: 1, resume: edited });
  expect(saved).toMatchObject({ status: 200, body: { ok: true } });
  const again = await mira.call("GET", "/api/review");
  expect(again.body).toMatchObject({ review: { resume: edited, resumeVersion: saved.body.resumeVersion } });

  const complete = { application, assignment: 1, resume: edited, answers: [{ question: "Q", answer: "A" }] };
  expect(await mira.call("POST", "/api/review/complete", complete)).toMatchObject({ status: 200 });
  await socket.next(
    ({ topic, data }) =>
      topic === "me" &&
      (data as { because: { type: string; outcome?: string } | null }).because?.outcome === "completed",
  );
  expect((await mira.call("POST", "/api/review/complete", complete)).status).toBe(409);

  const listed = await until(async () => {
    const page = await lena.call("GET", "/api/applications?status=applying");
    return (page.body.items as { application: string }[])[0];
  });
  expect(listed).toMatchObject({ application, employee: "mira", score: 71 });
  const detail = await lena.call("GET", `/api/applications/${application}`);
  expect(detail.body).toMatchObject({ application: { status: "applying" }, resume: edited });
  await until(async () => (await lena.call("GET", "/api/metrics/kpis")).body.reviewed === 1);
  expect((await lena.call("GET", "/api/metrics/live")).body).toMatchObject({
    pendingReviews: 0,
    employeesOnline: 1,
  });
  expect((await lena.call("GET", "/api/employees")).body).toMatchObject({
    items: [{ employee: "jon" }, { employee: "mira", status: "free", connected: true, strikes: 0 }],
  });
  expect(
    ((await lena.call("GET", "/api/events?limit=5")).body as { items: unknown[] }).items.length,
  ).toBeGreaterThan(0);
  socket.send({ op: "sign-out", id: "2" });
  expect(await socket.next(({ op, id }) => op === "reply" && id === "2")).toMatchObject({ ok: true });
  for (const frame of [...socket.frames, ...floor.frames]) Schema.decodeUnknownSync(ServerFrame)(frame);
  socket.close();
  floor.close();
}, 60_000);

test("a socket that comes back gets what it missed by number, and a snapshot from another epoch", async () => {
  const mira = await world.as("mira");
  const isMe = ({ topic }: Record<string, unknown>) => topic === "me";
  const first = await mira.socket();
  const { epoch } = await first.next(({ op }) => op === "hello");
  first.send({ op: "watch", epoch: null, topics: [{ topic: "me", seq: null }] });
  const { seq } = await first.next(isMe);
  first.close();
  await first.closed;
  const other = await mira.socket();
  other.send({ op: "sign-in", id: "a" });
  await other.next(({ op }) => op === "reply");
  other.send({ op: "watch", epoch: null, topics: [{ topic: "me", seq: null }] });
  await until(async () => other.frames.filter(isMe).some((frame) => Number(frame.seq) > Number(seq)));
  const back = await mira.socket();
  back.send({ op: "watch", epoch, topics: [{ topic: "me", seq }] });
  // What an earlier test's lines left behind may be among it.
  const signedIn = await back.next((frame) => isMe(frame) && causeOf(frame) === "SignedIn");
  const missed = back.frames.filter((frame) => isMe(frame) && Number(frame.seq) <= Number(signedIn.seq));
  expect(new Set(missed.map(({ op }) => op))).toEqual(new Set(["change"]));
  expect(missed.map((frame) => frame.seq)).toEqual(missed.map((_, index) => Number(seq) + 1 + index));
  back.send({ op: "watch", epoch: "another", topics: [{ topic: "me", seq }] });
  expect(await back.next((frame) => isMe(frame) && frame.op === "snapshot")).toMatchObject({
    data: { because: null },
  });
  back.close();
  other.close();
}, 40_000);

test("a hidden page is sent nothing that it would not show, and one snapshot when it is looked at again", async () => {
  const lena = await world.as("lena");
  const mira = await world.as("mira");
  const floor = await lena.socket();
  floor.send({ op: "watch", epoch: null, topics: [{ topic: "floor", seq: null }] });
  const isFloor = ({ topic }: Record<string, unknown>) => topic === "floor";
  await floor.next(isFloor);
  floor.send({ op: "hidden", hidden: true });
  await floor.pong();
  floor.frames.splice(0);
  await mira.call("POST", "/api/employees/me/sign-in", {});
  await until(async () => {
    const { items } = (await lena.call("GET", "/api/events?limit=3")).body as { items: { type: string }[] };
    return items.some(({ type }) => type === "EmployeeSignedIn");
  });
  expect(floor.frames.filter(isFloor)).toEqual([]);
  floor.send({ op: "hidden", hidden: false });
  const { op, data } = await floor.next(isFloor);
  expect(op).toBe("snapshot");
  expect((data as { employees: unknown[] }).employees).toHaveLength(2);
  await mira.call("POST", "/api/employees/me/sign-out", {});
  floor.close();
});

test("one person has twenty sockets and not one more", async () => {
  const omar = await world.as("omar");
  const sockets = await Promise.all(Array.from({ length: 20 }, () => omar.socket()));
  await Promise.all(sockets.map((socket) => socket.next(({ op }) => op === "hello")));
  expect(await (await omar.socket()).closed).toBe(4429);
  sockets[0]?.close();
  await sockets[0]?.closed;
  const another = await until(async () => {
    const socket = await omar.socket();
    const hello = await Promise.race([socket.next(({ op }) => op === "hello"), socket.closed]).catch(
      () => null,
    );
    return typeof hello === "object" && hello !== null && socket;
  });
  for (const socket of [...sockets, another]) socket.close();
});

test("health tells part by part what is missing", async () => {
  const { status, body } = await world.anonymous.call("GET", "/api/health");
  expect(status).toBe(503);
  expect(body).toMatchObject({
    ok: false,
    parts: [
      { name: "nats", ok: true },
      { name: "postgres", ok: true },
      { name: "node", ok: false, detail: "no node hosts portal, catalog, matcher, candidate, applier" },
      { name: "kinds", ok: true },
      { name: "actors", ok: true, required: false },
    ],
  });
});

test("the description names every route of the table", async () => {
  const { body } = await world.anonymous.call("GET", "/api/openapi.json");
  const paths = body.paths as Record<string, Record<string, unknown>>;
  for (const route of Object.values<Route>(routes))
    expect(paths[route.path.replace(/:(\w+)/g, "{$1}")]?.[route.method.toLowerCase()]).toBeDefined();
});

test("an edge that starts again knows its sessions, and a signed-in employee comes along", async () => {
  const mira = await world.as("mira");
  const before = await mira.socket();
  before.send({ op: "sign-in", id: "again" });
  await before.next(({ op }) => op === "reply");
  const stoppedAt = Date.now();
  await world.restartEdge();
  expect(await before.closed).toBe(1012);
  const after = await mira.socket();
  await after.next(({ op }) => op === "hello");
  after.send({ op: "watch", epoch: null, topics: [{ topic: "me", seq: null }] });
  expect(await after.next(({ topic }) => topic === "me")).toMatchObject({ data: { status: "free" } });
  after.close();
  // What was said before it started is on the floor, too.
  const floor = await (await world.as("lena")).socket();
  floor.send({ op: "watch", epoch: null, topics: [{ topic: "floor", seq: null }] });
  const { data } = await floor.next(({ topic }) => topic === "floor");
  const { facts } = data as { facts: { seq: number; type: string; at: number }[] };
  expect(facts.filter(({ at }) => at < stoppedAt).map(({ type }) => type)).toContain("EmployeeSignedIn");
  expect(facts.map(({ seq }) => seq)).toEqual(
    [...new Set(facts.map(({ seq }) => seq))].sort((a, b) => b - a),
  );
  floor.close();
}, 30_000);

test("how a queue stands is the sum of what waits in it", async () => {
  const manager = await world.as("lena");
  for (const job of ["sum-1", "sum-2", "sum-3", "sum-4"]) await propose(job);
  const [state, items] = await until(async () => {
    const { body } = await manager.call("GET", "/api/queues/main");
    const page = await manager.call("GET", "/api/queues/main/reviews");
    const waiting = page.body.items as { requestedAt: number }[];
    // Two have an account to work on them, at most.
    return waiting.length >= 2 && waiting.length === body.waiting && ([body, waiting] as const);
  });
  expect(state).toMatchObject({ queue: "main", escalated: 0 });
  expect(state.oldestAt).toBe(Math.min(...items.map(({ requestedAt }) => requestedAt)));
});

test("while the broker is away every page is told so, and what it keeps somebody from is told to their actor afterwards", async () => {
  const mira = await world.as("mira");
  const socket = await mira.socket();
  await socket.next(({ op }) => op === "hello");
  const jsm = await jetstreamManager(world.nc);
  await world.nats.kill();
  expect(await socket.next(({ op }) => op === "upstream")).toMatchObject({ lostAt: expect.any(Number) });
  const late = await mira.socket();
  expect(await late.next(({ op }) => op === "upstream")).toMatchObject({ lostAt: expect.any(Number) });
  const about = { application: "kept-from", assignment: 1 };
  const answer = await mira.call("POST", "/api/review/return", about);
  expect([answer.status, answer.body.reason]).toEqual([503, "NoAnswer"]);
  await world.nats.restart();
  expect(await socket.next(({ op, lostAt }) => op === "upstream" && lostAt === null)).toBeDefined();
  await expect
    .poll(
      async () =>
        (
          await jsm.direct.getMessage(streams.acts, { last_by_subj: subjects.state("employee.mira") })
        )?.string(),
      { timeout: 20_000 },
    )
    .toContain(`"unanswered":[{"review":${JSON.stringify(about)},"command":"return"`);
  for (const one of [socket, late]) one.close();
}, 60_000);
