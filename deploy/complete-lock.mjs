/**
 * Run after `npm install <package>`: node deploy/complete-lock.mjs
 *
 * A registry mirror may hold the builds of native packages for some systems only. npm then leaves the others out of
 * package-lock.json without a word, and `npm ci` refuses that file everywhere. This puts them back: version from the
 * package that asks for them, system from their name, so that every npm knows what to skip.
 */
import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(file, "utf8"));
const systems = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const processors = [
  "arm64",
  "arm",
  "ia32",
  "loong64",
  "mips64el",
  "ppc64",
  "riscv64",
  "s390x",
  "wasm32",
  "x64",
];

const added = [];
for (const [path, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  for (const [name, wanted] of Object.entries(optionalDependencies)) {
    const places = [`${path}/node_modules/${name}`, `node_modules/${name}`];
    if (path === "" || places.some((place) => lock.packages[place] !== undefined)) continue;
    const words = name.split(/[/.-]/);
    const os = words.find((word) => systems.includes(word));
    const cpu = words.find((word) => processors.includes(word));
    if (os === undefined && cpu === undefined) continue; // Optional for another reason than the system.
    const libc = words.some((word) => /^musl/.test(word))
      ? "musl"
      : words.some((word) => /^gnu/.test(word))
        ? "glibc"
        : undefined;
    lock.packages[`node_modules/${name}`] = {
      version: wanted.replace(/^[^0-9]*/, ""),
      ...(cpu === undefined ? {} : { cpu: [cpu] }),
      ...(dev ? { dev } : {}),
      ...(os === "linux" && libc !== undefined ? { libc: [libc] } : {}),
      optional: true,
      ...(os === undefined ? {} : { os: [os] }),
    };
    added.push(name);
  }
}
const { "": own, ...rest } = lock.packages;
lock.packages = {
  "": own,
  ...Object.fromEntries(Object.entries(rest).sort(([a], [b]) => a.localeCompare(b, "en"))),
};
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added.length} added${added.map((name) => `\n  ${name}`).join("")}\n`);
