/** Restate: its server (RocksDB log, fsync on) and virtual objects served by its TypeScript SDK. */
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as restate from "@restatedev/restate-sdk";
import { connect, rpc } from "@restatedev/restate-sdk-clients";
import { dispatch, keyOf, turn } from "../../../dist/bench/peers/app.js";
import { freePort } from "../../../dist/supervisors/testkit/free-port.js";
import { startServer } from "../../../dist/supervisors/testkit/server-process.js";
import { bounded, until } from "../lib/clock.mjs";

export const gives = "keyed order, state and outbox in one commit";

export async function server(dir) {
  const system = `${process.platform}-${process.arch}`;
  const command = createRequire(import.meta.url).resolve(
    `@restatedev/restate-server-${system}/bin/restate-server`,
  );
  const [ingress, admin, node, handlers] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const file = join(dir, "restate.toml");
  const settings = [
    `base-dir = ${JSON.stringify(join(dir, "data"))}`,
    'node-name = "bench"',
    'bind-ip = "127.0.0.1"',
    `bind-port = ${node}`,
    'advertised-host = "127.0.0.1"',
    'listen-mode = "tcp"',
    "disable-telemetry = true",
    "[admin]",
    `bind-port = ${admin}`,
    "disable-web-ui = true",
    "[ingress]",
    `bind-port = ${ingress}`,
  ];
  await writeFile(file, settings.join("\n"));
  const start = async () => {
    const started = await startServer({
      command,
      args: ["--no-logo", "--config-file", file],
      env: { DO_NOT_TRACK: "1" },
      cwd: dir,
      ready: /./,
    });
    await until("Restate's health", async () => {
      const asked = [`${admin}/health`, `${ingress}/restate/health`];
      const answers = await Promise.all(asked.map((path) => fetch(`http://127.0.0.1:${path}`)));
      return answers.every(({ ok }) => ok);
    });
    return started;
  };
  let running = await start();
  return {
    expose: { ingress, admin, handlers },
    kill9: () => running.kill(),
    restart: async () => {
      running = await start();
    },
    stop: () => running.stop(),
  };
}

export async function worker(options, report) {
  const entity = restate.object({
    name: "entity",
    handlers: {
      turn: async (ctx, msg) => {
        const r = turn(await ctx.get("s"), msg);
        ctx.set("s", r.state);
        if (r.next) ctx.objectSendClient({ name: "entity" }, keyOf(r.next)).turn(r.next);
        report.turn(msg);
      },
      read: restate.handlers.object.shared(async (ctx) => ctx.get("s")),
    },
  });
  const dispatcher = restate.object({
    name: "dispatcher",
    // state is fetched key by key: otherwise every waiting task would travel with every invocation
    options: { enableLazyState: true },
    handlers: {
      event: async (ctx, ev) => {
        const kv = { get: (k) => ctx.get(k), set: (k, v) => ctx.set(k, v), del: (k) => ctx.clear(k) };
        for (const o of await dispatch(kv, ev))
          ctx.objectSendClient({ name: "employee" }, `emp${o.emp}`).offer(o);
      },
      waiting: restate.handlers.object.shared(async (ctx) => {
        const m = await ctx.get("m");
        return m ? m.t - m.h : 0;
      }),
    },
  });
  const employee = restate.object({
    name: "employee",
    handlers: {
      offer: async (ctx, o) => {
        report.offer(o.task.n, o.emp);
        ctx.set("task", o.task.n);
        ctx.objectSendClient({ name: "dispatcher" }, "main").event({ type: "free", emps: [o.emp] });
      },
    },
  });
  const timer = restate.object({
    name: "timer",
    handlers: {
      fire: async (ctx, t) => {
        report.fire(t.n, t.dueAt);
        ctx.set("fired", true);
      },
    },
  });
  await restate.serve({ services: [entity, dispatcher, employee, timer], port: options.handlers });
  return { stop: async () => {} };
}

export async function ready({ admin, handlers }) {
  await until(
    "register",
    async () => {
      const r = await fetch(`http://127.0.0.1:${admin}/deployments`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ uri: `http://127.0.0.1:${handlers}`, force: true }),
      });
      if (!r.ok) throw new Error(`${r.status} ${await r.text()}`);
      return true;
    },
    30_000,
    200,
  );
}

export async function client(options) {
  const ingress = connect({ url: `http://127.0.0.1:${options.ingress}` });
  const disp = { name: "dispatcher" };
  return {
    send: (m) => ingress.objectSendClient({ name: "entity" }, keyOf(m)).turn(m),
    turn: (m) => ingress.objectClient({ name: "entity" }, keyOf(m)).turn(m),
    read: async (keys) => {
      const out = new Map();
      await bounded(keys.length, 50, async (i) => {
        out.set(keys[i], await ingress.objectClient({ name: "entity" }, keys[i]).read());
      });
      return out;
    },
    task: (task) => ingress.objectSendClient(disp, "main").event({ type: "task", task }),
    online: (emps) => ingress.objectSendClient(disp, "main").event({ type: "free", emps }),
    settle: async (tasks) => {
      if (tasks)
        await until(
          "tasks waiting",
          async () => (await ingress.objectClient(disp, "main").waiting()) >= tasks,
          60_000,
          100,
        );
    },
    schedule: (n, dueAt) =>
      ingress
        .objectSendClient({ name: "timer" }, `t${n}`)
        .fire({ n, dueAt }, rpc.sendOpts({ delay: Math.max(0, dueAt - Date.now()) })),
    close: async () => {},
  };
}
