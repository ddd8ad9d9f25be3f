/** The Grafana dashboard asks for metrics that nodes and edges have, by labels that they carry, once each panel. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Schema } from "effect";
import { expect, test } from "vitest";
import { createEdgeMetrics } from "../../edge/metrics.ts";
import { Fact } from "../../protocols/event.ts";
import { createNodeMetrics } from "../../supervisors/observe/node-metrics.ts";
import { repoRoot } from "../../supervisors/repo-root.ts";

const Dashboard = Schema.fromJsonString(
  Schema.Struct({
    panels: Schema.Array(
      Schema.Struct({
        title: Schema.String,
        targets: Schema.optional(Schema.Array(Schema.Struct({ expr: Schema.String }))),
      }),
    ),
  }),
);
const { panels } = Schema.decodeUnknownSync(Dashboard)(
  readFileSync(join(repoRoot, "deploy/grafana/callboard.json"), "utf8"),
);
const queries = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

test("every metric that a panel asks for exists", () => {
  const link = { edgeId: "e", streams: async () => new Map(), nodes: async () => [] };
  const metrics = [createNodeMetrics("n").registry, createEdgeMetrics(link, () => []).registry]
    .flatMap((registry) => registry.getMetricsAsArray())
    .map(({ name }) => name);
  const asked = queries.flatMap((query) => query.match(/\b(callboard|process|nodejs)_[a-z0-9_]+/g) ?? []);
  expect(asked.length).toBeGreaterThan(20);
  expect(asked.map((name) => name.replace(/_bucket$/, "")).filter((name) => !metrics.includes(name))).toEqual(
    [],
  );
});

test("every type of fact that a panel asks for is one that actors say", () => {
  const types: string[] = Fact.members.map(({ fields }) => fields.type.literal);
  for (const query of queries) {
    const pattern = /type=~"([^"]+)"/.exec(query)?.[1];
    if (pattern === undefined) continue;
    const found = types.filter((type) => new RegExp(`^(${pattern})$`).test(type));
    expect(found.length).toBeGreaterThanOrEqual(pattern.split("|").length);
  }
});
