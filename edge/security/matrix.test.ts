/**
 * The authorisation matrix, made from the tables: every route, topic and socket command x every role and none x an object of one's
 * own, of somebody else and of nobody. A route that comes later is in it by itself; one that names an object and has no rule,
 * or whose rule can't be tried, fails.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Route, type RouteName, routes } from "../../protocols/api/http.ts";
import { Role } from "../../protocols/api/route.ts";
import {
  type ClientFrame,
  commandAccess,
  commandObject,
  topicNames,
  topicRules,
} from "../../protocols/api/socket.ts";
import { type Client, type EdgeWorld, startEdgeWorld } from "../testkit/edge-world.ts";
import { heldReview, type Owned, ownObjects, secretWords } from "./objects.ts";
import { fieldsOf, sampleOf } from "./sample-body.ts";

let world: EdgeWorld;
let people: Record<"nobody" | Role, Client>;
let jon: Client;

const all = Object.entries<Route>(routes) as [RouteName, Route][];
const ids = { employee: "mira", manager: "lena", ops: "omar" } as const;

beforeAll(async () => {
  world = await startEdgeWorld();
  const [employee, manager, ops, other] = await Promise.all(
    ["mira", "lena", "omar", "jon"].map((one) => world.as(one)),
  );
  if (!employee || !manager || !ops || !other)
    throw new Error("unreachable: each has signed in or has thrown.");
  people = { nobody: world.anonymous, employee, manager, ops };
  jon = other;
}, 60_000);
afterAll(() => world?.stop());

const paramsOf = ({ path }: Route) => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? "");

/** A request that the schemas take, about this object. */
const requestOf = (route: Route, fields: Readonly<Record<string, unknown>>) => {
  const given = route.params === undefined ? {} : (sampleOf(route.params, fields) as Record<string, unknown>);
  const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(fields[name] ?? given[name] ?? "unknown")),
  );
  const query = route.query === undefined ? {} : (sampleOf(route.query, fields) as Record<string, unknown>);
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) => (value == null ? [] : [[key, String(value)]])),
  );
  return {
    path: search.size > 0 ? `${path}?${search}` : path,
    body: route.method === "GET" ? undefined : route.body === undefined ? {} : sampleOf(route.body, fields),
  };
};

const ask = async (client: Client, route: Route, fields: Readonly<Record<string, unknown>> = {}) => {
  const { path, body } = requestOf(route, fields);
  const answer = await client.call(route.method, path, body);
  const text = JSON.stringify(answer.body);
  return { ...answer, text, seen: `${route.method} ${path}: ${answer.status} ${text.slice(0, 300)}` };
};

const refusedAsNobodys = ({ status, body }: { status: number; body: Record<string, unknown> }) =>
  status === 404 || (status === 409 && body.reason === "NotYourAssignment");

test("every route says who may call it, and whose object it may name", () => {
  const objects = new Set(all.flatMap(([, route]) => paramsOf(route)));
  for (const [name, route] of all) {
    expect(route.access.length, `${name} lets nobody in`).toBeGreaterThan(0);
    for (const param of paramsOf(route)) {
      expect(route.object, `${name} names a ${param} and has no object rule`).toBeDefined();
      expect(fieldsOf(route.params as never), `${name} does not decode ${param}`).toContain(param);
    }
    const fields = [route.query, route.body].flatMap((schema) =>
      schema === undefined ? [] : fieldsOf(schema as never),
    );
    for (const field of fields.filter((one) => objects.has(one)))
      expect(route.object, `${name} takes a ${field} and has no object rule`).toBeDefined();
  }
});

test("nobody gets in without a session, and nobody with another role, whatever object they name", async () => {
  const later: [string, Route, string][] = [];
  for (const [name, route] of all) {
    if (route.access === "everyone") continue;
    for (const role of ["nobody", ...Role.literals] as const) {
      if (role !== "nobody" && route.access.includes(role)) continue;
      const { status, seen, text } = await ask(people[role], route, {
        employee: "mira",
        application: "unknown",
      });
      expect(status, `${name} as ${role}: ${seen}`).toBe(role === "nobody" ? 401 : 403);
      for (const word of secretWords) expect(text).not.toContain(word);
      later.push([name, route, role]);
    }
  }
  expect(later.length).toBeGreaterThan(all.length);
}, 60_000);

test("whoever has the role gets in", async () => {
  for (const [name, route] of all) {
    // Their sessions are needed further on.
    if (route.access === "everyone" || ["endOtherSessions", "changePassword"].includes(name)) continue;
    for (const role of route.access) {
      const { status, seen } = await ask(people[role], route);
      expect([401, 403, 405, 500], `${name} as ${role}: ${seen}`).not.toContain(status);
    }
  }
}, 60_000);

/** What the rule of a route is tried with: an object of `whose`, made anew since a command may use it up. */
const ownedFor = async (
  name: RouteName,
  route: Route,
  whose: { id: string; cookie: string },
): Promise<Owned> => {
  if (route.object === "held by the employee") return await heldReview(world, people.employee);
  const made: Record<string, unknown> = {};
  for (const param of paramsOf(route)) {
    const make = ownObjects[param];
    if (make !== undefined) Object.assign(made, (await make(world, whose)).fields);
  }
  if (Object.keys(made).length === 0)
    throw new Error(
      `${name} has the rule "${route.object}", and edge/security/objects.ts can't make the object that it names: add it there.`,
    );
  return { fields: made };
};

