/**
 * What a job spec names must exist in the program: variables, settings, ports, paths, kinds, services. A spec is read by
 * Nomad on another machine, long after the code was changed; here it is read beside the code.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { kinds } from "../../../protocols/address.ts";
import { routes } from "../../../protocols/api/http.ts";
import { configTable, readConfig } from "../../../supervisors/config.ts";
import { natsConf } from "../../../supervisors/nats-server.ts";
import { nodeFlags } from "../../../supervisors/node-flags.ts";
import { createNodeMetrics } from "../../../supervisors/observe/node-metrics.ts";
import { repoRoot } from "../../../supervisors/repo-root.ts";
import { isOurs } from "../../pack/file-list.ts";
import { type JobSpec, readJobSpec, specFiles } from "./job-spec.ts";

const specs = new Map<string, JobSpec>();
beforeAll(async () => {
  for (const file of specFiles()) specs.set(file, await readJobSpec(file));
});
const spec = (file: string): JobSpec => {
  const found = specs.get(file);
  if (found === undefined) throw new Error(`There is no ${file}.`);
  return found;
};
const all = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? "")),
];

/** Settings that a spec gives its tasks, by environment block and by template. */
const settingsOf = ({ tasks }: JobSpec): string[] =>
  tasks.flatMap(({ env, template }) => [
    ...Object.keys(env?.[0] ?? {}),
    ...template.filter(({ env }) => env === true).flatMap(({ data }) => all(data, /^\s*([A-Z_]+)=/gm)),
  ]);

const ours = ["actors.nomad.hcl", "edge.nomad.hcl", "matcher.nomad.hcl", "portals.nomad.hcl"];

test("there is a spec for each part of the fleet", () => {
  expect(specFiles()).toEqual([...ours, "nats.nomad.hcl", "stores.nomad.hcl"].sort());
});

