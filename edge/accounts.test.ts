/** Accounts over a real edge, and over two: given, used once, disabled, ended everywhere at once, and who did it. */

import { readFile, stat } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { giveAccount } from "./accounts.ts";
import { detailOf } from "./audit.ts";
import { ensureFirstAccounts, firstManagerFile } from "./demo-accounts.ts";
import { requireGoodPassword } from "./password.ts";
import { type Client, type EdgeWorld, startEdgeWorld } from "./testkit/edge-world.ts";
import { proposal } from "./testkit/proposal.ts";

let world: EdgeWorld;
let lena: Client;
let other: Awaited<ReturnType<EdgeWorld["anotherEdge"]>>;

beforeAll(async () => {
  world = await startEdgeWorld();
  lena = await world.as("lena");
  other = await world.anotherEdge();
}, 60_000);
afterAll(() => world?.stop());

const create = (email: string, role = "employee") =>
  lena.call("POST", "/api/accounts", { email, name: email.split("@")[0], role, reason: "Starts today." });
const rowOf = async (email: string) => {
  const { items } = (await lena.call("GET", "/api/accounts")).body as { items: { email: string }[] };
  return items.find((row) => row.email === email);
};

test("a given password opens nothing but the choice of one's own, and then no more", async () => {
  const made = await create("Ann@callboard.example");
  expect(made).toMatchObject({ status: 200, body: { account: "ann@callboard.example" } });
  const given = String(made.body.oneTimePassword);
  expect((await create("ann@callboard.example")).body.reason).toBe("EmailTaken");
  const once = await world.login("ann@callboard.example", given);
  expect((await once.call("GET", "/api/me")).body).toMatchObject({ role: "employee", passwordOnce: true });
  expect(await once.call("GET", "/api/review")).toMatchObject({
    status: 403,
    body: { reason: "PasswordOnce" },
  });
  expect(await (await once.socket()).closed).toBe(4403);
  const choose = (next: string, current = given) => once.call("POST", "/api/me/password", { current, next });
  expect((await choose("short")).body.reason).toBe("WeakPassword");
  expect((await choose("twelve letters and more", "wrong")).body.reason).toBe("WrongCredentials");
  const chosen = await choose("twelve letters and more");
  expect(chosen).toMatchObject({ status: 200, body: { id: "ann@callboard.example" } });
  expect((await once.call("GET", "/api/me")).status).toBe(401); // The session was rotated.
  const own = once.withCookieOf(chosen);
  expect((await own.call("GET", "/api/review")).status).toBe(200);
  await expect(world.login("ann@callboard.example", given)).rejects.toThrow("WrongCredentials");
  expect(await rowOf("ann@callboard.example")).toMatchObject({
    passwordOnce: false,
    sessions: 1,
    disabledAt: null,
  });
});

test("a given password that nobody has used within its time is a wrong one", async () => {
  const made = await create("late@callboard.example");
  await world.sql`update account set password_until = now() - interval '1 second' where id = 'late@callboard.example'`;
  await expect(world.login("late@callboard.example", String(made.body.oneTimePassword))).rejects.toThrow(
    "WrongCredentials",
  );
});

