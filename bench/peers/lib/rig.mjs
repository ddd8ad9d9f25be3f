/** Starts one peer: its server, one worker process that runs the handlers, and a client in this process. */
import { fork } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export class Rig extends EventEmitter {
  constructor(peer, workload) {
    super();
    this.peer = peer;
    this.workload = workload;
  }

  async start() {
    this.dir = await mkdtemp(join(tmpdir(), `callboard-peer-${this.peer}-`));
    this.module = await import(`../peers/${this.peer}.mjs`);
    this.server = await this.module.server(this.dir);
    this.options = { dir: this.dir, workload: this.workload, ...this.server.expose };
    await this.startWorker();
    await this.module.ready?.(this.options);
    this.client = await this.module.client(this.options, this);
  }

  async startWorker() {
    const log = openSync(join(this.dir, "worker.log"), "a");
    const about = JSON.stringify({ peer: this.peer, options: this.options });
    const child = fork(join(import.meta.dirname, "worker-main.mjs"), [about], {
      stdio: ["ignore", log, log, "ipc"],
      env: { ...process.env, NODE_ENV: "production", RESTATE_LOGGING: "ERROR" },
    });
    closeSync(log);
    this.child = child;
    this.gone = once(child, "exit");
    await new Promise((resolve, reject) => {
      child.on("message", (message) => {
        if (message.ready) resolve();
        else this.emit(message.turns ? "records" : "message", message);
      });
      this.gone.then(() => reject(new Error(`the worker ended: ${this.workerLog()}`)));
      setTimeout(() => reject(new Error("the worker was not ready within 40 s")), 40_000).unref();
    });
  }

  workerLog() {
    return readFileSync(join(this.dir, "worker.log"), "utf8").slice(-1_500);
  }

  async killWorker() {
    this.child.kill("SIGKILL");
    await this.gone;
  }

  async stop() {
    const within = (promise) =>
      Promise.race([
        Promise.resolve(promise),
        new Promise((resolve) => setTimeout(resolve, 8_000).unref()),
      ]).catch(
        () => {}, // It is thrown away in any case.
      );
    await within(this.client?.close());
    if (this.child?.connected) {
      this.child.send("stop");
      await within(this.gone);
      this.child.kill("SIGKILL");
    }
    await within(this.server?.stop());
    if (this.dir) await rm(this.dir, { recursive: true, force: true });
  }
}
