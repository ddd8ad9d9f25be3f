/** The description of the API in OpenAPI 3.1, made from the route table and its schemas; nothing in it is written by hand. */
import { Schema } from "effect";
import { Problem, type Route, routes } from "../protocols/api/http.ts";

type Json = Record<string, unknown>;

export const openApi = (publicUrl: string): Json => {
  const schemas: Json = {};
  /** JSON Schema of 2020-12, as OpenAPI 3.1 takes it; shared definitions go among the components. */
  const schemaOf = (schema: Schema.Constraint): unknown => {
    const document = Schema.toJsonSchemaDocument(schema);
    const moved = JSON.parse(
      JSON.stringify({ schema: document.schema, definitions: document.definitions }).replaceAll(
        '"#/$defs/',
        '"#/components/schemas/',
      ),
    ) as { schema: unknown; definitions: Json };
    Object.assign(schemas, moved.definitions);
    return moved.schema;
  };
  const json = (schema: Schema.Constraint) => ({ "application/json": { schema: schemaOf(schema) } });
  const paths: Record<string, Json> = {};
  for (const [name, route] of Object.entries<Route>(routes)) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    const operation: Json = {
      operationId: name,
      summary: route.summary,
      security: route.access === "everyone" ? [] : [{ session: [] }],
      ...(route.access === "everyone" ? {} : { "x-roles": route.access }),
      parameters: [
        ...parametersOf(route.params, "path", schemaOf),
        ...parametersOf(route.query, "query", schemaOf),
      ],
      ...(route.body === undefined ? {} : { requestBody: { required: true, content: json(route.body) } }),
      responses: {
        200: {
          description: "The answer",
          content:
            route.answer === "bytes"
              ? { "application/octet-stream": { schema: { type: "string", format: "binary" } } }
              : json(route.answer),
        },
        ...(name === "health" && route.answer !== "bytes"
          ? { 503: { description: "Something is not ready", content: json(route.answer) } }
          : {}),
        default: { description: "Refused, and why", content: json(Problem) },
      },
    };
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Callboard", version: "1" },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      schemas,
      securitySchemes: { session: { type: "apiKey", in: "cookie", name: "callboard_session" } },
    },
  };
};

const parametersOf = (
  schema: Schema.Constraint | undefined,
  where: "path" | "query",
  schemaOf: (schema: Schema.Constraint) => unknown,
): Json[] => {
  if (schema === undefined) return [];
  const found = schemaOf(schema) as { properties?: Json; required?: string[] };
  return Object.entries(found.properties ?? {}).map(([name, inner]) => ({
    name,
    in: where,
    required: where === "path" || (found.required ?? []).includes(name),
    schema: inner,
  }));
};
