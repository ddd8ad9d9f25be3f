/**
 * pg-boss on PostgreSQL with synchronous commit. No entities: the nearest is its `key_strict_fifo` queue (one active job per key, in
 * order) with a transactional batch handler: entity rows, next jobs and the jobs' completion commit together.
 */
import pg from "pg";
import { PgBoss } from "pg-boss";
import { keyOf, turn } from "../../../dist/bench/peers/app.js";
import { until } from "../lib/clock.mjs";
import { settings, startPostgres } from "../lib/postgres.mjs";

export const gives = "keyed order by a strict queue, state and jobs in one commit";
export const server = startPostgres;

const base = ({ port }) => ({ ...settings(port), max: 20, schedule: false, useListenNotify: true });
export async function worker(options, report) {
  const db = new pg.Pool({ ...settings(options.port), max: 2 });
  db.on("error", () => {});
  await db.query(`CREATE TABLE IF NOT EXISTS entity (key text PRIMARY KEY, state jsonb NOT NULL) WITH (fillfactor = 70);
    CREATE TABLE IF NOT EXISTS pending (seq bigserial PRIMARY KEY, task jsonb NOT NULL);
    CREATE TABLE IF NOT EXISTS free (seq bigserial PRIMARY KEY, emp int NOT NULL);`);
  const boss = new PgBoss({ ...base(options), monitorIntervalSeconds: 5, superviseIntervalSeconds: 5 });
  boss.on("error", (e) => console.error("boss", e.message));
  await boss.start();
  const q = { retryLimit: 20, retryDelay: 0, heartbeatSeconds: 10 };
  await boss.createQueue("turn", { ...q, policy: "key_strict_fifo", notify: true });
  await boss.createQueue("dispatch", { ...q, notify: true });
  await boss.createQueue("offer", { ...q, notify: true });
  await boss.createQueue("timer", { ...q });
  const poll = { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5 };
  const batch = { batchSize: 50, burstWhenBatchFull: true };
  const many = (n) => ({ batchSize: n, burstWhenBatchFull: true });
  const lanes = 2;

  if (/^w[14]/.test(options.workload)) {
    await boss.work(
      "turn",
      { ...poll, ...batch, localConcurrency: lanes, transactional: true },
      async (jobs, tx) => {
        const msgs = jobs.map((j) => j.data);
        const { rows } = await tx.executeSql(
          "SELECT key, state FROM entity WHERE key = ANY($1) ORDER BY key FOR UPDATE",
          [msgs.map(keyOf)],
        );
        const state = new Map(rows.map((r) => [r.key, r.state]));
        const next = [];
        for (const m of msgs) {
          const r = turn(state.get(keyOf(m)), m);
          state.set(keyOf(m), r.state);
          if (r.next) next.push({ data: r.next, singletonKey: keyOf(r.next) });
        }
        await tx.executeSql(
          "INSERT INTO entity SELECT * FROM unnest($1::text[], $2::jsonb[]) ON CONFLICT (key) DO UPDATE SET state = excluded.state",
          [[...state.keys()], [...state.values()].map((s) => JSON.stringify(s))],
        );
        if (next.length) await boss.insert("turn", next, { db: tx });
        const re = msgs.map((m) => m.re).filter(Boolean);
        if (re.length) await tx.executeSql(`SELECT pg_notify('done', $1)`, [re.join(",")]);
        for (const m of msgs) report.turn(m);
      },
    );
  }
  if (options.workload === "w2") {
    await boss.work(
      "dispatch",
      { ...poll, ...many(100), localConcurrency: 1, transactional: true },
      async (jobs, tx) => {
        await tx.executeSql("SELECT pg_advisory_xact_lock(42)"); // one dispatcher, also with several worker processes
        const tasks = jobs.filter((j) => j.data.type === "task").map((j) => JSON.stringify(j.data.task));
        const emps = jobs.filter((j) => j.data.type === "free").flatMap((j) => j.data.emps);
        if (tasks.length)
          await tx.executeSql("INSERT INTO pending (task) SELECT * FROM unnest($1::jsonb[])", [tasks]);
        if (emps.length)
          await tx.executeSql("INSERT INTO free (emp) SELECT * FROM unnest($1::int[])", [emps]);
        const { rows } =
          await tx.executeSql(`WITH f AS (SELECT seq, emp, row_number() OVER (ORDER BY seq) rn FROM (SELECT * FROM free ORDER BY seq LIMIT 400) x),
        p AS (SELECT seq, task, row_number() OVER (ORDER BY seq) rn FROM (SELECT * FROM pending ORDER BY seq LIMIT 400) y),
        m AS (SELECT f.seq fs, p.seq ps, emp, task FROM f JOIN p USING (rn)),
        df AS (DELETE FROM free USING m WHERE free.seq = m.fs), dp AS (DELETE FROM pending USING m WHERE pending.seq = m.ps)
        SELECT emp, task FROM m`);
        if (rows.length)
          await boss.insert(
            "offer",
            rows.map((r) => ({ data: r })),
            { db: tx },
          );
      },
    );
    await boss.work(
      "offer",
      { ...poll, ...many(200), localConcurrency: 2, transactional: true },
      async (jobs, tx) => {
        for (const j of jobs) report.offer(j.data.task.n, j.data.emp);
        await boss.insert(
          "dispatch",
          jobs.map((j) => ({ data: { type: "free", emps: [j.data.emp] } })),
          { db: tx },
        );
      },
    );
  }
  if (options.workload === "w3") {
    await boss.work(
      "timer",
      { pollingIntervalSeconds: 0.5, ...many(200), localConcurrency: 1, transactional: true },
      async (jobs) => {
        for (const j of jobs) report.fire(j.data.n, j.data.dueAt);
      },
    );
  }
  return {
    stop: async () => {
      await boss.stop({ graceful: false });
      await db.end();
    },
  };
}