test("unknown, disabled and wrong password get the same answer and cost the same work", async () => {
  await create("gone@callboard.example");
  const disable = await lena.call("POST", "/api/accounts/gone@callboard.example/do/disable", {
    reason: "Left.",
  });
  expect(disable.status).toBe(200);
  const seen = await Promise.all(
    ["gone@callboard.example", "nobody@callboard.example", "jon@callboard.example"].map((email) =>
      world.anonymous.call("POST", "/api/login", { email, password: "wrong" }),
    ),
  );
  expect(new Set(seen.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1);
  expect(seen[0]?.status).toBe(401);
});

test("who is disabled is out at once on every edge, and may be let in again", async () => {
  const password = await giveAccount(world.sql, {
    email: "bo@callboard.example",
    name: "Bo",
    role: "employee",
  });
  const bo = await world.login("bo@callboard.example", password);
  const there = other.with(bo.cookie);
  const [here, far] = [await bo.socket(), await there.socket()];
  await Promise.all([here, far].map((socket) => socket.next(({ op }) => op === "hello")));
  expect((await there.call("GET", "/api/me")).status).toBe(200);
  const act = (action: string) =>
    lena.call("POST", `/api/accounts/bo@callboard.example/do/${action}`, { reason: "To see." });
  expect((await act("disable")).status).toBe(200);
  expect(await Promise.all([here.closed, far.closed])).toEqual([4401, 4401]);
  expect((await bo.call("GET", "/api/me")).status).toBe(401);
  expect((await there.call("GET", "/api/me")).status).toBe(401);
  await expect(world.login("bo@callboard.example", password)).rejects.toThrow("WrongCredentials");
  expect((await act("enable")).status).toBe(200);
  expect((await (await world.login("bo@callboard.example", password)).call("GET", "/api/me")).status).toBe(
    200,
  );
});

test("one's own sessions are listed and ended, and nobody else's", async () => {
  const password = await giveAccount(world.sql, { email: "cy@callboard.example", name: "Cy", role: "ops" });
  const [one, two, jon] = [
    await world.login("cy@callboard.example", password),
    await world.login("cy@callboard.example", password),
    await world.as("jon"),
  ];
  const list = async (client: Client) =>
    (await client.call("GET", "/api/me/sessions")).body.items as { session: string; current: boolean }[];
  const before = await list(one);
  expect(before.map(({ current }) => current).sort()).toEqual([false, true]);
  const second = before.find(({ current }) => !current)?.session;
  expect((await jon.call("POST", `/api/me/sessions/${second}/end`, {})).status).toBe(404);
  expect((await two.call("GET", "/api/me")).status).toBe(200);
  expect((await one.call("POST", `/api/me/sessions/${second}/end`, {})).status).toBe(200);
  expect((await two.call("GET", "/api/me")).status).toBe(401);
  const third = await world.login("cy@callboard.example", password, one.cookie);
  expect((await one.call("GET", "/api/me")).status).toBe(401); // Signing in again ends what this browser had.
  expect(await list(third)).toHaveLength(1);
});

test("a manager can't touch their own account, nor take away the last manager", async () => {
  for (const [path, body] of [
    ["do/disable", {}],
    ["role", { role: "ops" }],
    ["password", {}],
  ] as const)
    expect(
      (await lena.call("POST", `/api/accounts/lena/${path}`, { ...body, reason: "x" })).body.reason,
    ).toBe("Yourself");
  const made = await create("max@callboard.example", "manager");
  const once = await world.login("max@callboard.example", String(made.body.oneTimePassword));
  const chosen = await once.call("POST", "/api/me/password", {
    current: made.body.oneTimePassword,
    next: "a sentence of mine",
  });
  const max = once.withCookieOf(chosen);
  expect((await max.call("POST", "/api/accounts/lena/role", { role: "ops", reason: "x" })).status).toBe(200);
  expect((await lena.call("GET", "/api/me")).status).toBe(401);
  await world.sql`update account set role = 'manager' where id = 'lena'`;
  lena = await world.as("lena");
  expect((await lena.call("POST", "/api/accounts/nobody/role", { role: "ops", reason: "x" })).status).toBe(
    404,
  );
});

test("too many wrong passwords wait, many at once and on whatever edge, until a manager ends it", async () => {
  const password = await giveAccount(world.sql, { email: "di@callboard.example", name: "Di", role: "ops" });
  const tries = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      (n % 2 === 0 ? world.anonymous : other.with("")).call("POST", "/api/login", {
        email: "di@callboard.example",
        password: "wrong",
      }),
    ),
  );
  expect(tries.filter(({ status }) => status === 401)).toHaveLength(5);
  expect(tries.filter(({ status }) => status === 429)).toHaveLength(7);
  await expect(world.login("di@callboard.example", password)).rejects.toThrow("TooManyTries");
  expect(await rowOf("di@callboard.example")).toMatchObject({ waitsUntil: expect.any(Number) });
  const unlock = await lena.call("POST", "/api/accounts/di@callboard.example/do/unlock", {
    reason: "Called me.",
  });
  expect(unlock.status).toBe(200);
  expect((await world.login("di@callboard.example", password)).cookie).not.toBe("");
});

