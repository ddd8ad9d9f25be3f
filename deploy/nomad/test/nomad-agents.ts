/** A Nomad of three agents on loopback: one server, two clients that run programs unisolated; and its command line. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { readConfig } from "../../../supervisors/config.ts";
import { freePort } from "../../../supervisors/testkit/free-port.ts";
import { startServer } from "../../../supervisors/testkit/server-process.ts";
import { atEnd, until } from "./steps.ts";

/** On PATH, or where build-nomad.sh puts it. */
export const findNomad = (): string | undefined =>
  [
    ...(process.env.PATH ?? "").split(delimiter).map((dir) => join(dir, "nomad")),
    join(readConfig().home, "tools", "nomad"),
  ].find((path) => existsSync(path));

export interface Nomad {
  /** One command. @returns what it printed; @throws with what it said if it failed */
  run(...args: string[]): Promise<string>;
  /** One command that answers JSON. */
  json<T>(...args: string[]): Promise<T>;
}

/** @param program the nomad to use; @param address of the agent that it talks to, if there is one */
export function nomadCommand(program: string, address = ""): Nomad {
  const run = async (...args: string[]) => {
    const env = { ...process.env, NOMAD_ADDR: address };
    try {
      return (await promisify(execFile)(program, args, { env, maxBuffer: 1e8 })).stdout;
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`nomad ${args.join(" ").slice(0, 300)} failed:\n${stdout}${stderr}`);
    }
  };
  return { run, json: async (...args) => JSON.parse(await run(...args)) };
}

/** More than the machine has: the specs ask for what production needs, and Nomad would wait for it. */
const plenty = { cpu_total_compute: 60_000, memory_total_mb: 64_000 };

async function startAgent(program: string, dir: string, name: string, part: object) {
  const [http, rpc, serf] = await Promise.all([freePort(), freePort(), freePort()]);
  const file = join(dir, `${name}.json`);
  await mkdir(join(dir, name), { recursive: true });
  await writeFile(
    file,
    JSON.stringify({
      name,
      datacenter: "dc1",
      data_dir: join(dir, name),
      bind_addr: "127.0.0.1",
      ports: { http, rpc, serf },
      advertise: { http: "127.0.0.1", rpc: "127.0.0.1", serf: "127.0.0.1" },
      consul: { auto_advertise: false, server_auto_join: false, client_auto_join: false },
      disable_update_check: true,
      log_level: "WARN",
      ...part,
    }),
  );
  const agent = await startServer({
    command: program,
    args: ["agent", "-config", file],
    ready: /Nomad agent started/,
    stopSignal: "SIGINT",
  });
  atEnd(() => agent.stop());
  return { http, rpc };
}

/** Starts them below `dir`, and waits until both clients are ready. What they run is ended by `job stop`, not by them. */
export async function startNomad(program: string, dir: string): Promise<Nomad> {
  const server = await startAgent(program, dir, "server", {
    server: { enabled: true, bootstrap_expect: 1 },
  });
  const client = (name: string, lowest: number) =>
    startAgent(program, dir, name, {
      client: {
        enabled: true,
        servers: [`127.0.0.1:${server.rpc}`],
        network_interface: "lo",
        // Both are one machine, so each has ports of its own to give.
        min_dynamic_port: lowest,
        max_dynamic_port: lowest + 999,
        options: { "fingerprint.denylist": "consul,vault,env_aws,env_azure,env_digitalocean,env_gce" },
        ...plenty,
      },
      plugin: [{ raw_exec: [{ config: [{ enabled: true, no_cgroups: true }] }] }],
    });
  const nomad = nomadCommand(program, `http://127.0.0.1:${server.http}`);
  await Promise.all([client("client-1", 27_000), client("client-2", 28_000)]);
  await until("two Nomad clients are ready", async () => {
    const nodes = await nomad.json<{ Status: string }[]>("node", "status", "-json");
    return nodes.filter(({ Status }) => Status === "ready").length === 2 ? true : null;
  });
  return nomad;
}
