/**
 * The first thing that runs in a fresh clone, before anything is installed: Node's own modules only, no TypeScript.
 *
 *   node deploy/local/bootstrap.mjs up     installs, compiles, fetches tools; then starts everything  (npm start)
 *   node deploy/local/bootstrap.mjs test   the same; then runs the tests, further arguments go to them  (npm test)
 *   node deploy/local/bootstrap.mjs screens  the same as test, but only the walks in a browser, which leave pictures of every
 *                                          screen in docs/screens  (npm run screens)
 *   node deploy/local/bootstrap.mjs build  installs and compiles only
 *
 * Each step is done only if what it depends on has changed since, so a second start takes no time here.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = dirname(dirname(import.meta.dirname ?? "/"));
const leastNode = [20, 19];
const leastGlibc = [2, 38];

const stop = (line) => {
  process.stderr.write(`callboard: ${line}\n`);
  process.exit(1);
};

/** -1, 0, 1 for "is older than", "is", "is newer than". */
const compare = (a, b) => Math.sign(a[0] - b[0] || a[1] - b[1]);
const version = (text) => text.split(".").map(Number);

const checkNode = () => {
  if (compare(version(process.versions.node), leastNode) < 0) {
    stop(
      `Node ${process.versions.node} is too old: install Node ${leastNode.join(".")} or newer (20, 22 and 24 are tested).`,
    );
  }
  if (process.platform !== "linux" || version(process.versions.node)[0] < 22) return;
  // The web server's native part for Node 22 and newer is built against a newer C library than the one for Node 20.
  process.report.excludeNetwork = true; // Else the report looks up the names of all network interfaces.
  const glibc = process.report.getReport().header.glibcVersionRuntime;
  if (glibc === undefined)
    stop("This system has no glibc (it may be Alpine), which the web server needs: use a Debian image.");
  if (compare(version(glibc), leastGlibc) < 0) {
    stop(
      `Node ${process.versions.node} needs glibc ${leastGlibc.join(".")} here, and this system has ${glibc}: use Node 20, or a newer system (Debian 13, Ubuntu 24.04).`,
    );
  }
};

/** One line per step that did something, with its time. */
const step = async (name, run) => {
  const start = performance.now();
  const outcome = await run();
  if (outcome !== undefined) {
    process.stdout.write(
      `  ${name.padEnd(12)} ${((performance.now() - start) / 1000).toFixed(1).padStart(5)} s  ${outcome}\n`,
    );
  }
};

/** Runs a program; its output is shown only if it fails, since a start that works should be short to read. */
const run = (command, args, what) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    const hear = (chunk) => {
      said = (said + chunk).slice(-20_000);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("error", (error) => stop(`${what} could not be started: ${error.message}`));
    child.once("close", (code, signal) => {
      if (code === 0) resolve();
      else stop(`${what} failed (${signal ?? `code ${code}`}):\n${said}`);
    });
  });

const read = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : undefined);
const write = (path, text) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const hash = (...texts) => createHash("sha256").update(texts.join("\0")).digest("hex");

/** Name, size and time of all files below these folders: cheap to ask for, and different after any edit. */
const fingerprint = (paths, wanted) => {
  const seen = [];
  const visit = (path) => {
    const stat = statSync(join(root, path), { throwIfNoEntry: false });
    if (stat === undefined) return;
    if (stat.isDirectory()) for (const name of readdirSync(join(root, path)).sort()) visit(`${path}/${name}`);
    else if (wanted.test(path)) seen.push(`${path} ${stat.size} ${stat.mtimeMs}`);
  };
  for (const path of paths) visit(path);
  return seen;
};

/** Whether the packages that the lock file names are the ones that are installed, however they got there. */
const installedMatches = (lock) => {
  const installed = read("node_modules/.package-lock.json");
  if (installed === undefined) return false;
  const there = JSON.parse(installed).packages;
  return Object.entries(JSON.parse(lock).packages).every(
    ([path, { version, optional, link }]) =>
      path === "" || link || there[path]?.version === version || (optional && there[path] === undefined),
  );
};

const packagesStamp = "node_modules/.callboard-packages";

