/**
 * The composition root of a node: which kinds it hosts, and what each gets of the world. Everything that a kind needs is
 * made here and ended here; the runtime below knows no kind by name.
 */
import { jetstream } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { applicationActor } from "../actors/application/actor.ts";
import { applierActor } from "../actors/applier/actor.ts";
import { archivistActor } from "../actors/archivist/actor.ts";
import { candidateActor } from "../actors/candidate/actor.ts";
import { catalogActor } from "../actors/catalog/actor.ts";
import { dispatcherActor } from "../actors/dispatcher/actor.ts";
import { employeeActor } from "../actors/employee/actor.ts";
import { lineTimes } from "../actors/employee/setup.ts";
import { incidentsActor } from "../actors/incidents/actor.ts";
import { matcherActor } from "../actors/matcher/actor.ts";
import type { Embedder } from "../actors/matcher/capabilities.ts";
import { portalActor } from "../actors/portal/actor.ts";
import { pulseActor } from "../actors/pulse/actor.ts";
import { kinds as allKinds, type Kind } from "../protocols/address.ts";
import { defaultQueueSettings, type QueueSettings } from "../protocols/queue-settings.ts";
import { subjects } from "../protocols/subjects.ts";
import { startActorNode } from "./actor-node.ts";
import { watchBoards } from "./board-file.ts";
import { lazilySimilarAnswers } from "./capabilities/application-form/similar-question.ts";
import { submitTask } from "./capabilities/application-form/submit-task.ts";
import { archiveTask } from "./capabilities/archive/archive-task.ts";
import { type BrowserPool, createBrowserPool } from "./capabilities/browser/browser-pool.ts";
import { createEmbedder } from "./capabilities/embeddings/embedder.ts";
import { createVectorStore } from "./capabilities/embeddings/vector-store.ts";
import { matchTask } from "./capabilities/match/match-task.ts";
import { politeLook } from "./capabilities/portal-http/polite-look.ts";
import { readSwitches } from "./capabilities/portal-http/switches.ts";
import { pulseTask } from "./capabilities/pulse/pulse-task.ts";
import { takeReviewTask } from "./capabilities/review-queue/take-review.ts";
import type { CallboardConfig } from "./config.ts";
import { connectNats } from "./connect-nats.ts";
import { serveFigures } from "./observe/figures.ts";
import { openLog } from "./observe/log.ts";
import { createNodeMetrics, type NodeMetrics } from "./observe/node-metrics.ts";
import { openTraces } from "./observe/traces.ts";
import { watchPresence } from "./presence-watch.ts";
import { type HostedKind, hostKind } from "./runtime/hosted-kind.ts";
import { ConfigProblem } from "./setting.ts";
import { openRawPostings } from "./storage/mongo/raw-postings.ts";
import { openPostgres } from "./storage/postgres/open-postgres.ts";
import { tree } from "./tree.ts";

/** What the kinds of one node share. Made when the first asks; ended with the node. */
class World {
  readonly config: CallboardConfig;
  readonly nc: NatsConnection;
  readonly metrics: NodeMetrics;
  readonly #endings: (() => Promise<void>)[] = [];
  #browser: BrowserPool | null = null;
  #embedder: Promise<Embedder> | null = null;

  constructor(config: CallboardConfig, nc: NatsConnection) {
    this.config = config;
    this.nc = nc;
    this.metrics = createNodeMetrics(config.nodeId);
  }

  /** One Chromium for all that need a page. */
  get browser(): BrowserPool {
    if (this.#browser === null) {
      const pool = createBrowserPool({ home: this.config.home });
      this.#browser = pool;
      this.atEnd(() => pool.close());
    }
    return this.#browser;
  }

  /** One encoder for the matcher and the forms' questions, with its vectors kept in PostgreSQL where there is one. */
  embedder(): Promise<Embedder> {
    this.#embedder ??= this.#startEmbedder();
    return this.#embedder;
  }

  async #startEmbedder(): Promise<Embedder> {
    const { postgresUrl } = this.config;
    const sql = postgresUrl === undefined ? null : openPostgres(postgresUrl, 2);
    if (sql !== null) this.atEnd(() => sql.end({ timeout: 5 }));
    const embedder = await createEmbedder(sql === null ? {} : { store: createVectorStore(sql) });
    this.atEnd(() => embedder.close());
    return embedder;
  }

  atEnd(ending: () => Promise<void>) {
    this.#endings.push(ending);
  }

  async end() {
    for (const ending of this.#endings.reverse()) await ending();
  }
}

/** The numbers of a review queue until a manager sets others. */
const queueSettingsOf = ({
  reviewMinMs,
  reviewMaxMs,
  warnBeforeMs,
  receiptGraceMs,
  ackWithinMs,
}: CallboardConfig): QueueSettings => ({
  ...defaultQueueSettings,
  terms: {
    ...defaultQueueSettings.terms,
    ...{ reviewMinMs, reviewMaxMs, warnBeforeMs, receiptGraceMs, ackWithinMs },
    lastWarnMs: Math.min(defaultQueueSettings.terms.lastWarnMs, Math.floor(warnBeforeMs / 5)),
  },
});

