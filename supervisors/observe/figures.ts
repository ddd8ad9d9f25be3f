/**
 * How figures travel: every node and every edge is a NATS micro service with one endpoint, which answers with its own; any edge asks
 * all of them and shows one page. So `nats micro ls` and `nats micro stats` list the fleet, and Prometheus needs one address.
 */

import { type Service, Svcm } from "@nats-io/services";
import type { NatsConnection } from "@nats-io/transport-node";
import { Option, Schema } from "effect";
import { AggregatorRegistry, type Registry } from "prom-client";
import { subjects } from "../../protocols/subjects.ts";
import { version } from "../version.ts";

export interface FiguresService {
  /** In the lists of `nats micro`. */
  readonly name: "callboard-node" | "callboard-edge";
  readonly description: string;
  /** Shown by `nats micro info`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly registry: Registry;
  /** Shown by `nats micro stats`; small. */
  readonly summary: () => unknown;
}

/** Answers until the connection ends or the service is stopped. */
export async function serveFigures(nc: NatsConnection, service: FiguresService): Promise<Service> {
  const { name, description, metadata, registry, summary } = service;
  const micro = await new Svcm(nc).add({
    name,
    version,
    description,
    metadata: { ...metadata },
    queue: "", // Not one of the group answers, but each.
    statsHandler: async () => summary(),
  });
  micro.addEndpoint("figures", {
    subject: subjects.figures,
    handler: (error, message) => {
      if (error !== null) return;
      registry.getMetricsAsJSON().then(
        (figures) => message.respond(JSON.stringify(figures)),
        (cause) => message.respondError(500, String(cause)),
      );
    },
  });
  return micro;
}

/** One metric as prom-client writes it; what stands in it is read by prom-client again. */
const Figures = Schema.fromJsonString(
  Schema.Array(
    Schema.StructWithRest(Schema.Struct({ name: Schema.String }), [
      Schema.Record(Schema.String, Schema.Unknown),
    ]),
  ),
);
const decodeFigures = Schema.decodeUnknownOption(Figures);

/** Longer than an event loop is busy; a node that answers later is missing from this page. */
const patienceMs = 2_000;
/** After the last answer. */
const quietMs = 250;

/** A metric of the whole fleet as prom-client holds it; a histogram's values carry their part in `metricName`. */
export interface Figure {
  readonly name: string;
  readonly values: ReadonlyArray<{
    readonly value: number;
    readonly labels: Readonly<Record<string, string | number>>;
    readonly metricName?: string;
  }>;
}

async function fleetRegistry(nc: NatsConnection): Promise<Registry> {
  const answers = await nc.requestMany(subjects.figures, "", {
    strategy: "stall",
    maxWait: patienceMs,
    stall: quietMs,
  });
  const all: object[] = [];
  for await (const answer of answers) {
    const figures = decodeFigures(answer.string());
    if (Option.isSome(figures)) all.push(figures.value);
  }
  return AggregatorRegistry.aggregate(all);
}

/** The figures of all nodes and edges that answer, as one page of Prometheus' text format. */
export async function gatherFigures(
  nc: NatsConnection,
): Promise<{ readonly page: string; readonly contentType: string }> {
  const registry = await fleetRegistry(nc);
  return { page: await registry.metrics(), contentType: registry.contentType };
}

/** The same as values. */
export const readFigures = async (nc: NatsConnection): Promise<readonly Figure[]> =>
  (await (await fleetRegistry(nc)).getMetricsAsJSON()) as unknown as readonly Figure[];
