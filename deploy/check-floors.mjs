/**
 * The floor plan, checked: who may import whom, and that nobody imports himself round a ring. Part of `npm run check`.
 * Types may be imported where values may; a ring of types alone is no ring, since nothing of it runs.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";

const root = dirname(import.meta.dirname);

/** Floor -> the floors it may import from, besides itself. */
const mayImport = {
  protocols: [],
  actors: ["protocols"],
  supervisors: ["protocols", "actors"],
  edge: ["protocols", "actors", "supervisors"],
  dashboard: ["protocols"],
  bench: ["protocols", "actors", "supervisors", "edge"],
  deploy: ["protocols", "actors", "supervisors", "edge", "cli"],
  cli: ["protocols", "actors", "supervisors", "edge", "deploy"],
};

/** Packages with effects on the world, and the floors that may touch them. */
const owned = [
  [/^(@nats-io\/|postgres$|mongodb$|playwright-core$|@tensorflow|@sparticuz\/)/, ["supervisors", "bench"]],
  [/^uWebSockets\.js$/, ["edge", "deploy", "supervisors"]],
  [/^react|^uplot$/, ["dashboard"]],
];

/** A machine decides, and a schema says: neither does anything. (A hash is arithmetic.) */
const pure = { protocols: /^(effect|xstate)(\/|$)/, actors: /^((effect|xstate)(\/|$)|node:crypto$)/ };

const filesBelow = (dir) =>
  readdirSync(join(root, dir), { withFileTypes: true }).flatMap((entry) => {
    const path = `${dir}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : filesBelow(path);
    return /\.(ts|tsx)$/.test(entry.name) && !entry.name.endsWith(".d.ts") ? [path] : [];
  });

const importsOf = (path) => {
  const text = readFileSync(join(root, path), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  const pattern = /^\s*(?:import|export)\s+(type\s)?(?:[^;"'`]*?\sfrom\s)?["']([^"']+)["']/gm;
  const lazy = /\bimport\(\s*["']([^"']+)["']\s*\)/g;
  return [
    ...[...text.matchAll(pattern)].map(([, type, name]) => ({ name, type: type !== undefined, lazy: false })),
    ...[...text.matchAll(lazy)].map(([, name]) => ({ name, type: false, lazy: true })),
  ];
};

const complaints = [];
const graph = new Map();
for (const floor of Object.keys(mayImport).filter((dir) => existsSync(join(root, dir)))) {
  for (const file of filesBelow(floor)) {
    const test = /\.test\.tsx?$|\/testkit\//.test(file); // What serves tests only is one.
    const next = [];
    for (const { name, type, lazy } of importsOf(file)) {
      if (name.startsWith(".")) {
        const target = normalize(join(dirname(file), name));
        const other = target.split("/")[0];
        // A test of what drives a portal needs a portal.
        if (test && floor !== "protocols" && floor !== "actors" && target.startsWith("deploy/local/demo-"))
          continue;
        if (other !== floor && other in mayImport && !mayImport[floor].includes(other)) {
          complaints.push(
            `${file} imports ${target}: ${floor} may import from ${mayImport[floor].join(", ") || "nowhere"} only.`,
          );
        }
        if (!type && !lazy && statSync(join(root, target), { throwIfNoEntry: false })?.isFile())
          next.push(target);
        continue;
      }
      if (test || type) continue; // A test may look at its subject from outside, with a real client.
      const owner = owned.find(([packages]) => packages.test(name));
      if (owner && !owner[1].includes(floor) && floor !== "deploy") {
        complaints.push(`${file} imports ${name}, which only ${owner[1].join(", ")} may touch.`);
      }
      if (pure[floor] && !pure[floor].test(name)) {
        complaints.push(
          `${file} imports ${name}: ${floor} does nothing, it may import effect and xstate only.`,
        );
      }
    }
    graph.set(file, next);
  }
}

/** Depth first; a file met again while it is still on the path closes a ring. */
const state = new Map();
const visit = (file, path) => {
  if (state.get(file) === "done") return;
  if (state.get(file) === "open") {
    complaints.push(`Imports in a ring: ${[...path.slice(path.indexOf(file)), file].join(" -> ")}`);
    return;
  }
  state.set(file, "open");
  for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
  state.set(file, "done");
};
for (const file of graph.keys()) visit(file, []);

for (const line of complaints) process.stderr.write(`${line}\n`);
process.stdout.write(
  `floors: ${graph.size} files, ${complaints.length} complaints (${relative(process.cwd(), root) || "."})\n`,
);
process.exit(complaints.length > 0 ? 1 : 0);
