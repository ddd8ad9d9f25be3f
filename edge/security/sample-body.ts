/** Values that a schema takes, made from its JSON Schema: so that a new route is tried without anybody writing an example. */
import { Schema } from "effect";
import fc from "fast-check";

interface Json {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Json[];
  readonly oneOf?: readonly Json[];
  readonly allOf?: readonly Json[];
  readonly properties?: Readonly<Record<string, Json>>;
  readonly required?: readonly string[];
  readonly items?: Json;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly $ref?: string;
}

/** Text that must look in a way that JSON Schema does not tell. */
const named: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  email: fc.integer({ min: 0, max: 50 }).map((n) => `somebody-${n}@callboard.example`),
  limit: fc.constantFrom("1", "50", "200"),
  letter: fc.integer({ min: 1, max: 1_000 }).map(String),
  after: fc.integer({ min: 0, max: 1_000 }).map(String),
  cursor: fc.integer({ min: 1, max: 1_000 }).map(String),
  from: fc.integer({ min: 0, max: 1_000_000 }).map(String),
  to: fc.integer({ min: 1_000_001, max: 3_600_000 }).map(String),
  bucketMs: fc.constant("60000"),
  region: fc.constantFrom("eu", "us"),
  content: fc.base64String({ maxLength: 400 }),
};

const documentOf = (schema: Schema.Constraint) => {
  const { schema: root, definitions } = Schema.toJsonSchemaDocument(schema);
  return { root: root as Json, definitions: definitions as Readonly<Record<string, Json>> };
};

/** The names of the fields that a body or a query has at its top. */
export const fieldsOf = (schema: Schema.Constraint): string[] => {
  const { root, definitions } = documentOf(schema);
  const names = (json: Json): string[] => [
    ...Object.keys(json.properties ?? {}),
    ...[...(json.anyOf ?? []), ...(json.oneOf ?? []), ...(json.allOf ?? [])].flatMap(names),
    ...(json.$ref === undefined ? [] : names(definitions[json.$ref.split("/").at(-1) ?? ""] ?? {})),
  ];
  return [...new Set(names(root))];
};

/** @param fixed fields that are to have this value wherever they are */
export const valuesOf = (
  schema: Schema.Constraint,
  fixed: Readonly<Record<string, unknown>> = {},
): fc.Arbitrary<unknown> => {
  const { root, definitions } = documentOf(schema);
  const arbitraryOf = (json: Json, name: string, depth: number): fc.Arbitrary<unknown> => {
    if (name in fixed) return fc.constant(fixed[name]);
    if (json.$ref !== undefined)
      return depth > 4
        ? fc.constant(null)
        : arbitraryOf(definitions[json.$ref.split("/").at(-1) ?? ""] ?? {}, name, depth + 1);
    const choices = json.anyOf ?? json.oneOf;
    if (choices !== undefined) {
      const told = choices.filter(({ type }) => type !== "null");
      return fc.oneof(...(told.length > 0 ? told : choices).map((one) => arbitraryOf(one, name, depth + 1)));
    }
    if (json.enum !== undefined) return fc.constantFrom(...json.enum);
    if ("const" in json) return fc.constant(json.const);
    switch (json.type) {
      case "string":
        return (
          named[name] ??
          fc.string({
            minLength: json.minLength ?? 0,
            maxLength: Math.min(json.maxLength ?? 40, 40),
            unit: "grapheme",
          })
        );
      case "integer":
        return fc.integer({
          min: Math.max(json.minimum ?? -1_000, -1_000_000_000),
          max: Math.min(json.maximum ?? 1_000, 1_000_000_000),
        });
      case "number":
        return fc.double({ noNaN: true, min: json.minimum ?? -1e6, max: json.maximum ?? 1e6 });
      case "boolean":
        return fc.boolean();
      case "null":
        return fc.constant(null);
      case "array":
        return fc.array(arbitraryOf(json.items ?? {}, "", depth + 1), {
          minLength: json.minItems ?? 0,
          maxLength: Math.min(json.maxItems ?? 3, 3),
        });
      case "object": {
        const properties = Object.entries(json.properties ?? {});
        if (properties.length === 0) return fc.constantFrom({}, { basics: { name: "A", summary: "B" } });
        return fc.record(
          Object.fromEntries(properties.map(([key, value]) => [key, arbitraryOf(value, key, depth + 1)])),
          { requiredKeys: [...(json.required ?? [])] },
        );
      }
      default:
        return fc.constant({});
    }
  };
  return arbitraryOf(root, "", 0);
};

/** One of them, the same each time. */
export const sampleOf = (
  schema: Schema.Constraint,
  fixed: Readonly<Record<string, unknown>> = {},
  seed = 1,
): unknown => fc.sample(valuesOf(schema, fixed), { numRuns: 1, seed })[0];
