/**
 * BullMQ on Redis with an append-only file synced at every write. It has no keyed entities: the nearest a careful user writes is
 * one queue whose handler reads the entity's row, writes it back with compare-and-set, and adds the next job under an id of its own.
 */
import { Queue, QueueEvents, Worker } from "bullmq";
import { Redis } from "ioredis";
import { keyOf, seen, turn } from "../../../dist/bench/peers/app.js";
import { freePort } from "../../../dist/supervisors/testkit/free-port.js";
import { startServer } from "../../../dist/supervisors/testkit/server-process.js";
import { until } from "../lib/clock.mjs";
import { redisProgram } from "../lib/redis.mjs";

export const gives = "no keyed order, no state and outbox in one commit";
const connection = (port) => ({ host: "127.0.0.1", port, maxRetriesPerRequest: null });
const jobs = {
  removeOnComplete: { count: 20_000 },
  attempts: 20,
  backoff: { type: "fixed", delay: 200 },
};
/** The least that its documentation calls safe would be 30 s: a fair recovery takes it faster. */
const timing = { lockDuration: 5_000, stalledInterval: 5_000 };

export async function server(dir) {
  const port = await freePort();
  const { command, env } = redisProgram();
  const start = () =>
    startServer({
      command,
      env,
      args: [
        ...["--port", String(port), "--bind", "127.0.0.1", "--dir", dir, "--save", "", "--daemonize", "no"],
        ...["--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction"],
      ],
      ready: /Ready to accept connections/,
    });
  let redis = await start();
  return {
    expose: { port },
    kill9: () => redis.kill(),
    restart: async () => {
      redis = await start();
    },
    stop: () => redis.stop(),
  };
}

function redis(port) {
  const db = new Redis(connection(port));
  db.on("error", () => {}); // It connects again by itself.
  return db;
}
function queue(name, port) {
  const made = new Queue(name, { connection: connection(port), defaultJobOptions: jobs });
  made.setMaxListeners(0); // One per call that waits for the connection.
  made.on("error", () => {});
  return made;
}

const CAS = `if (redis.call('HGET', KEYS[1], 'v') or '') == ARGV[1] then
  redis.call('HSET', KEYS[1], 'v', tonumber(ARGV[1] == '' and '0' or ARGV[1]) + 1, 's', ARGV[2]) return 1 end return 0`;
// The dispatcher's step. The result is kept under the event's id, so that a retried job gives the same offers.
const STEP = `local old = ARGV[1] ~= '' and redis.call('GET', 'ev:' .. ARGV[1])
if old then return cjson.decode(old) end
for i = 3, #ARGV do redis.call('RPUSH', ARGV[2] == 'task' and KEYS[1] or KEYS[2], ARGV[i]) end
local out = {}
while redis.call('LLEN', KEYS[1]) > 0 and redis.call('LLEN', KEYS[2]) > 0 do
  out[#out + 1] = redis.call('LPOP', KEYS[2]) out[#out + 1] = redis.call('LPOP', KEYS[1]) end
if ARGV[1] ~= '' then redis.call('SET', 'ev:' .. ARGV[1], #out == 0 and '[]' or cjson.encode(out), 'EX', 600) end
return out`;

const idOf = (hop) => `${keyOf(hop)}-${hop.id}`;