test("what managers did stands in the audit trail, with reason and outcome and without secrets", async () => {
  const { items } = (await lena.call("GET", "/api/audit?about=di@callboard.example")).body as {
    items: Record<string, unknown>[];
  };
  expect(items[0]).toMatchObject({
    by: "lena",
    byName: "Lena",
    role: "manager",
    action: "accountAction",
    reason: "Called me.",
    detail: { action: "unlock" },
    outcome: 200,
  });
  const refused = (await lena.call("GET", "/api/audit?about=nobody&limit=1")).body.items as unknown[];
  expect(refused[0]).toMatchObject({ action: "changeRole", outcome: 404 });
  const first = (await lena.call("GET", "/api/audit?limit=2")).body as {
    items: { number: number }[];
    next: string;
  };
  const second = (await lena.call("GET", `/api/audit?limit=2&cursor=${first.next}`)).body as typeof first;
  expect(second.items[0]?.number).toBeLessThan(first.items[1]?.number ?? 0);
  expect(JSON.stringify(await world.sql`select detail from audit`)).not.toMatch(
    /a sentence of mine|twelve letters/,
  );
  expect(detailOf({ next: "x", current: "y", content: "z", reason: "r", role: "ops", deep: {} })).toEqual({
    role: "ops",
  });
});

test("a detail is cut between characters, so that the audit trail can take it", async () => {
  const incident = `${"a".repeat(199)}😀bbb`;
  const closed = await lena.call("POST", `/api/incidents/${encodeURIComponent(incident)}/close`);
  expect(closed).toMatchObject({ status: 409 });
  const { items } = (await lena.call("GET", "/api/audit?limit=1")).body as { items: object[] };
  expect(items).toMatchObject([{ action: "closeIncident", about: incident, outcome: 409 }]);
});

test("the same key does it once, also at once and through another edge, and gives the same answer", async () => {
  const body = { email: "key@callboard.example", name: "Key", role: "ops", reason: "Once." };
  const key = { "idempotency-key": "k-1" };
  const there = other.with(lena.cookie);
  const both = await Promise.all([
    lena.call("POST", "/api/accounts", body, key),
    there.call("POST", "/api/accounts", body, key),
  ]);
  // A password is shown once: the other is told that it is done.
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(both.find(({ status }) => status === 409)?.body.reason).toBe("AlreadyDone");
  const role = (client: Client, to: string, k: string) =>
    client.call(
      "POST",
      "/api/accounts/key@callboard.example/role",
      { role: to, reason: "r" },
      { "idempotency-key": k },
    );
  expect((await role(lena, "employee", "k-2")).status).toBe(200);
  expect((await role(lena, "ops", "k-3")).status).toBe(200);
  const again = await role(there, "employee", "k-2");
  expect([again.status, again.headers.get("idempotency-replayed")]).toEqual([200, "true"]);
  expect(await rowOf("key@callboard.example")).toMatchObject({ role: "ops" });
  expect((await role(lena, "manager", "k-2")).body.reason).toBe("KeyReused");
  expect((await role(lena, "manager", "x".repeat(129))).status).toBe(400);
  expect((await lena.call("GET", "/api/audit?about=key@callboard.example")).body.items).toHaveLength(3);
});

test("a socket command with the same id is done once, also when another edge hears it later", async () => {
  const mira = await world.as("mira");
  const there = other.with(mira.cookie);
  const tell = async (client: Client, op: string, id: string) => {
    const socket = await client.socket();
    socket.send({ op, id });
    const reply = await socket.next((frame) => frame.op === "reply");
    socket.close();
    await socket.closed;
    return reply;
  };
  expect(await tell(mira, "sign-in", "on-1")).toMatchObject({ ok: true });
  expect(await tell(mira, "sign-out", "off-1")).toMatchObject({ ok: true });
  // It was lost on its way back, and the page sends it again.
  expect(await tell(there, "sign-in", "on-1")).toMatchObject({ ok: true });
  const { items } = (await lena.call("GET", "/api/employees")).body as {
    items: { employee: string; status: string }[];
  };
  expect(items.find(({ employee }) => employee === "mira")?.status).toBe("away");
  expect(await tell(there, "sign-in", "on-2")).toMatchObject({ ok: true });
  expect((await there.call("POST", "/api/employees/me/sign-out", {})).status).toBe(200);
});

