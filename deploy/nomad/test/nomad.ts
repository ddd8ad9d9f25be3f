/**
 * `npm run test:nomad`: the real specs under a real Nomad of three agents on this machine. While the pipeline works, portals
 * go from one to four and back, an allocation is killed, everything is updated to a second build, and a host is drained.
 * Judged by the demo portal's own records and by the streams. Without a Nomad it says so in one line.
 */
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { connect } from "@nats-io/transport-node";
import { readConfig } from "../../../supervisors/config.ts";
import { findNatsServer } from "../../../supervisors/nats-server.ts";
import { repoRoot } from "../../../supervisors/repo-root.ts";
import { startMongo } from "../../../supervisors/testkit/mongo.ts";
import { startPostgres } from "../../../supervisors/testkit/postgres.ts";
import { demoBoards } from "../../local/demo-portal/demo-boards.ts";
import { startDemoPortal } from "../../local/demo-portal/demo-portal.ts";
import { seedDemo } from "../../local/demo-seed.ts";
import { allDone, nothingLostOrTwice, spread, submitted } from "./fleet-view.ts";
import { readJobSpec, specFiles } from "./job-spec.ts";
import { findNomad, type Nomad, nomadCommand, startNomad } from "./nomad-agents.ts";
import { atEnd, runSteps, step, until } from "./steps.ts";

interface Allocation {
  readonly ID: string;
  readonly ClientStatus: string;
  readonly NodeID: string;
  readonly NodeName: string;
  readonly DesiredStatus: string;
}

/** A letter first, or the broker may read it as a number. */
const password = () => `t${randomBytes(12).toString("hex")}`;

/** Packs what is compiled here under a version. @returns the archive and its checksum as a spec takes it */
async function pack(version: string) {
  await promisify(execFile)(process.execPath, [
    join(repoRoot, "dist/deploy/pack/pack.js"),
    ...["--version", version],
  ]);
  const archive = join(repoRoot, "dist", `callboard-${version}.tar.gz`);
  const [sum = ""] = (await readFile(`${archive}.sha256`, "utf8")).split(" ");
  atEnd(() => Promise.all([rm(archive), rm(`${archive}.sha256`)]));
  return { archive, checksum: `sha256:${sum}` };
}