export async function worker(options, report) {
  const { port } = options;
  const db = redis(port);
  db.defineCommand("cas", { numberOfKeys: 1, lua: CAS });
  db.defineCommand("step", { numberOfKeys: 2, lua: STEP });
  const queues = {
    turn: queue("turn", port),
    dispatch: queue("dispatch", port),
    offer: queue("offer", port),
  };
  const work = (name, concurrency, handle) => {
    const made = new Worker(name, handle, { connection: connection(port), concurrency, ...timing });
    made.on("error", () => {});
    return made;
  };
  const ws = [];

  if (/^w[14]/.test(options.workload)) {
    const w = work("turn", 100, async (job) => {
      const msg = job.data;
      const key = `ent:${keyOf(msg)}`;
      let r;
      for (let i = 0; ; i++) {
        const [v, s] = await db.hmget(key, "v", "s");
        const state = s ? JSON.parse(s) : undefined;
        r = turn(state, msg);
        if (seen(state, msg)) break; // applied by an earlier run of this job: only send on again
        if (await db.cas(key, v ?? "", JSON.stringify(r.state))) break;
        if (i > 50) throw new Error("contention");
      }
      if (r.next) await queues.turn.add("t", r.next, { jobId: idOf(r.next) });
      report.turn(msg);
    });
    w.on("completed", (job) => {
      if (job.data.re && process.connected) process.send({ re: job.data.re });
    });
    ws.push(w);
  }
  if (options.workload === "w2") {
    ws.push(
      work("dispatch", 1, async (job) => {
        const ev = job.data;
        const items = ev.type === "task" ? [JSON.stringify(ev.task)] : ev.emps.map(String);
        const out = await db.step("pending", "free", job.id, ev.type, ...items);
        const offers = [];
        for (let i = 0; i < out.length; i += 2) {
          const task = JSON.parse(out[i + 1]);
          offers.push({ name: "o", data: { emp: Number(out[i]), task }, opts: { jobId: `offer-${task.n}` } });
        }
        if (offers.length) await queues.offer.addBulk(offers);
      }),
    );
    ws.push(
      work("offer", 200, async (job) => {
        const { emp, task } = job.data;
        report.offer(task.n, emp);
        await queues.dispatch.add("e", { type: "free", emps: [emp] }, { jobId: `free-${task.n}` });
      }),
    );
  }
  if (options.workload === "w3")
    ws.push(
      work("timer", 100, async (job) => {
        report.fire(job.data.n, job.data.dueAt);
      }),
    );
  await Promise.all(ws.map((w) => w.waitUntilReady()));
  return {
    stop: async () => {
      await Promise.all(ws.map((w) => w.close()));
      for (const x of Object.values(queues)) await x.close();
      db.disconnect();
    },
  };
}

export async function client(options, rig) {
  const { port } = options;
  const db = redis(port);
  const queues = {
    turn: queue("turn", port),
    dispatch: queue("dispatch", port),
    timer: queue("timer", port),
  };
  let events;
  let seq = 0;
  const open = new Map();
  rig.on("message", (m) => {
    const r = open.get(m.re);
    if (r) {
      open.delete(m.re);
      r();
    }
  });
  return {
    send: async (m) => {
      await queues.turn.add("t", m, { jobId: idOf(m) });
    },
    // Under load the worker's own 'completed' event is passed on by IPC: QueueEvents would read every event of the queue
    // and cost more than the work. At the fixed low rate the public way is used: waitUntilFinished.
    turn: async (m) => {
      if (m.space === "l") {
        events ??= (async () => {
          const e = new QueueEvents("turn", { connection: connection(port) });
          e.on("error", () => {});
          e.setMaxListeners(0);
          await e.waitUntilReady();
          return e;
        })();
        const job = await queues.turn.add("t", m, { jobId: idOf(m) });
        await job.waitUntilFinished(await events, 20_000);
      } else {
        const re = ++seq;
        const done = new Promise((r) => open.set(re, r));
        await queues.turn.add("t", { ...m, re }, { jobId: idOf(m) });
        await done;
      }
    },
    read: async (keys) => {
      const p = db.pipeline();
      for (const k of keys) p.hget(`ent:${k}`, "s");
      return new Map((await p.exec()).map(([, v], i) => [keys[i], v ? JSON.parse(v) : undefined]));
    },
    task: async (task) => {
      await queues.dispatch.add("e", { type: "task", task }, { jobId: `task-${task.n}` });
    },
    online: async (emps) => {
      await queues.dispatch.add("e", { type: "free", emps }, { jobId: "online" });
    },
    settle: async (tasks) => {
      if (tasks) await until("tasks waiting", async () => (await db.llen("pending")) >= tasks, 60_000, 50);
    },
    schedule: async (n, dueAt) => {
      await queues.timer.add(
        "fire",
        { n, dueAt },
        { jobId: `t-${n}`, delay: Math.max(0, dueAt - Date.now()) },
      );
    },
    close: async () => {
      await (await events)?.close();
      for (const x of Object.values(queues)) await x.close();
      db.disconnect();
    },
  };
}
