import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { blockReason, retryAfterMs } from "./blocked.ts";
import { createFetcher, Unreachable } from "./fetcher.ts";

const server = createServer((request, response) => {
  if (request.url === "/huge") response.end("x".repeat(10_000));
  else if (request.url === "/silent") return;
  else if (request.url === "/broken") response.writeHead(502).end("no");
  else if (request.headers["if-none-match"] === '"1"') response.writeHead(304).end();
  else response.writeHead(200, { etag: '"1"' }).end(request.headers["user-agent"]);
});
let site = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const signal = new AbortController().signal;
const fetcher = createFetcher({ timeoutMs: 10_000, maxBytes: 5_000 });
const hasty = createFetcher({ timeoutMs: 300, maxBytes: 5_000 });

test("asks conditionally and says who asks", async () => {
  const first = await fetcher.get(site, { signal });
  expect(first).toMatchObject({ status: 200, etag: '"1"', body: expect.stringContaining("Callboard") });
  expect(await fetcher.get(site, { signal, etag: first.etag })).toMatchObject({ status: 304 });
});

test("bounds an answer in size and time, and calls what is no answer unreachable", async () => {
  await expect(fetcher.get(`${site}/huge`, { signal })).rejects.toThrow(/more than 5000 bytes/);
  await expect(hasty.get(`${site}/silent`, { signal })).rejects.toThrow(Unreachable);
  await expect(fetcher.get(`${site}/broken`, { signal })).rejects.toThrow(/answered 502/);
  await expect(fetcher.get("http://127.0.0.1:1/", { signal })).rejects.toThrow(Unreachable);
  await expect(fetcher.get(site, { signal: AbortSignal.abort(new Error("stopped")) })).rejects.toThrow(
    "stopped",
  );
});

test("knows a wall by its status, its address or its words", () => {
  const seen = { status: 200, url: "https://example.org/jobs", body: "<title>Jobs</title>" };
  expect(blockReason(seen)).toBeNull();
  for (const change of [
    { status: 429 },
    { status: 999 },
    { url: "https://example.org/authwall?x" },
    { body: "<title>Just a moment...</title>" },
    { body: '<div class="g-recaptcha">' },
    { body: '<title>Sign in | LinkedIn</title><form><input name="k" type="password">' },
    { body: "<title>Before you continue to the search</title>" },
    { url: "https://consent.example.org/m?continue=x" },
    { body: "Request unsuccessful. Incapsula incident ID: 1-2" },
    { body: "<p>Our systems have detected unusual traffic from your network." },
    { body: '{"errors":[{"message":"Unauthorized","extensions":{"code":"UNAUTHENTICATED"}}]}' },
  ])
    expect(blockReason({ ...seen, ...change })).toMatch(/The portal/);
  const careers = '<title>Jobs at Acme</title><dialog><input type="password"></dialog> Verify your skills';
  expect(blockReason({ ...seen, body: careers })).toBeNull();
});

test("reads Retry-After as seconds or as a date", () => {
  expect(retryAfterMs("7", 0)).toBe(7_000);
  expect(retryAfterMs("Thu, 01 Jan 1970 00:01:00 GMT", 0)).toBe(60_000);
  expect(retryAfterMs("soon", 0)).toBeNull();
  expect(retryAfterMs(null, 0)).toBeNull();
});