export async function client(options) {
  const boss = new PgBoss({ ...base(options), useListenNotify: false, supervise: false, migrate: false });
  boss.on("error", () => {});
  await boss.start();
  const db = new pg.Pool({ ...settings(options.port), max: 2 });
  db.on("error", () => {});
  const listen = new pg.Client(settings(options.port));
  listen.on("error", () => {});
  await listen.connect();
  await listen.query("LISTEN done");
  let seq = 0;
  const open = new Map();
  listen.on("notification", (n) => {
    for (const re of n.payload.split(",")) {
      open.get(Number(re))?.();
      open.delete(Number(re));
    }
  });
  return {
    send: (m) => boss.send("turn", m, { singletonKey: keyOf(m) }),
    // the handler's transaction does pg_notify: the client hears of the turn only if and when it has committed
    turn: async (m) => {
      const re = ++seq;
      const done = new Promise((r) => open.set(re, r));
      await boss.send("turn", { ...m, re }, { singletonKey: keyOf(m) });
      await done;
    },
    read: async (keys) => {
      const { rows } = await db.query("SELECT key, state FROM entity WHERE key = ANY($1)", [keys]);
      const m = new Map(rows.map((r) => [r.key, r.state]));
      return new Map(keys.map((k) => [k, m.get(k)]));
    },
    task: (task) => boss.send("dispatch", { type: "task", task }),
    online: (emps) => boss.send("dispatch", { type: "free", emps }),
    settle: async (tasks) => {
      if (tasks)
        await until(
          "tasks waiting",
          async () => Number((await db.query("SELECT count(*) FROM pending")).rows[0].count) >= tasks,
          60_000,
          100,
        );
    },
    schedule: (n, dueAt) => boss.send("timer", { n, dueAt }, { startAfter: new Date(dueAt) }),
    close: async () => {
      await boss.stop({ graceful: false });
      await listen.end();
      await db.end();
    },
  };
}
