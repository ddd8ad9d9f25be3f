/** A job spec as data: parsed by HashiCorp's own HCL parser, which ships compiled for npm. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@cdktf/hcl2json";
import { Schema } from "effect";
import { repoRoot } from "../../../supervisors/repo-root.ts";

const specDir = join(repoRoot, "deploy", "nomad");

/** A block of HCL as the parser gives it: a list, since it may stand there more than once. */
const one = <T, E>(block: Schema.Codec<T, E>): Schema.Codec<readonly [T], readonly [E]> =>
  Schema.Tuple([block]);
const named = <T, E>(
  block: Schema.Codec<T, E>,
): Schema.Codec<Readonly<Record<string, readonly [T]>>, Readonly<Record<string, readonly [E]>>> =>
  Schema.Record(Schema.String, one(block));

const Service = Schema.Struct({
  name: Schema.String,
  port: Schema.String,
  check: one(Schema.Struct({ type: Schema.String, path: Schema.optional(Schema.String) })).pipe(
    Schema.optional,
  ),
});

const Template = Schema.Struct({
  destination: Schema.String,
  data: Schema.String,
  env: Schema.optional(Schema.Boolean),
});

const Task = Schema.Struct({
  driver: Schema.String,
  config: one(
    Schema.Struct({
      command: Schema.optional(Schema.String),
      args: Schema.Array(Schema.String),
      image: Schema.optional(Schema.String),
    }),
  ),
  env: Schema.optional(one(Schema.Record(Schema.String, Schema.String))),
  template: Schema.Array(Template),
  kill_timeout: Schema.String,
});

const Group = Schema.Struct({
  service: Schema.optional(Schema.Array(Service)),
  network: Schema.optional(one(Schema.Struct({ port: named(Schema.Unknown) }))),
  scaling: Schema.optional(one(Schema.Unknown)),
  task: named(Task),
});

const Spec = Schema.Struct({
  variable: named(Schema.Struct({ default: Schema.optional(Schema.Unknown), type: Schema.String })),
  job: named(Schema.Struct({ update: one(Schema.Unknown), group: named(Group) })),
});

export interface JobSpec {
  readonly file: string;
  /** Without comments. */
  readonly text: string;
  readonly job: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly groups: Readonly<Record<string, typeof Group.Type>>;
  readonly tasks: readonly (typeof Task.Type)[];
}

const decode = Schema.decodeUnknownSync(Spec);

/** @throws with the parser's own words if the file is no HCL, or with the place if it is no job of the shape we write. */
export async function readJobSpec(file: string): Promise<JobSpec> {
  const hcl = readFileSync(join(specDir, file), "utf8");
  const { variable, job } = decode(await parse(file, hcl));
  const [only, ...others] = Object.entries(job);
  if (only === undefined || others.length > 0) throw new Error(`${file} holds not exactly one job.`);
  const [name, [{ group }]] = only;
  const groups = Object.fromEntries(Object.entries(group).map(([label, [block]]) => [label, block]));
  return {
    file,
    text: hcl.replace(/^\s*#.*$/gm, ""),
    job: name,
    variables: Object.fromEntries(Object.entries(variable).map(([label, [block]]) => [label, block.default])),
    groups,
    tasks: Object.values(groups).flatMap(({ task }) => Object.values(task).map(([block]) => block)),
  };
}

export const specFiles = (): string[] =>
  readdirSync(specDir)
    .filter((name) => name.endsWith(".nomad.hcl"))
    .sort();
