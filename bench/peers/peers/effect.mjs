/**
 * Effect Cluster: entities with a persisted mailbox in PostgreSQL. Their handlers are keyed and one at a time, but have no durable
 * state of their own: the handler keeps its row in the same database and knows a message that comes again by its id.
 */
import { NodeClusterSocket } from "@effect/platform-node";
import { PgClient } from "@effect/sql-pg";
import { DateTime, Effect, Layer, ManagedRuntime, Option, PrimaryKey, Redacted, Schema } from "effect";
import { ClusterSchema, DeliverAt, Entity, RunnerAddress } from "effect/cluster";
import { Rpc } from "effect/rpc";
import { SqlClient } from "effect/sql";
import pg from "pg";
import { dispatch, keyOf, seen, turn } from "../../../dist/bench/peers/app.js";
import { freePort } from "../../../dist/supervisors/testkit/free-port.js";
import { now, until } from "../lib/clock.mjs";
import { settings, startPostgres } from "../lib/postgres.mjs";

export const gives = "keyed order; no state and outbox in one commit";
export async function server(dir) {
  const postgres = await startPostgres(dir);
  return { ...postgres, expose: { ...postgres.expose, runner: await freePort() } };
}

function kit(options, clientOnly) {
  const connection = settings(options.port);
  const body = { id: Schema.String, body: Schema.String };
  const rpc = (name, o = {}) =>
    Rpc.make(name, { payload: body, primaryKey: (p) => p.id, ...o }).annotate(ClusterSchema.Persisted, true);
  class TimerAt extends Schema.Class("TimerAt")({ id: Schema.String, dueAt: Schema.Number }) {
    [PrimaryKey.symbol]() {
      return this.id;
    }
    [DeliverAt.symbol]() {
      return DateTime.makeUnsafe(this.dueAt);
    }
  }
  const Ent = Entity.make("Ent", [rpc("Turn")]);
  const Disp = Entity.make("Disp", [rpc("Event")]);
  const Emp = Entity.make("Emp", [rpc("Offer")]);
  const Timer = Entity.make("Timer", [
    Rpc.make("Fire", { payload: TimerAt }).annotate(ClusterSchema.Persisted, true),
  ]);
  const sqlLayer = PgClient.layer({
    host: connection.host,
    port: connection.port,
    username: connection.user,
    password: Redacted.make(connection.password),
    database: connection.database,
    maxConnections: 12,
  });
  const cluster = NodeClusterSocket.layer({
    clientOnly,
    shardingConfig: {
      runnerAddress: clientOnly
        ? Option.none()
        : Option.some(RunnerAddress.make("127.0.0.1", options.runner)),
      entityMessagePollInterval: "500 millis",
    },
  }).pipe(Layer.provideMerge(sqlLayer));
  return { Ent, Disp, Emp, Timer, TimerAt, cluster };
}