/** Where clients fetch the archives. @returns its address */
async function serve(archives: readonly string[]): Promise<string> {
  const server = createServer((request, response) => {
    const archive = archives.find((path) => request.url === `/${basename(path)}`);
    if (archive === undefined) return response.writeHead(404).end();
    response.setHeader("content-length", statSync(archive).size);
    return request.method === "HEAD" ? response.end() : createReadStream(archive).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  atEnd(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function validate(nomad: Nomad): Promise<string> {
  for (const file of specFiles()) {
    const { variables } = await readJobSpec(file);
    const sum = "release_checksum" in variables ? ["-var", `release_checksum=sha256:${"0".repeat(64)}`] : [];
    await nomad.run("job", "validate", ...sum, join(repoRoot, "deploy/nomad", file));
  }
  return `${specFiles().length} specs`;
}

const allocations = (nomad: Nomad, job: string): Promise<Allocation[]> =>
  nomad.json<Allocation[]>("job", "allocs", "-json", job).catch(() => []); // No such job, or none placed yet.
const running = async (nomad: Nomad, job: string): Promise<Allocation[]> =>
  (await allocations(nomad, job)).filter(
    ({ ClientStatus, DesiredStatus }) => ClientStatus === "running" && DesiredStatus === "run",
  );
/** As the specs name nodes, by their allocation. */
const nodeNames = async (nomad: Nomad, part: string): Promise<string[]> =>
  (await running(nomad, `callboard-${part}`)).map(({ ID }) => `${part}-${ID.slice(0, 8)}`);

async function run(program: string) {
  const dir = await mkdtemp(join(tmpdir(), "callboard-nomad-"));
  atEnd(() => rm(dir, { recursive: true, force: true }));
  const [postgres, mongo] = await Promise.all([startPostgres(), startMongo()]);
  for (const part of [postgres, mongo]) atEnd(() => part.stop());
  const portal = await startDemoPortal({ port: 0, dataDir: null, newPostingEveryMs: 0 });
  atEnd(() => portal.close());
  const [first, second] = [await pack("0.0.1-first"), await pack("0.0.2-second")];
  const site = await serve([first.archive, second.archive]);
  const nomad = await startNomad(program, dir);
  await step("every spec is valid", () => validate(nomad));

  const parts = ["actors", "matcher", "portals", "edge"];
  const jobs = [...parts, "nats"].map((part) => `callboard-${part}`);
  const allRunning = async () => (await Promise.all(jobs.map((job) => running(nomad, job)))).flat();
  // Agents that end leave what they run to the next ones.
  atEnd(async () => {
    for (const job of jobs) await nomad.run("job", "stop", job).catch(() => {}); // It may not have begun.
    await until("everything has ended", async () => {
      const all = await Promise.all(jobs.map((job) => allocations(nomad, job)));
      return all.flat().some(({ ClientStatus }) => ClientStatus === "running") ? null : true;
    });
    // What is collected is removed by its client, which has mounted its secrets.
    await nomad.run("system", "gc");
    const left = () => Promise.all(["client-1", "client-2"].map((name) => readdir(join(dir, name, "alloc"))));
    await until("the clients have removed what ran", async () =>
      (await left()).flat().length === 0 ? true : null,
    );
  });
  /** Resolves when Nomad says that the deployment was successful. */
  const runJob = (part: string, vars: Readonly<Record<string, string>>, ...flags: string[]) =>
    nomad.run(
      ...["job", "run", ...flags, "-var", 'datacenters=["dc1"]', "-var", "driver=raw_exec"],
      ...Object.entries(vars).flatMap(([name, value]) => ["-var", `${name}=${value}`]),
      join(repoRoot, "deploy/nomad", `${part}.nomad.hcl`),
    );
  const release = (build: { archive: string; checksum: string }, part: string) => ({
    release_url: `${site}/${basename(build.archive)}`,
    release_checksum: build.checksum,
    node: process.execPath,
    ...(part === "edge" ? { port: "0" } : {}),
  });
  const passwords = { actors: password(), edge: password(), ops: password() };

  await step("3 brokers", async () => {
    await nomad.run(
      ...["var", "put", "nomad/jobs/callboard-nats", `actors_password=${passwords.actors}`],
      ...[`edge_password=${passwords.edge}`, `ops_password=${passwords.ops}`, `route_password=${password()}`],
    );
    await runJob("nats", {
      nats_server: findNatsServer(readConfig().home) ?? "nats-server",
      nats_conf: join(repoRoot, "nats.conf"),
      distinct_hosts: "false",
      client_port: "0",
      route_port: "0",
      monitor_port: "0",
      store_mb: "1000",
    });
    const hosts = (await running(nomad, "callboard-nats")).map(({ NodeName }) => NodeName);
    return `healthy, on ${hosts.sort().join(", ")}`;
  });
  const addresses = async (service: string) =>
    (await nomad.json<{ Address: string; Port: number }[]>("service", "info", "-json", service)).map(
      ({ Address, Port }) => `${Address}:${Port}`,
    );
  const stores = [`postgres_url=${postgres.url}`, `mongo_url=${mongo.url}`];
  await step("actors, matcher, portals, 2 edges", async () => {
    const put = (part: string, ...items: string[]) =>
      nomad.run("var", "put", `nomad/jobs/callboard-${part}`, ...items);
    await put("actors", `nats_password=${passwords.actors}`, ...stores);
    for (const part of ["matcher", "portals"]) await put(part, `nats_password=${passwords.actors}`);
    await put(
      ...(["edge", `nats_password=${passwords.edge}`, ...stores] as const),
      ...[`cookie_secret=${password()}${password()}`, `metrics_token=${password()}`],
    );
    for (const part of parts) await runJob(part, release(first, part));
    const health = await Promise.all(
      (await addresses("callboard-edge")).map((edge) => fetch(`http://${edge}/api/health`)),
    );
    return `health ${health.map(({ status }) => status).join(", ")}`;
  });
  const nc = await connect({
    servers: (await addresses("callboard-nats")).map((address) => `nats://${address}`),
    ...{ user: "actors", pass: passwords.actors, maxReconnectAttempts: -1, reconnectTimeWait: 100 },
  });
  atEnd(() => nc.close());
  /** Waits until just the allocations of this part share the partitions of a kind. */
  const shared = async (part: string, kind: string, nodes: number) => {
    const names = await until(`${nodes} allocations of ${part}`, async () => {
      const all = await nodeNames(nomad, part);
      return all.length === nodes ? all : null;
    });
    return spread(nc, kind, names);
  };

  await step("boards are watched, a manager switches their bots on", async () => {
    await seedDemo(
      { natsUrl: `nats://${nc.getServer()}`, demoPortalPort: portal.port, portalPollMs: 3_000 },
      { user: "actors", pass: passwords.actors },
    );
    const [edge = ""] = await addresses("callboard-edge");
    const post = (path: string, body: object, cookie = "") =>
      fetch(`http://${edge}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", cookie },
        body: JSON.stringify(body),
      });
    const login = await post("/api/login", await managerAccount(postgres.url));
    const cookie = (login.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const boards = demoBoards(portal.url);
    for (const board of boards)
      await until(`${board.portal} was polled, and is switched on`, async () => {
        const why = { mode: "live", reason: "A test of the fleet." };
        const { ok } = await post(`/api/portals/${board.portal}/applier`, why, cookie);
        return ok ? true : null;
      });
    return `${boards.length} boards`;
  });
  await step("the pipeline submits", () => submitted(nc, 1));
  const scale = async (count: number) => {
    await nomad.run("job", "scale", "-detach", "callboard-portals", "portals", String(count));
    return shared("portals", "portal", count);
  };
  await step("portals 1 -> 4", () => scale(4));
  await step("an allocation is killed (SIGKILL)", async () => {
    const [victim] = await running(nomad, "callboard-portals");
    await nomad.run("alloc", "signal", "-s", "SIGKILL", victim?.ID ?? "");
    await until("Nomad has started it again", async () => {
      const { TaskStates } = await nomad.json<{ TaskStates: Record<string, { Restarts: number }> }>(
        ...["alloc", "status", "-json", victim?.ID ?? ""],
      );
      return (TaskStates.node?.Restarts ?? 0) > 0 ? true : null;
    });
    return shared("portals", "portal", 4);
  });
  await step("everything is updated to a second build", async () => {
    for (const part of parts) await runJob(part, release(second, part), "-preserve-counts");
    return shared("portals", "portal", 4);
  });
  await step("a host is drained, its broker with its streams too", async () => {
    const [node] = await running(nomad, "callboard-nats");
    await nomad.run("node", "drain", "-enable", "-deadline", "3m", "-detach", "-yes", node?.NodeID ?? "");
    await until("nothing runs there", async () => {
      return (await allRunning()).every(({ NodeID }) => NodeID !== node?.NodeID) ? true : null;
    });
    return shared("portals", "portal", 4);
  });
  await step("portals 4 -> 1", () => scale(1));
  await step("all work is done", () => allDone(nc, portal.url));
  await step("nothing lost, nothing twice", () => nothingLostOrTwice(nc, portal.url));
}

/** The first one, as the runbook says. */
async function managerAccount(postgresUrl: string): Promise<{ email: string; password: string }> {
  const email = "manager@test.example";
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(repoRoot, "dist/cli/callboard.js"), "account", email, "--role", "manager"],
    { env: { ...process.env, CALLBOARD_POSTGRES_URL: postgresUrl } },
  );
  return { email, password: stdout.split(" ").at(-1)?.trim() ?? "" };
}

const program = findNomad();
if (program === undefined) {
  process.stdout.write(
    "There is no nomad on PATH: nothing was run. Where there is Go, deploy/nomad/test/build-nomad.sh builds one.\n",
  );
  process.exit(0);
}
process.stdout.write(await nomadCommand(program).run("version"));
await runSteps("test:nomad", () => run(program));
