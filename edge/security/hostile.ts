/** What somebody sends who wishes us harm, or whose program is broken. */
import fc from "fast-check";
import { type Route, type RouteName, routes } from "../../protocols/api/http.ts";
import { topicNames } from "../../protocols/api/socket.ts";
import { fieldsOf, valuesOf } from "./sample-body.ts";

/** Values that were somebody's undoing before. */
const undoings: readonly unknown[] = [
  null,
  true,
  -0,
  1e308,
  -1e308,
  Number.MAX_SAFE_INTEGER + 2,
  2 ** 31,
  -1,
  0.1,
  "",
  " ",
  "\0",
  "\ud800",
  "\u202e",
  "../../etc/passwd",
  "'; drop table account; --",
  "$(id)",
  "<script>alert(1)</script>",
  "callboard.act.application.x",
  "*",
  ">",
  "a".repeat(5_000),
  [],
  {},
  [[[[[[]]]]]],
  { type: "Propose" },
  { toString: null },
  { length: -1 },
];
const nasty: fc.Arbitrary<unknown> = fc.oneof(fc.constantFrom(...undoings), fc.jsonValue({ maxDepth: 6 }));

/** Text that JSON.stringify would never write. */
const oddJson: fc.Arbitrary<string> = fc.oneof(
  fc.integer({ min: 1, max: 8_000 }).map((n) => "[".repeat(n) + "]".repeat(n)),
  fc.integer({ min: 1, max: 2_500 }).map((n) => `${'{"a":'.repeat(n)}1${"}".repeat(n)}`),
  fc.constantFrom(
    '{"__proto__":{"role":"manager"}}',
    '{"constructor":{"prototype":{"role":"manager"}}}',
    '{"\\u005f\\u005fproto\\u005f\\u005f":{"admin":true}}',
    '{"a":1,"a":2}',
    '{"assignment":1e999}',
    `{"assignment":${"9".repeat(400)}}`,
    '{"application":"\\ud800"}',
    '{"application":"\\u0000"}',
    "NaN",
    "Infinity",
    "{'a':1}",
    '{"a":1,}',
    '\ufeff{"a":1}',
    "",
    "null",
    '"',
  ),
);

const cutShort = (bytes: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> =>
  fc
    .tuple(
      bytes,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom([], [0xc3], [0xf0, 0x9f], [0xff]),
    )
    .map(([whole, share, end]) =>
      Buffer.concat([whole.subarray(0, Math.floor(whole.length * share)), Buffer.from(end)]),
    );

/** A good value with one part that is not. */
const spoiled = (good: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.tuple(good, fc.nat(), nasty).map(([value, at, bad]) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return bad;
    const keys = [...Object.keys(value), "__proto__", "extra"];
    const key = keys[at % keys.length] ?? "extra";
    return { ...value, [key]: bad };
  });

const textOf = (value: unknown) => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
const searchOf = (query: object) =>
  `?${new URLSearchParams(Object.entries(query).map(([key, value]) => [key, textOf(value).slice(0, 600)]))}`;
const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value) ?? "null");

const bodies = (good: fc.Arbitrary<unknown>): fc.Arbitrary<Buffer> =>
  fc.oneof(
    { weight: 3, arbitrary: good.map(bytesOf) },
    { weight: 5, arbitrary: spoiled(good).map(bytesOf) },
    { weight: 2, arbitrary: oddJson.map((text) => Buffer.from(text)) },
    { weight: 2, arbitrary: cutShort(good.map(bytesOf)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
    { weight: 1, arbitrary: nasty.map(bytesOf) },
  );

export const who = fc.constantFrom("nobody", "employee", "manager", "ops");

export interface HostileRequest {
  readonly who: string;
  readonly route: RouteName;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

/** They would end the sessions that the others are tried with; the matrix has them. */
const endsSessions = ["logout", "endSession", "endOtherSessions", "changePassword"];

const segment = fc.oneof(
  fc.constantFrom(
    "%00",
    "%ff",
    "..",
    "%2e%2e%2f",
    "unknown",
    "%F0%9F%92%A9",
    "a".repeat(400),
    "*",
    ">",
    "a.b.c",
    "me",
    "__proto__",
  ),
  fc.webSegment(),
);
const headerTricks: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ "content-type": "application/json" }) },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        "content-type": fc.constantFrom(
          "text/plain",
          "application/json; charset=utf-16",
          "",
          "application/x-www-form-urlencoded",
        ),
        origin: fc.constantFrom("null", "http://evil.example", "http://127.0.0.1", "javascript:"),
        "sec-fetch-site": fc.constantFrom("cross-site", "same-site", "none", "x"),
        "idempotency-key": fc.constantFrom("k", "x".repeat(200), "a b", "k-1"),
        "x-forwarded-for": fc.constant("127.0.0.1"),
        "x-http-method-override": fc.constant("DELETE"),
        "transfer-encoding": fc.constant("chunked"),
        range: fc.constant("bytes=0-1"),
      },
      { requiredKeys: [] },
    ),
  },
);