const installPackages = () =>
  step("packages", async () => {
    const lock = read("package-lock.json");
    const stamp = hash(lock, ...fingerprint(["patches"], /\.patch$/), process.versions.modules, process.arch);
    if (read(packagesStamp) === stamp) return undefined;
    if (read(packagesStamp) === undefined && installedMatches(lock)) {
      // Also where scripts were left out.
      await run(process.execPath, [join(root, "node_modules/patch-package/index.js")], "patch-package");
      write(packagesStamp, stamp);
      return undefined;
    }
    process.stdout.write("  packages            installing, about a minute the first time\n");
    const args = ["ci", "--no-audit", "--no-fund"];
    const npm = process.env.npm_execpath;
    // The npm that started us, so that it is also the one that installs.
    if (npm !== undefined && /\.c?js$/.test(npm)) await run(process.execPath, [npm, ...args], "npm ci");
    else await run("npm", args, "npm ci");
    write(packagesStamp, stamp);
    return "installed";
  });

const floors = ["protocols", "actors", "supervisors", "edge", "cli", "deploy", "bench"];

const compile = () =>
  step("compile", async () => {
    const stamp = hash(
      read("package-lock.json"),
      ...fingerprint([...floors, "tsconfig.json"], /\.(ts|json)$/),
    );
    if (read("dist/.compiled") === stamp) return undefined;
    await run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", root], "Compiling");
    write("dist/.compiled", stamp);
    return "done";
  });

const buildDashboard = () =>
  step("dashboard", async () => {
    if (!existsSync(join(root, "dashboard/vite.config.ts"))) return undefined;
    const stamp = hash(read("package-lock.json"), ...fingerprint(["dashboard", "protocols"], /./));
    if (read("dist/.dashboard") === stamp && existsSync(join(root, "dist/dashboard/index.html")))
      return undefined;
    const vite = join(root, "node_modules/vite/bin/vite.js");
    const config = join(root, "dashboard/vite.config.ts");
    await run(
      process.execPath,
      [vite, "build", "--config", config, "--logLevel", "warn"],
      "Building the dashboard",
    );
    write("dist/.dashboard", stamp);
    return `built: ${read("dist/dashboard-first-load.txt")?.trim()}`;
  });

/** Two set-ups in one clone (a start and a test, say) go one after the other. */
const alone = async (work) => {
  const lock = join(root, "dist/.setup-lock");
  mkdirSync(dirname(lock), { recursive: true });
  for (let told = false; ; ) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      const holder = Number(readFileSync(lock, "utf8"));
      try {
        process.kill(holder, 0);
        if (!told) process.stdout.write(`  waiting for the set-up of process ${holder} in this clone\n`);
        told = true;
        await new Promise((resolve) => setTimeout(resolve, 200));
      } catch {
        rmSync(lock, { force: true }); // Its process is gone.
      }
    }
  }
  const release = () => rmSync(lock, { force: true });
  process.once("exit", release); // Also when a step fails, which ends the process.
  await work();
  process.off("exit", release);
  release();
};

const [command = "up", ...args] = process.argv.slice(2);
if (!["up", "test", "screens", "build"].includes(command))
  stop(`bootstrap knows up, test, screens and build, not ${JSON.stringify(command)}.`);

checkNode();
process.chdir(root);
await alone(async () => {
  await installPackages();
  await Promise.all([compile(), buildDashboard()]);
});

const dist = (path) => import(new URL(`../../dist/${path}`, import.meta.url).href);

if (command !== "build") {
  try {
    const [{ setUpTools }, { readConfig }] = await Promise.all([
      dist("deploy/local/setup/tools.js"),
      dist("supervisors/config.js"),
    ]);
    await setUpTools(readConfig(), (name, outcome, ms) => {
      process.stdout.write(`  ${name.padEnd(12)} ${(ms / 1000).toFixed(1).padStart(5)} s  ${outcome}\n`);
    });
  } catch (error) {
    stop(error.message);
  }
}

if (command === "up") {
  const { main } = await dist("cli/callboard.js");
  process.exit(await main(["up", ...args]));
}
const picturesIn = "docs/screens";
const walks = ["deploy/local/review-walk.test.ts", "deploy/local/screens.test.ts"];
if (command === "screens") {
  rmSync(join(root, picturesIn), { recursive: true, force: true });
  args.push(...walks);
}
if (command === "test" || command === "screens") {
  const vitest = spawn(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...args], {
    stdio: "inherit",
    env: command === "screens" ? { ...process.env, CALLBOARD_SCREENS: picturesIn } : process.env,
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => vitest.kill(signal));
  vitest.once("exit", (code) => process.exit(code ?? 1));
}