export async function worker(options, report) {
  const k = kit(options, false);
  const { Ent, Disp, Emp, Timer } = k;
  const db = new pg.Client(settings(options.port));
  db.on("error", () => {});
  await db.connect();
  await db.query(`CREATE TABLE IF NOT EXISTS entity (key text PRIMARY KEY, state jsonb NOT NULL) WITH (fillfactor = 70);
    CREATE TABLE IF NOT EXISTS kv (k text PRIMARY KEY, v jsonb NOT NULL);`);
  await db.end();
  const entLayer = Ent.toLayer(
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient;
      const to = yield* Ent.client;
      return Ent.of({
        Turn: Effect.fnUntraced(function* ({ payload }) {
          const msg = JSON.parse(payload.body);
          const key = keyOf(msg);
          const rows = yield* sql`SELECT state FROM entity WHERE key = ${key}`;
          const state = rows[0]?.state;
          const r = turn(state, msg);
          if (!seen(state, msg))
            yield* sql`INSERT INTO entity (key, state) VALUES (${key}, ${JSON.stringify(r.state)}::jsonb) ON CONFLICT (key) DO UPDATE SET state = excluded.state`;
          if (r.next)
            yield* to(keyOf(r.next)).Turn(
              { id: `${r.next.id}`, body: JSON.stringify(r.next) },
              { discard: true },
            );
          report.turn(msg);
        }, Effect.orDie),
      });
    }),
  );
  const dispLayer = Disp.toLayer(
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient;
      const emp = yield* Emp.client;
      return Disp.of({
        Event: Effect.fnUntraced(function* ({ payload }) {
          const ev = JSON.parse(payload.body);
          // the event is applied once: its id is recorded with the change, and its offers are kept for a second run
          const done = yield* sql`SELECT v FROM kv WHERE k = ${`ev:${payload.id}`}`;
          let offers = done[0]?.v;
          if (!offers) {
            offers = yield* sql.withTransaction(
              Effect.gen(function* () {
                const set = new Map();
                const heads =
                  yield* sql`SELECT k, v FROM kv WHERE k = 'm' OR k = (SELECT 'p' || (v->>'h') FROM kv WHERE k = 'm') OR k IN (SELECT 'p' || i FROM kv, generate_series((v->>'h')::int, (v->>'h')::int + ${ev.type === "free" ? ev.emps.length : 1}) i WHERE k = 'm')`;
                const have = new Map(heads.map((r) => [r.k, r.v]));
                const kv = {
                  get: async (x) => (set.has(x) ? set.get(x) : have.get(x)),
                  set: (x, v) => set.set(x, v),
                  del: (x) => set.set(x, null),
                };
                const out = yield* Effect.promise(() => dispatch(kv, ev));
                set.set(`ev:${payload.id}`, out);
                const put = [...set].filter(([, v]) => v !== null);
                const del = [...set].filter(([, v]) => v === null).map(([x]) => x);
                yield* sql`INSERT INTO kv SELECT key, value FROM jsonb_each(${JSON.stringify(Object.fromEntries(put))}::jsonb) ON CONFLICT (k) DO UPDATE SET v = excluded.v`;
                if (del.length) yield* sql`DELETE FROM kv WHERE ${sql.in("k", del)}`;
                return out;
              }),
            );
          }
          for (const o of offers)
            yield* emp(`emp${o.emp}`).Offer(
              { id: `o${o.task.n}`, body: JSON.stringify(o) },
              { discard: true },
            );
        }, Effect.orDie),
      });
    }),
  );
  const empLayer = Emp.toLayer(
    Effect.gen(function* () {
      const disp = yield* Disp.client;
      return Emp.of({
        Offer: Effect.fnUntraced(function* ({ payload }) {
          const o = JSON.parse(payload.body);
          report.offer(o.task.n, o.emp);
          yield* disp("main").Event(
            { id: `f${o.task.n}`, body: JSON.stringify({ type: "free", emps: [o.emp] }) },
            { discard: true },
          );
        }, Effect.orDie),
      });
    }),
  );
  const timerLayer = Timer.toLayer({
    Fire: ({ payload }) => Effect.sync(() => report.fire(Number(payload.id.slice(1)), payload.dueAt)),
  });
  const rt = ManagedRuntime.make(
    Layer.mergeAll(entLayer, dispLayer, empLayer, timerLayer).pipe(Layer.provideMerge(k.cluster)),
  );
  await rt.context();
  return { stop: () => rt.dispose() };
}

export async function client(options) {
  const k = kit(options, true);
  const { Ent, Disp, Timer, TimerAt } = k;
  const db = new pg.Pool({ ...settings(options.port), max: 4 });
  db.on("error", () => {});
  const rt = ManagedRuntime.make(k.cluster);
  const c = await rt.runPromise(
    Effect.gen(function* () {
      return { ent: yield* Ent.client, disp: yield* Disp.client, timer: yield* Timer.client };
    }),
  );
  const run = (e) => rt.runPromise(e);
  const msg = (m) => ({ id: `${m.id}`, body: JSON.stringify(m) });
  // wait until the runner has taken its shards
  await until(
    "cluster",
    async () => {
      await Promise.race([
        run(
          c.ent("warm0").Turn({
            id: `w${now()}`,
            body: JSON.stringify({ id: 0, tok: 0, hop: 0, left: 0, space: "warm", idx: 0, mod: 1, t: 0 }),
          }),
        ),
        new Promise((_, r) => setTimeout(() => r(new Error("no answer")), 20_000)),
      ]);
      return true;
    },
    90_000,
    500,
  );
  return {
    send: (m) => run(c.ent(keyOf(m)).Turn(msg(m), { discard: true })),
    turn: (m) => run(c.ent(keyOf(m)).Turn(msg(m))),
    read: async (keys) => {
      const { rows } = await db.query("SELECT key, state FROM entity WHERE key = ANY($1)", [keys]);
      const m = new Map(rows.map((r) => [r.key, r.state]));
      return new Map(keys.map((x) => [x, m.get(x)]));
    },
    task: (task) =>
      run(
        c
          .disp("main")
          .Event({ id: `t${task.n}`, body: JSON.stringify({ type: "task", task }) }, { discard: true }),
      ),
    online: (emps) =>
      run(
        c
          .disp("main")
          .Event({ id: "online", body: JSON.stringify({ type: "free", emps }) }, { discard: true }),
      ),
    settle: async (tasks) => {
      if (tasks)
        await until(
          "tasks waiting",
          async () => {
            const { rows } = await db.query(
              `SELECT (v->>'t')::int - (v->>'h')::int AS n FROM kv WHERE k = 'm'`,
            );
            return (rows[0]?.n ?? 0) >= tasks;
          },
          90_000,
          100,
        );
    },
    schedule: (n, dueAt) =>
      run(c.timer(`t${n}`).Fire(new TimerAt({ id: `t${n}`, dueAt }), { discard: true })),
    close: async () => {
      await Promise.race([rt.dispose(), new Promise((r) => setTimeout(r, 5000))]);
      await db.end();
    },
  };
}