test("a review, its documents and its evidence are open to who holds it, and to nobody else of that role", async () => {
  for (const [name, route] of all.filter(([, { object }]) => object === "held by the employee")) {
    await people.employee.call("POST", "/api/employees/me/sign-in", {});
    const { fields } = await ownedFor(name, route, { id: "mira", cookie: people.employee.cookie });
    const other = await ask(jon, route, fields);
    expect(refusedAsNobodys(other), `${name} as somebody else: ${other.seen}`).toBe(true);
    for (const word of secretWords) expect(other.text).not.toContain(word);
    const old = await ask(people.employee, route, { ...fields, assignment: Number(fields.assignment) + 1 });
    if (route.body !== undefined)
      expect(old.status, `${name} with another assignment: ${old.seen}`).toBe(409);
    const unknown = await ask(people.employee, route, { ...fields, application: "zeb-nothing" });
    expect(unknown.status, `${name} of nothing: ${unknown.seen}`).toBe(404);
    if (name === "saveDraft")
      expect((await ask(people.employee, route, { ...fields, basedOn: "zeb/older" })).body.reason).toBe(
        "DraftMovedOn",
      );
    const own = await ask(people.employee, route, fields);
    // The proof or version that is asked for does not exist; that it is looked for is seen by the sentence.
    if (name === "evidence" || name === "draftVersion") expect(own.text).toMatch(/such (evidence|version)/);
    else expect(refusedAsNobodys(own), `${name} as its holder: ${own.seen}`).toBe(false);
    // Whatever has become of it, the next one needs free hands.
    await people.employee.call("POST", "/api/review/reject", { ...fields, reason: "Over." });
  }
}, 60_000);

test("what belongs to a person is open to them, and to a colleague it isn't there", async () => {
  const rules = ["an employee's own", "their own"];
  for (const [name, route] of all.filter(([, { object }]) => rules.includes(object ?? ""))) {
    for (const role of route.access === "everyone" ? [] : route.access) {
      if (route.object === "an employee's own" && role !== "employee") {
        const { fields } = await ownedFor(name, route, { id: "mira", cookie: people.employee.cookie });
        const any = await ask(people[role], route, fields);
        expect([401, 403, 404], `${name} as ${role}: ${any.seen}`).not.toContain(any.status);
        continue;
      }
      const { fields } = await ownedFor(name, route, { id: ids[role], cookie: people[role].cookie });
      for (const stranger of [jon, ...(route.object === "their own" ? [people.manager, people.ops] : [])]) {
        if (stranger === people[role]) continue;
        const theirs = await ask(stranger, route, fields);
        expect([403, 404], `${name} of ${ids[role]} as somebody else: ${theirs.seen}`).toContain(
          theirs.status,
        );
      }
      const own = await ask(people[role], route, fields);
      // A strike is nobody's until one is missed: the actor itself says so.
      if (own.body.reason !== "UnknownStrike")
        expect(own.status, `${name} as ${ids[role]}: ${own.seen}`).toBe(200);
    }
  }
}, 60_000);

test("every topic is open to the roles of the table and silent to all others", async () => {
  for (const role of Role.literals) {
    const socket = await people[role].socket();
    const hello = await socket.next(({ op }) => op === "hello");
    const may = topicNames.filter((topic) => topicRules[topic].roles.includes(role));
    expect(hello.topics).toEqual(may);
    socket.send({ op: "watch", epoch: null, topics: topicNames.map((topic) => ({ topic, seq: null })) });
    for (const topic of may) await socket.next((frame) => frame.topic === topic);
    const heard = new Set(socket.frames.flatMap(({ topic }) => (topic === undefined ? [] : [topic])));
    expect([...heard].sort(), role).toEqual([...may].sort());
    socket.close();
  }
  const nobody = await people.nobody.socket();
  expect(await nobody.closed).toBe(4401);
}, 40_000);

test("every socket command is taken from the roles of the table, about what they hold, and refused to all others", async () => {
  const commands = Object.keys(commandAccess) as (keyof typeof commandAccess)[];
  await people.employee.call("POST", "/api/employees/me/sign-in", {});
  const { fields } = await heldReview(world, people.employee);
  const frameOf = (op: string, id: string) => ({ op, id, ...fields }) as ClientFrame;
  const answerTo = async (client: Client, op: (typeof commands)[number], id: string) => {
    const socket = await client.socket();
    socket.send(frameOf(op, id));
    const reply = await socket.next((frame) => frame.op === "reply" && frame.id === id);
    socket.close();
    return reply;
  };
  for (const op of commands) {
    expect(commandObject[op], `${op} has no object rule`).toBeDefined();
    for (const role of Role.literals) {
      const reply = await answerTo(people[role], op, `${op}-${role}`);
      if (!commandAccess[op].includes(role)) expect(reply).toMatchObject({ ok: false, reason: "NotAllowed" });
      // Taken, and refused by the review itself: there is time enough.
      else if (op === "extend") expect(reply, op).toMatchObject({ ok: false, reason: "NotYet" });
      else if (op !== "sign-out") expect(reply, op).toMatchObject({ ok: true });
    }
    if (commandObject[op] === "held by the employee")
      expect(await answerTo(jon, op, `${op}-other`)).toMatchObject({ ok: false, reason: "NotFound" });
  }
}, 40_000);
