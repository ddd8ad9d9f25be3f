/**
 * Three nats-servers as one cluster, or one that stands alone as on the embedded default, on the repository's own nats.conf, each with
 * a store of its own. The last one's store can be a small file system that a fault fills up.
 */
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync, statfsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  findNatsServer,
  type NatsPasswords,
  natsConf,
  natsServerEnvironment,
} from "../../supervisors/nats-server.ts";
import { repoRoot } from "../../supervisors/repo-root.ts";
import { stageInMemory } from "../../supervisors/staging-in-memory.ts";
import { freePort } from "../../supervisors/testkit/free-port.ts";
import { ProcessUnderFire } from "./process-under-fire.ts";

export interface NatsCluster {
  readonly passwords: NatsPasswords;
  readonly servers: readonly { readonly port: number; readonly process: ProcessUnderFire }[];
  /** Fills the last server's disk, and empties it again; null where this machine can't mount one. */
  readonly disk: { fill(): Promise<void>; free(): Promise<void> } | null;
  /** Why there is no disk to fill. */
  readonly diskRefused: string;
  stop(): Promise<void>;
}

/** Room for the streams of a long run, and quick to fill. */
const diskMegabytes = 512;

export interface BrokerOptions {
  /** How many, and so many copies of everything. */
  readonly brokers: 1 | 3;
  /** "always" is on disk before it is acknowledged; a kill -9 loses nothing either way. */
  readonly sync: "always" | "default";
}

export async function startNatsCluster(home: string, { brokers, sync }: BrokerOptions): Promise<NatsCluster> {
  const command = findNatsServer(process.env.CALLBOARD_HOME ?? join(repoRoot, ".callboard"));
  if (command === undefined)
    throw new Error('No nats-server >= 2.15: run "npm run -s callboard -- setup" first.');
  const password = () => `t${randomBytes(12).toString("hex")}`;
  const passwords: NatsPasswords = { actors: password(), edge: password(), ops: password() };
  const ports = await Promise.all(
    Array.from({ length: brokers }, async () => [await freePort(), await freePort()] as const),
  );
  const cluster = {
    name: "chaos",
    host: "127.0.0.1",
    servers: ports.map(([, route]) => `127.0.0.1:${route}`),
    password: password(),
  };
  // Clients come through proxies: a server must not tell them its own address.
  const conf = join(home, "nats.conf");
  await writeFile(conf, readFileSync(natsConf, "utf8").replace(/^cluster \{$/m, "$&\n  no_advertise: true"));
  const mounted = await mountDisk(join(home, `nats-${brokers}`));

  const servers = await Promise.all(
    ports.map(async ([port, route], index) => {
      const name = `nats-${index + 1}`;
      const storeDir = join(home, name);
      await mkdir(storeDir, { recursive: true });
      const process = new ProcessUnderFire({
        name,
        command,
        args: ["-c", conf],
        env: natsServerEnvironment({
          name,
          host: "127.0.0.1",
          port,
          monitor: "127.0.0.1:-1",
          storeDir,
          syncInterval: sync,
          passwords,
          ...(brokers === 1 ? {} : { cluster: { ...cluster, port: route } }),
        }),
        ready: /Server is ready/,
        logFile: join(home, "logs", `${name}.log`),
      });
      return { port, process };
    }),
  );
  await Promise.all(servers.map(({ process }) => process.start()));
  const staging = brokers === 1 && sync === "default" ? stageInMemory(join(home, "nats-1")) : null;
  return {
    passwords,
    servers,
    disk: mounted.disk,
    diskRefused: mounted.refused,
    stop: async () => {
      await Promise.all(servers.map(({ process }) => process.endInOrder()));
      await staging?.stop(true);
      await mounted.unmount();
    },
  };
}

async function mountDisk(dir: string) {
  await mkdir(dir, { recursive: true });
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${diskMegabytes}m`, "callboard-chaos", dir], {
      stdio: "pipe",
    });
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    return { disk: null, refused: said.split("\n")[0] ?? "", unmount: async () => {} };
  }
  // Also after a kill -9 of the harness: the shell at the other end of the pipe unmounts it.
  const watcher = spawn("/bin/sh", ["-c", `cat >/dev/null; umount -l '${dir}'`], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watcher.unref();
  const filler = join(dir, "filler");
  return {
    disk: {
      fill: async () => {
        const { bavail, bsize, blocks } = statfsSync(dir);
        // Somebody may have unmounted it: then this is the machine's own disk, which nobody wants full.
        if (blocks * bsize > diskMegabytes * 2 ** 20) throw new Error(`${dir} is not mounted any more.`);
        await writeFile(filler, Buffer.alloc(bavail * bsize)).catch(async () => {
          // Somebody else took the last bytes meanwhile: full is full.
        });
      },
      free: () => rm(filler, { force: true }),
    },
    refused: "",
    unmount: async () => {
      const gone = new Promise((resolve) => watcher.once("exit", resolve));
      watcher.ref();
      watcher.stdin.end();
      await gone;
    },
  };
}
