/** The page that Prometheus reads, at a real edge with real parts. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EdgeWorld, startEdgeWorld } from "./testkit/edge-world.ts";

let world: EdgeWorld;
beforeAll(async () => {
  world = await startEdgeWorld({ CALLBOARD_METRICS_TOKEN: "scraper" });
});
afterAll(() => world?.stop());

const read = (headers: Record<string, string> = {}) =>
  world.anonymous.call("GET", "/metrics", undefined, headers);

test("who shows the token reads sessions, streams, nodes and requests; nobody else does", async () => {
  expect((await read()).status).toBe(403);
  expect((await read({ authorization: "Bearer scrapes" })).status).toBe(403);
  const mira = await world.as("mira");
  const socket = await mira.socket();
  await socket.next(({ op }) => op === "hello");
  const { status, body, headers } = await read({ authorization: "Bearer scraper" });
  expect(status).toBe(200);
  expect(headers.get("content-type")).toMatch(/^text\/plain/);
  const line = (name: string) =>
    String(body.text)
      .split("\n")
      .find((one) => one.startsWith(name));
  expect(line('callboard_websocket_sessions{role="employee"')).toMatch(/ 1$/);
  expect(line('callboard_stream_messages{stream="ACTS"')).toMatch(/ [1-9]\d*$/);
  expect(line("callboard_oldest_review_seconds{")).toMatch(/ 0$/);
  expect(line("callboard_oldest_command_seconds{")).toMatch(/ \d/);
  expect(line("callboard_live_nodes{")).toMatch(/ 1$/);
  expect(line('callboard_http_request_seconds_count{route="login",status="200"')).toMatch(/ 1$/);
  socket.close();
});