export const hostileRequest: fc.Arbitrary<HostileRequest> = fc
  .constantFrom(...(Object.entries<Route>(routes) as [RouteName, Route][]))
  .chain(([name, route]) => {
    const filled = [...route.path.matchAll(/:(\w+)/g)].map(() => segment);
    const query =
      route.query === undefined
        ? fc.constantFrom("", "?", "?a=1&a=2", "?__proto__=1", `?${"x=1&".repeat(200)}`)
        : fc.oneof(valuesOf(route.query as never), spoiled(valuesOf(route.query as never))).map((value) => {
            const entries = typeof value === "object" && value !== null ? value : { x: value };
            return searchOf(entries);
          });
    return fc.record({
      who: endsSessions.includes(name) ? fc.constant("nobody") : who,
      route: fc.constant(name),
      method: fc.oneof(
        { weight: 12, arbitrary: fc.constant<string>(route.method) },
        fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"),
      ),
      path: fc.tuple(fc.tuple(...filled), query).map(([parts, search]) => {
        const left = [...parts];
        return route.path.replace(/:(\w+)/g, () => String(left.shift())) + search;
      }),
      headers: headerTricks,
      body: bodies(route.body === undefined ? fc.constant({}) : valuesOf(route.body as never)),
    });
  });

/** Every route with every field of its query and of its body spoiled with every one of these values, all else being good. */
export const spoiledFields = (seed: number): HostileRequest[] =>
  (Object.entries<Route>(routes) as [RouteName, Route][]).flatMap(([name, route]) => {
    const good = (schema: Route["query"]) =>
      fc.sample(valuesOf(schema as never), { numRuns: 1, seed })[0] as object;
    const of = (query: object, body: object): HostileRequest => ({
      who: route.access === "everyone" ? "nobody" : (route.access[0] ?? "nobody"),
      route: name,
      method: route.method,
      path: route.path.replace(/:\w+/g, "unknown") + searchOf(query),
      headers: { "content-type": "application/json" },
      body: bytesOf(body),
    });
    const query = route.query === undefined ? {} : good(route.query);
    const body = route.body === undefined ? {} : good(route.body);
    const spoiled = (schema: Route["query"], into: (field: string, value: unknown) => HostileRequest) =>
      schema === undefined
        ? []
        : fieldsOf(schema).flatMap((field) => undoings.map((value) => into(field, value)));
    return [
      ...spoiled(route.query, (field, value) => of({ ...query, [field]: value }, body)),
      ...spoiled(route.body, (field, value) => of(query, { ...body, [field]: value })),
    ];
  });

const goodFrame: fc.Arbitrary<unknown> = fc.oneof(
  fc.record({
    op: fc.constant("watch"),
    epoch: fc.constantFrom(null, "x", "other-edge"),
    topics: fc.array(
      fc.record({ topic: fc.constantFrom(...topicNames), seq: fc.constantFrom(null, 0, -1, 1e15, 5) }),
      { maxLength: 9 },
    ),
  }),
  fc.record({ op: fc.constant("hidden"), hidden: fc.constantFrom<unknown>(true, false, 1, "true") }),
  fc.record({ op: fc.constantFrom("sign-in", "sign-out"), id: fc.string({ maxLength: 70 }) }),
  fc.record({
    op: fc.constant("acknowledge"),
    id: fc.string({ minLength: 1, maxLength: 64 }),
    application: fc.string({ maxLength: 310 }),
    assignment: fc.integer(),
  }),
);

export interface HostileFrame {
  readonly who: string;
  readonly opcode: number;
  readonly payload: Buffer;
}

export const hostileFrame: fc.Arbitrary<HostileFrame> = fc.record({
  who,
  // Text mostly; binary, continuation without a beginning, pings, and numbers that mean nothing.
  opcode: fc.oneof({ weight: 12, arbitrary: fc.constant(1) }, fc.constantFrom(0, 2, 3, 8, 9, 10, 15)),
  payload: bodies(goodFrame),
});

/** Requests that no HTTP library would write; each on a connection of its own. */
export const rawRequest: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "GET /api/me HTTP/1.1\r\n\r\n",
    "GET /api/me HTTP/9.9\r\nhost: x\r\n\r\n",
    "GET  /api/me\r\n\r\n",
    "POST /api/login HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
    "POST /api/login HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 50\r\n\r\nhello",
    "POST /api/login HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST /api/login HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffff\r\nx",
    "POST /api/login HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999999999999\r\n\r\n",
    "GET http://evil.example/api/me HTTP/1.1\r\nhost: x\r\n\r\n",
    "GET /../../etc/passwd HTTP/1.1\r\nhost: x\r\n\r\n",
    "GET /ws HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-key: short\r\n\r\n",
    "GET /ws HTTP/1.1\r\nhost: x\r\n\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
  ),
  fc
    .integer({ min: 1, max: 40 })
    .map(
      (n) =>
        `GET /api/me HTTP/1.1\r\nhost: x\r\n${`x-${"a".repeat(400)}: ${"b".repeat(400)}\r\n`.repeat(n)}\r\n`,
    ),
  fc.string({ maxLength: 200, unit: "binary" }),
);