test("a password of one's own is long, and not what others would try first", () => {
  const me = { email: "ann@callboard.example", name: "Ann Example" };
  for (const weak of ["short", "aaaaaaaaaaaaaaaa", "ann example 1234", "xx callboard 2026 xx"])
    expect(() => requireGoodPassword(weak, me)).toThrow();
  requireGoodPassword("correct horse battery", me);
});

test("where real people work, the first start makes the first manager and nobody else", async () => {
  await world.sql`update account set disabled_at = now() where role = 'manager'`;
  const said: string[] = [];
  const start = (firstManager: string | undefined) =>
    ensureFirstAccounts(world.sql, { home: world.home, demoAccounts: "off", firstManager }, (line) =>
      said.push(line),
    );
  await start(undefined);
  await start("Boss@callboard.example");
  await start("second@callboard.example");
  expect(said).toHaveLength(2);
  expect(said[0]).toContain("callboard account");
  const file = firstManagerFile(world.home);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const [{ password }] = JSON.parse(await readFile(file, "utf8"));
  expect(said.join()).not.toContain(password);
  const boss = await world.login("boss@callboard.example", password);
  expect((await boss.call("GET", "/api/me")).body).toMatchObject({ role: "manager", passwordOnce: true });
  expect(await world.sql`select 1 from account where email = 'second@callboard.example'`).toHaveLength(0);
});

test("who is disabled gives back all that they hold, without a strike, and is offered nothing else", async () => {
  const person = { email: "vic@callboard.example", name: "Vic", role: "employee" } as const;
  const vic = await world.login(person.email, await giveAccount(world.sql, person));
  const profile = { capacity: 2, skills: [], timeFactor: 1 };
  const set = await lena.call("PUT", `/api/employees/${person.email}/profile`, {
    profile,
    reason: "Is fast.",
  });
  expect(set).toMatchObject({ status: 200 });
  const socket = await vic.socket();
  socket.send({ op: "sign-in", id: "on" });
  expect(await socket.next(({ op }) => op === "reply")).toMatchObject({ ok: true });

  const ada = { id: "ada", name: "Ada Example", email: "ada@callboard.example" };
  await world.storeResume("ada/base", { basics: { name: "Ada Example" } });
  for (const job of ["v1", "v2", "v3"]) await world.tell("application", `ada-${job}`, proposal(ada, job));
  const statuses = async () =>
    (await world.sql<{ status: string }[]>`select status from application order by status`).map(
      ({ status }) => status,
    );
  const held = async () => {
    const { items } = (await lena.call("GET", "/api/employees")).body as {
      items: { email: string; offers: unknown[] }[];
    };
    return items.find(({ email }) => email === person.email)?.offers.length;
  };
  await expect.poll(held, { timeout: 20_000 }).toBe(1);
  // The next comes when this one has been shown.
  await vic.call("GET", "/api/review");
  await expect.poll(held, { timeout: 20_000 }).toBe(2);
  await expect.poll(statuses, { timeout: 20_000 }).toEqual(["reviewing", "reviewing", "waiting"]);
  const disable = await lena.call("POST", `/api/accounts/${person.email}/do/disable`, {
    reason: "Has left.",
  });
  expect(disable).toMatchObject({ status: 200 });
  await expect.poll(statuses, { timeout: 20_000 }).toEqual(["waiting", "waiting", "waiting"]);
  expect(await world.sql`select outcome, strike from review where employee = ${person.email}`).toEqual([
    { outcome: "returned", strike: false },
    { outcome: "returned", strike: false },
  ]);
}, 60_000);
