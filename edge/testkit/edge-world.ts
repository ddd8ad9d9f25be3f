/** An edge with all that it needs for a test: real NATS as the user `edge`, Postgres, and a node with the kinds of a review. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jetstream } from "@nats-io/jetstream";
import { Objm } from "@nats-io/obj";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { applicationActor } from "../../actors/application/actor.ts";
import { archivistActor } from "../../actors/archivist/actor.ts";
import { dispatcherActor } from "../../actors/dispatcher/actor.ts";
import { employeeActor } from "../../actors/employee/actor.ts";
import { lineTimes } from "../../actors/employee/setup.ts";
import { incidentsActor } from "../../actors/incidents/actor.ts";
import { pulseActor } from "../../actors/pulse/actor.ts";
import { addressOf } from "../../protocols/address.ts";
import { objectStores, subjects } from "../../protocols/subjects.ts";
import { startActorNode } from "../../supervisors/actor-node.ts";
import { archiveTask } from "../../supervisors/capabilities/archive/archive-task.ts";
import { pulseTask } from "../../supervisors/capabilities/pulse/pulse-task.ts";
import { takeReviewTask } from "../../supervisors/capabilities/review-queue/take-review.ts";
import { readConfig } from "../../supervisors/config.ts";
import { hostKind } from "../../supervisors/runtime/hosted-kind.ts";
import { type Database, migrate, openPostgres } from "../../supervisors/storage/postgres/open-postgres.ts";
import { freePort } from "../../supervisors/testkit/free-port.ts";
import { startNats, type TestNats } from "../../supervisors/testkit/nats.ts";
import { startPostgres, type TestPostgres } from "../../supervisors/testkit/postgres.ts";
import { tree } from "../../supervisors/tree.ts";
import { type RunningEdge, runEdge } from "../server.ts";
import { openSocket, type SocketClient } from "./socket-client.ts";

export interface Client {
  readonly cookie: string;
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }>;
  socket(headers?: Record<string, string>): Promise<SocketClient>;
  /** The same client after an answer that set a cookie. */
  withCookieOf(answer: { headers: Headers }): Client;
}

export interface EdgeWorld {
  readonly nats: TestNats;
  readonly pg: TestPostgres;
  readonly nc: NatsConnection;
  readonly sql: Database;
  readonly home: string;
  readonly port: number;
  readonly lines: string[];
  edge: RunningEdge;
  restartEdge(): Promise<void>;
  tell(kind: string, id: string, message: object): Promise<void>;
  storeResume(version: string, document: object): Promise<void>;
  passwords(): Promise<{ role: string; email: string; password: string }[]>;
  anonymous: Client;
  as(email: string): Promise<Client>;
  /** @param cookie of the session that the browser has already */
  login(email: string, password: string, cookie?: string): Promise<Client>;
  /** A second edge beside the first; ends with the world. */
  anotherEdge(): Promise<{ readonly edge: RunningEdge; with(cookie: string): Client }>;
  stop(): Promise<void>;
}

const cookieIn = (headers: Headers) => (headers.get("set-cookie") ?? "").split(";")[0] ?? "";

export const startEdgeWorld = async (env: Record<string, string> = {}): Promise<EdgeWorld> => {
  const [nats, pg, port, home] = await Promise.all([
    startNats(),
    startPostgres(),
    freePort(),
    mkdtemp(join(tmpdir(), "callboard-edge-")),
  ]);
  const nc = await connect(nats.connection());
  const sql = openPostgres(pg.url, 4);
  await migrate(sql);
  const lines: string[] = [];
  const graceMs = Number(env.CALLBOARD_PRESENCE_GRACE_MS ?? 30_000);
  const node = await startActorNode({
    nc,
    nodeId: "edge-test",
    log: (line) => void lines.push(line),
    kinds: [
      hostKind(applicationActor(), tree.application),
      hostKind(employeeActor(lineTimes(graceMs)), tree.employee),
      hostKind(incidentsActor, tree.incidents),
      hostKind(dispatcherActor(), tree.dispatcher, { takeReview: takeReviewTask({ nc }) }),
      hostKind(archivistActor(), tree.archivist, {
        archiveNext: archiveTask({ nc, sql, raw: null, stayMs: 500, idleMs: 30 }),
      }),
      hostKind(pulseActor, tree.pulse, {
        readFacts: pulseTask({ nc, gatherMs: 30, quietMs: 500, idleMs: 30 }),
      }),
    ],
  });
  const config = readConfig({
    CALLBOARD_HOME: home,
    CALLBOARD_PORT: String(port),
    CALLBOARD_NATS_URL: `nats://127.0.0.1:${nats.port}`,
    CALLBOARD_NATS_USER: "edge",
    CALLBOARD_NATS_PASSWORD: nats.passwords.edge,
    CALLBOARD_POSTGRES_URL: pg.url,
    CALLBOARD_COOKIE_SECRET: "a secret of this test only",
    ...env,
  });
  const start = () => runEdge(config, { log: (line) => void lines.push(line) });

  const clientWith = (cookie: string, at = port): Client => ({
    cookie,
    withCookieOf: ({ headers }) => clientWith(cookieIn(headers), at),
    call: async (method, path, body, headers = {}) => {
      const response = await fetch(`http://127.0.0.1:${at}${path}`, {
        method,
        headers: {
          ...(cookie === "" ? {} : { cookie }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = (response.headers.get("content-type") ?? "").includes("json");
      return {
        status: response.status,
        body: isJson ? JSON.parse(text) : { text },
        headers: response.headers,
      };
    },
    socket: (headers = {}) => openSocket(at, { ...(cookie === "" ? {} : { cookie }), ...headers }),
  });

  const others: RunningEdge[] = [];
  const passwords = async () => JSON.parse(await readFile(join(home, "demo-accounts.json"), "utf8"));
  const anonymous = clientWith("");
  const tell = async (kind: string, id: string, message: object) => {
    await jetstream(nc).publish(subjects.mailbox(addressOf(kind, id)), JSON.stringify(message));
  };
  await Promise.all([tell("archivist", "main", { type: "Start" }), tell("pulse", "main", { type: "Start" })]);
  const world: EdgeWorld = {
    nats,
    pg,
    nc,
    sql,
    home,
    port,
    lines,
    edge: await start(),
    restartEdge: async () => {
      await world.edge.stop();
      world.edge = await start();
    },
    tell,
    storeResume: async (version, document) => {
      const store = await new Objm(nc).open(objectStores.resumes);
      await store.putBlob({ name: version }, new TextEncoder().encode(JSON.stringify(document)));
    },
    passwords,
    anonymous,
    as: async (email) => {
      const account = (await passwords()).find((one: { email: string }) => one.email.startsWith(email));
      return await world.login(String(account?.email), String(account?.password));
    },
    login: async (email, password, cookie = "") => {
      const answer = await clientWith(cookie).call("POST", "/api/login", { email, password });
      if (answer.status !== 200) throw new Error(`login as ${email}: ${JSON.stringify(answer.body)}`);
      return clientWith(cookieIn(answer.headers));
    },
    anotherEdge: async () => {
      const second = await freePort();
      const edge = await runEdge(
        { ...config, port: second, nodeId: "second" },
        { log: (line) => void lines.push(line) },
      );
      others.push(edge);
      return { edge, with: (cookie) => clientWith(cookie, second) };
    },
    stop: async () => {
      for (const edge of [...others, world.edge]) await edge.stop();
      await node.stop();
      await nc.close();
      await sql.end({ timeout: 1 });
      await Promise.all([nats.stop(), pg.stop()]);
      await rm(home, { recursive: true, force: true });
    },
  };
  return world;
};
