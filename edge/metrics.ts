/** The edge's own figures, and the page `/metrics` with those of the whole fleet. */

import type { HttpRequest, HttpResponse, TemplatedApp } from "uWebSockets.js";
import { timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";
import { Redacted } from "effect";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { EdgeLink } from "../supervisors/edge-link.ts";

/** From a page out of memory to a question that an actor answers late, seconds. */
const answerTimes = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 20];
/** Prometheus asks every few seconds; who asks more often gets the same page. */
const keptMs = 1_000;

export interface EdgeMetrics {
  readonly registry: Registry;
  /** An answer was written. `route` is the name of one of ours, "file" or "none". */
  answered(route: string, status: number, tookMs: number): void;
}

/** @param sessions open sockets by role */
export function createEdgeMetrics(
  link: Pick<EdgeLink, "edgeId" | "streams" | "nodes">,
  sessions: () => Iterable<readonly [role: string, count: number]>,
): EdgeMetrics {
  const registry = new Registry();
  registry.setDefaultLabels({ node: link.edgeId });
  collectDefaultMetrics({ register: registry });
  const answers = new Histogram({
    name: "callboard_http_request_seconds",
    help: "Requests, by route and status.",
    buckets: answerTimes,
    labelNames: ["route", "status"],
    registers: [registry],
  });
  new Gauge({
    name: "callboard_websocket_sessions",
    help: "Open sockets.",
    labelNames: ["role"],
    registers: [registry],
    collect() {
      this.reset();
      for (const [role, count] of sessions()) this.set({ role }, count);
    },
  });
  new Gauge({
    name: "callboard_stream_messages",
    help: "Messages kept: REVIEWS are reviews that wait, DEAD are dead letters of the last 90 days.",
    labelNames: ["stream"],
    registers: [registry],
    async collect() {
      for (const [stream, { messages }] of await link.streams()) this.set({ stream }, messages);
    },
  });
  new Gauge({
    name: "callboard_oldest_review_seconds",
    help: "How long the oldest review waits for a dispatcher; 0 if none does.",
    registers: [registry],
    async collect() {
      this.set((await link.streams()).get("REVIEWS")?.oldestSeconds ?? 0);
    },
  });
  new Gauge({
    name: "callboard_oldest_command_seconds",
    help: "How long the oldest word of an edge waits until a node takes it in; 0 if none does.",
    registers: [registry],
    async collect() {
      this.set((await link.streams()).get("TELLS")?.oldestSeconds ?? 0);
    },
  });
  new Gauge({
    name: "callboard_live_nodes",
    help: "Nodes with a lease.",
    registers: [registry],
    async collect() {
      this.set((await link.nodes()).length);
    },
  });
  return {
    registry,
    answered: (route, status, tookMs) => answers.observe({ route, status: String(status) }, tookMs / 1_000),
  };
}

const loopback = (address: string) => isIP(address) > 0 && /^(127\.|::1$|::ffff:127\.)/.test(address);

const same = (a: string, b: string) =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/**
 * Serves `/metrics`: to who shows the token, or, where none is set, to this machine alone.
 * @param gather the page, made of what all nodes and edges answer
 */
export function serveMetricsPage(
  app: TemplatedApp,
  token: Redacted.Redacted<string> | undefined,
  gather: () => Promise<{ readonly page: string; readonly contentType: string }>,
  log: (line: string) => void,
): void {
  let last: { at: number; page: ReturnType<typeof gather> } | null = null;
  const fresh = () => {
    if (last === null || performance.now() - last.at > keptMs)
      last = { at: performance.now(), page: gather() };
    return last.page;
  };
  const mayRead = (res: HttpResponse, req: HttpRequest) => {
    if (token === undefined)
      return (
        loopback(Buffer.from(res.getRemoteAddressAsText()).toString("latin1")) &&
        req.getHeader("x-forwarded-for") === ""
      );
    return same(req.getHeader("authorization"), `Bearer ${Redacted.value(token)}`);
  };
  app.get("/metrics", (res, req) => {
    let aborted = false;
    res.onAborted(() => {
      aborted = true;
    });
    const write = (status: string, type: string, body: string) => {
      if (!aborted) res.cork(() => res.writeStatus(status).writeHeader("content-type", type).end(body));
    };
    if (!mayRead(res, req)) {
      const how =
        token === undefined
          ? "Only this machine may read the metrics. Set CALLBOARD_METRICS_TOKEN for others."
          : 'Send "authorization: Bearer <CALLBOARD_METRICS_TOKEN>".';
      return write("403 Forbidden", "text/plain", `${how}\n`);
    }
    fresh().then(
      ({ page, contentType }) => write("200 OK", contentType, page),
      (error) => {
        log(`the metrics could not be gathered: ${error}`);
        write("503 Service Unavailable", "text/plain", "NATS does not answer.\n");
      },
    );
  });
}
