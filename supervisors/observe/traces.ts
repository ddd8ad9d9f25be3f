/**
 * Steps as spans over OTLP/HTTP, where that is configured: one span per message that an actor heard and one per task, all of one
 * application in one trace, whichever nodes they ran on. What can't be delivered is tried again, and given up rather than
 * waited for: the work never hangs on who watches it.
 */
import { Duration, Effect, Exit, Layer, Scope } from "effect";
import { FetchHttpClient, HttpBody } from "effect/http";
import { OtlpExporter, type OtlpTracer } from "effect/observability";
import type { HostObserver, StoredTurn } from "../runtime/observer.ts";
import { version } from "../version.ts";

type Span = OtlpTracer.ScopeSpan["spans"][number];

export interface Traces extends HostObserver {
  /** Sends what waits, within three seconds. */
  close(): Promise<void>;
}

const exportEveryMs = 1_000;
const mostPerExport = 1_000;
const patienceMs = 3_000;

const nanos = (ms: number) => `${BigInt(Math.round(ms * 1_000)) * 1_000n}`;
const text = (key: string, value: string) => ({ key, value: { stringValue: value } });

/** @param url the collector's address, without `/v1/traces` */
export async function openTraces(url: string, node: string): Promise<Traces> {
  const scope = Effect.runSync(Scope.make());
  const resource = {
    attributes: [
      text("service.name", "callboard"),
      text("service.version", version),
      text("service.instance.id", node),
    ],
    droppedAttributesCount: 0,
  };
  const exporter = await Effect.runPromise(
    Layer.build(Layer.mergeAll(FetchHttpClient.layer, OtlpExporter.layerFlusher)).pipe(
      Effect.flatMap((context) =>
        OtlpExporter.make({
          url: `${url.replace(/\/+$/, "")}/v1/traces`,
          headers: undefined,
          label: "callboard traces",
          exportInterval: Duration.millis(exportEveryMs),
          maxBatchSize: mostPerExport,
          shutdownTimeout: Duration.millis(patienceMs),
          body: (spans: Span[]) => [
            HttpBody.jsonUnsafe({
              resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "callboard", version }, spans }] }],
            } satisfies OtlpTracer.TraceData),
            Effect.void,
          ],
        }).pipe(Effect.provide(context)),
      ),
      Scope.provide(scope),
    ),
  );
  const push = (
    span: Pick<Span, "traceId" | "spanId" | "parentSpanId" | "name">,
    from: number,
    to: number,
    address: string,
    failed = false,
  ) =>
    exporter.push({
      ...span,
      kind: 1, // Internal.
      startTimeUnixNano: nanos(from),
      endTimeUnixNano: nanos(to),
      attributes: [text("callboard.actor", address), text("callboard.node", node)],
      droppedAttributesCount: 0,
      events: [],
      droppedEventsCount: 0,
      status: { code: failed ? 2 : 0 },
      links: [],
      droppedLinksCount: 0,
    } satisfies Span);
  return {
    stored: ({ kind, address, turn, at, tookMs }: StoredTurn) => {
      for (const { trace, span, parent, event, task } of turn.heard) {
        const caused = parent ?? undefined;
        if (task !== null) {
          const { startedAt = at, endedAt = at, result } = task.answer;
          const ids = { traceId: trace, spanId: task.span, parentSpanId: caused };
          push({ ...ids, name: `${kind} task ${task.src}` }, startedAt, endedAt, address, !result.ok);
        }
        const ids = { traceId: trace, spanId: span, parentSpanId: task?.span ?? caused };
        push({ ...ids, name: `${kind} ${event}` }, at, at + tookMs, address);
      }
    },
    redelivered: () => {},
    lostRace: () => {},
    close: () => Effect.runPromise(Scope.close(scope, Exit.void)),
  };
}