const hosts: Readonly<Record<Kind, (world: World) => HostedKind | Promise<HostedKind>>> = {
  portal: ({ config, browser }) =>
    hostKind(portalActor(), tree.portal, {
      discover: politeLook({ browser, switches: readSwitches(config) }),
    }),
  catalog: () => hostKind(catalogActor, tree.catalog),
  matcher: async (world) =>
    hostKind(matcherActor, tree.matcher, {
      match: matchTask({
        nc: world.nc,
        embedder: await world.embedder(),
        threshold: world.config.approvalThreshold,
      }),
    }),
  candidate: () => hostKind(candidateActor, tree.candidate),
  application: ({ config }) =>
    hostKind(
      applicationActor({ threshold: config.approvalThreshold, ...queueSettingsOf(config).terms }),
      tree.application,
    ),
  dispatcher: (world) =>
    hostKind(dispatcherActor(queueSettingsOf(world.config)), tree.dispatcher, {
      takeReview: takeReviewTask({ nc: world.nc, waited: (ms) => world.metrics.dispatched(ms) }),
    }),
  employee: ({ config }) => hostKind(employeeActor(lineTimes(config.presenceGraceMs)), tree.employee),
  incidents: () => hostKind(incidentsActor, tree.incidents),
  applier: (world) =>
    hostKind(applierActor(applying(world.config)), tree.applier, {
      submitApplication: submitTask({
        nc: world.nc,
        browser: world.browser,
        node: world.config.nodeId,
        similar: (company) => lazilySimilarAnswers(() => world.embedder(), company),
      }),
    }),
  archivist: (world) => {
    const { postgresUrl, mongoUrl } = world.config;
    if (postgresUrl === undefined)
      throw new ConfigProblem("CALLBOARD_POSTGRES_URL is not set: a node that hosts the archivist needs it.");
    const sql = openPostgres(postgresUrl, 4);
    world.atEnd(() => sql.end({ timeout: 5 }));
    const raw = mongoUrl === undefined ? null : openRawPostings(mongoUrl);
    if (raw !== null) world.atEnd(() => raw.close());
    return hostKind(archivistActor(), tree.archivist, {
      archiveNext: archiveTask({ nc: world.nc, sql, raw }),
    });
  },
  pulse: ({ nc }) => hostKind(pulseActor, tree.pulse, { readFacts: pulseTask({ nc }) }),
};

/** The demo portal is the one place where forms are sent without a manager having said so. */
const applying = ({ applyDailyLimit, applyEveryMs, demoPortal, demoPortalPort }: CallboardConfig) => ({
  dailyLimit: applyDailyLimit,
  everyMs: applyEveryMs,
  liveAt: demoPortal === "on" ? [`http://127.0.0.1:${demoPortalPort}/`] : [],
});

/** @throws ConfigProblem if CALLBOARD_KINDS names no kind of ours. */
function kindsToHost({ kinds }: CallboardConfig): readonly Kind[] {
  if (kinds === undefined || kinds.length === 0) return allKinds;
  const unknown = kinds.filter((name) => !allKinds.some((kind) => kind === name));
  if (unknown.length > 0)
    throw new ConfigProblem(
      `CALLBOARD_KINDS names ${unknown.join(", ")}; the kinds are ${allKinds.join(", ")}.`,
    );
  return allKinds.filter((kind) => kinds.includes(kind));
}

/** Starts one node; resolves when it has taken over its share of the partitions. */
export async function runNode(config: CallboardConfig): Promise<{ stop(): Promise<void> }> {
  const log = openLog({ ...config, role: "node" });
  const nc = await connectNats(config, "actors", `node ${config.nodeId}`);
  const world = new World(config, nc);
  const traces = config.otlpUrl === undefined ? null : await openTraces(config.otlpUrl, config.nodeId);
  if (traces !== null) world.atEnd(() => traces.close());
  const kinds = await Promise.all(kindsToHost(config).map((kind) => hosts[kind](world)));
  const node = await startActorNode({
    nc,
    observers: [world.metrics, ...(traces === null ? [] : [traces])],
    nodeId: config.nodeId,
    kinds,
    replicas: Number(config.natsReplicas),
    // Whatever the runtime has to say is about something that went wrong, or was mended.
    log: (text, about) => log(text, { level: "warn", ...about }),
    idleMs: config.passivateAfterMs,
    mostResident: config.residentActors,
  });
  if (kinds.some(({ definition }) => definition.kind === "employee")) {
    const watch = await watchPresence(nc, { graceMs: config.presenceGraceMs });
    world.atEnd(() => watch.stop());
  }
  world.metrics.watch(node.host);
  await serveFigures(nc, {
    name: "callboard-node",
    description: "Hosts actors and shares them with the other nodes.",
    metadata: { node: config.nodeId, kinds: kinds.map(({ definition }) => definition.kind).join(",") },
    registry: world.metrics.registry,
    summary: () => world.metrics.summary(),
  });
  if (kinds.some(({ definition }) => definition.kind === "portal"))
    await watchBoards(nc, config.home, config.portalPollMs);
  // The readers of EVENTS are told once; they go on by themselves from the position that they hold.
  for (const reader of ["archivist.main", "pulse.main"])
    await jetstream(nc).publish(subjects.mailbox(reader), JSON.stringify({ type: "Start" }));
  log(`hosts ${kinds.map(({ definition }) => definition.kind).join(", ")}`);
  return {
    stop: async () => {
      log("hands its partitions over and ends");
      await node.stop();
      await world.end();
      await nc.close();
    },
  };
}