describe.each(specFiles())("%s", (file) => {
  test("declares the variables that it uses, uses those that it declares, and has a default for all but the checksum", () => {
    const { text, variables } = spec(file);
    expect(all(text, /\bvar\.([a-z_]+)/g).sort()).toEqual(Object.keys(variables).sort());
    const without = Object.keys(variables).filter((name) => variables[name] === undefined);
    expect(without.filter((name) => name !== "release_checksum")).toEqual([]);
  });

  test("uses the ports that its network has, in services and in environment", () => {
    const { text, groups } = spec(file);
    for (const { network, service = [] } of Object.values(groups)) {
      const ports = Object.keys(network?.[0].port ?? {});
      expect(ports).toEqual(expect.arrayContaining(service.map(({ port }) => port)));
    }
    const declared = Object.values(groups).flatMap(({ network }) => Object.keys(network?.[0].port ?? {}));
    expect(declared).toEqual(expect.arrayContaining(all(text, /NOMAD_(?:IP|PORT|ADDR)_([a-z]+)/g)));
  });

  test("reads secrets from its own Nomad variables, finds services that a spec registers, and holds no secret itself", () => {
    const { text, job } = spec(file);
    const registered = [...specs.values()].flatMap(({ groups }) =>
      Object.values(groups).flatMap(({ service = [] }) => service.map(({ name }) => name)),
    );
    expect(all(text, /nomadVar "([^"]+)"/g)).toEqual([`nomad/jobs/${job}`]);
    expect(registered).toEqual(expect.arrayContaining(all(text, /nomadService "([^"]+)"/g)));
    for (const line of text
      .split("\n")
      .filter((line) => /(PASSWORD|SECRET|POSTGRES_URL|MONGO_URL)=/.test(line)))
      expect(line).toMatch(/=('\[)?\{\{/);
  });

  test("ends its tasks gently, with time", () => {
    for (const { kill_timeout } of spec(file).tasks) expect(kill_timeout).toMatch(/^[2-6]0s$/);
  });
});

describe.each(ours)("%s", (file) => {
  test("gives settings that the program knows, with values that it takes", () => {
    const given = settingsOf(spec(file));
    const known = new Set(configTable().map(({ variable }) => variable));
    expect(given.filter((name) => !known.has(name))).toEqual([]);
    expect(given).toContain("CALLBOARD_NATS_URL");
    expect(given).toContain("CALLBOARD_NATS_PASSWORD");
  });

  test("calls a program that the release holds, as its usage says", () => {
    for (const { config } of spec(file).tasks) {
      const { args } = config[0];
      const flags = ["--enable-source-maps", ...(file === "actors.nomad.hcl" ? nodeFlags : [])];
      expect(args.slice(0, flags.length)).toEqual(flags);
      const [program, role, ...rest] = args.slice(flags.length);
      expect(program).toBe(`\${NOMAD_TASK_DIR}/callboard/dist/cli/callboard.js`);
      expect(isOurs("dist/cli/callboard.js") && existsSync(join(repoRoot, "cli/callboard.ts"))).toBe(true);
      expect(role).toBe(file === "edge.nomad.hcl" ? "edge" : "node");
      if (role === "edge") expect(rest).toEqual([]);
      else expect(rest[0]).toBe("--kinds");
      expect(existsSync(join(repoRoot, `cli/commands/${role}.ts`))).toBe(true);
    }
  });

  test("fetches the release, and checks its sum", () => {
    const { text, variables } = spec(file);
    expect(text).toMatch(/artifact \{\s+source +=\s+var\.release_url/);
    expect(text).toMatch(/checksum = var\.release_checksum/);
    const { version } = JSON.parse(readFileSync(join(repoRoot, "package.json"), "utf8"));
    expect(variables.release_url).toMatch(new RegExp(`/callboard-${version}\\.tar\\.gz$`));
  });

  test("rolls one at a time behind a canary, and turns back by itself", () => {
    const { text } = spec(file);
    for (const line of ["max_parallel     = 1", "canary           = 1", "auto_revert      = true"])
      expect(text).toContain(line);
  });
});

test("the nodes of all specs together host each kind once", () => {
  const hosted = ours.flatMap((file) =>
    spec(file).tasks.flatMap(({ config }) => {
      const at = config[0].args.indexOf("--kinds");
      return at < 0 ? [] : (config[0].args[at + 1] ?? "").split(",");
    }),
  );
  expect(hosted.sort()).toEqual([...kinds].sort());
  expect(() => readConfig({ CALLBOARD_KINDS: hosted.join(",") })).not.toThrow();
});

test("the broker's spec gives exactly the variables that nats.conf asks for", () => {
  const asked = all(readFileSync(natsConf, "utf8").replace(/#.*$/gm, ""), /\$(CALLBOARD_[A-Z_]+)/g);
  expect(settingsOf(spec("nats.nomad.hcl")).sort()).toEqual(asked.sort());
});

test.each(["matcher.nomad.hcl", "portals.nomad.hcl"])(
  "%s scales by metrics that a node has, of kinds that it hosts",
  (file) => {
    const { text, tasks } = spec(file);
    const metrics = createNodeMetrics("any")
      .registry.getMetricsAsArray()
      .map(({ name }) => name);
    const [query = ""] = all(text, /query += "(.+)"$/gm);
    expect(metrics).toEqual(expect.arrayContaining(all(query, /\b(callboard_[a-z_]+)/g)));
    const asked = all(query, /kind=~?\\"([a-z|]+)\\"/g).flatMap((names) => names.split("|"));
    expect(asked.sort()).toEqual(tasks[0]?.config[0].args.at(-1)?.split(",").sort());
  },
);

test("the image is built from the release of this version", () => {
  const { version } = JSON.parse(readFileSync(join(repoRoot, "package.json"), "utf8"));
  const dockerfile = readFileSync(join(repoRoot, "deploy/docker/Dockerfile"), "utf8");
  expect(dockerfile).toContain(`ARG VERSION=${version}\n`);
  expect(dockerfile).toContain(`"/callboard/dist/cli/callboard.js"`);
});

test("health is asked where the program answers it", () => {
  const checks = [...specs.values()].flatMap(({ file, groups }) =>
    Object.values(groups).flatMap(({ service = [] }) =>
      service.flatMap(({ name, check }) => (check?.[0].path ? [[file, name, check[0].path]] : [])),
    ),
  );
  expect(checks).toEqual([
    ["edge.nomad.hcl", "callboard-edge", routes.health.path],
    ["nats.nomad.hcl", "callboard-nats-monitor", "/healthz"],
  ]);
});
