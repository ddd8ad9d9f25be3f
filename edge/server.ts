/** One edge: the composition root. Dashboard, HTTP and WebSocket on one port; decodes, authorises, translates. */

import uWebSockets from "uWebSockets.js";
import { join } from "node:path";
import { Redacted, Schema } from "effect";
import type { CallboardConfig } from "../supervisors/config.ts";
import { openEdgeLink } from "../supervisors/edge-link.ts";
import { openLog } from "../supervisors/observe/log.ts";
import { repoRoot } from "../supervisors/repo-root.ts";
import { ConfigProblem } from "../supervisors/setting.ts";
import { migrate, openPostgres } from "../supervisors/storage/postgres/open-postgres.ts";
import { employeeAccounts } from "./accounts.ts";
import { auditIn } from "./audit.ts";
import { createBoard } from "./board.ts";
import { createBoards } from "./boards.ts";
import type { EdgeContext } from "./context.ts";
import { ensureFirstAccounts } from "./demo-accounts.ts";
import { httpSide } from "./http.ts";
import { idempotencyIn } from "./idempotency.ts";
import { openJournal } from "./journal.ts";
import { createEdgeMetrics, serveMetricsPage } from "./metrics.ts";
import { createOps } from "./ops/ops.ts";
import { originCheck } from "./origin.ts";
import { nobody } from "./password.ts";
import { createPeople, type People } from "./people.ts";
import { eventPage } from "./queries.ts";
import { createRescorer } from "./rescore.ts";
import { createReviews } from "./reviews.ts";
import { sessionsIn } from "./sessions.ts";
import { socketSide } from "./socket/connection.ts";
import { createHub } from "./socket/hub.ts";
import { staticFiles } from "./static-files.ts";
import { loginThrottle } from "./throttle.ts";
import { createUnanswered, Tried } from "./unanswered.ts";

export interface RunningEdge {
  readonly port: number;
  /** Unique for this run. */
  readonly edgeId: string;
  stop(): Promise<void>;
}

export interface EdgeOptions {
  /** Where the built dashboard is. Default `dist/dashboard`. */
  readonly dashboard?: string;
  readonly log?: (line: string) => void;
}

/** Resolves when it listens. What it needs by then: NATS with its streams, and Postgres. */
export async function runEdge(config: CallboardConfig, options: EdgeOptions = {}): Promise<RunningEdge> {
  const log = options.log ?? openLog({ ...config, role: "edge" });
  const { postgresUrl, cookieSecret } = config;
  if (postgresUrl === undefined)
    throw new ConfigProblem("CALLBOARD_POSTGRES_URL is not set: an edge needs it.");
  if (cookieSecret === undefined)
    throw new ConfigProblem("CALLBOARD_COOKIE_SECRET is not set: an edge signs its sessions with it.");
  const endings: (() => unknown)[] = [];
  const stop = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    const sql = openPostgres(postgresUrl);
    endings.push(() => sql.end({ timeout: 2 }));
    await migrate(sql);
    await ensureFirstAccounts(sql, config, log);
    await nobody();
    const link = await openEdgeLink(config, log);
    endings.push(() => link.close());

    const hub = createHub();
    const people: People = createPeople({
      link,
      graceMs: config.presenceGraceMs,
      changed: (employee, state) => hub.publish("me", `me.${employee}`, state),
      concerned: (employee) => board.concerned(employee),
      log,
    });
    endings.push(() => people.close());
    const board = createBoard({
      ...{ link, hub, people, log },
      accounts: () => employeeAccounts(sql),
      earlier: async (before) => {
        const cursor = before === null ? undefined : String(before);
        return (await eventPage(sql, { limit: 200, cursor })).items;
      },
    });
    endings.push(() => board.close());
    link.onFact((fact) => {
      board.heard(fact);
      if (fact.fact !== null) people.heard(fact.fact);
    });
    link.onLine((isUp) => {
      if (!isUp) return;
      people.refreshAll();
      board.refresh().catch((error) => log(`the figures can't be read: ${error}`));
    });
    await board.refresh();

    const reviews = createReviews(link, people, sql);
    const inHand = join(config.home, `tried-${config.port}.jsonl`);
    const unanswered = createUnanswered(
      link,
      openJournal(inHand, Schema.decodeUnknownOption(Tried), log),
      log,
    );
    endings.push(() => unanswered.close());
    const rescorer = createRescorer(reviews, sql, log);
    endings.push(() => rescorer.close());
    const ops = createOps({ link, sql, log });
    endings.push(async () => ops.close());
    const sessions = sessionsIn({
      sql,
      secret: Redacted.value(cookieSecret),
      secure: config.publicUrl.startsWith("https:"),
      announce: (keys) => link.sayToEdges({ type: "SessionsEnded", keys }),
      ended: (keys) => sockets.endSessions(keys),
    });
    link.onEdgeWord(({ keys }) => sessions.heardEnded(keys));
    const app = uWebSockets.App();
    const metrics = createEdgeMetrics(link, () => sockets.sessions());
    endings.push(() => void app.close());
    const context: EdgeContext = {
      config,
      sql,
      link,
      hub,
      people,
      board,
      log,
      metrics,
      sessions,
      throttle: loginThrottle(sql),
      audit: auditIn(sql, log),
      once: idempotencyIn(sql, log),
      boards: createBoards(link, config),
      reviews,
      unanswered,
      rescorer,
      ops,
      files: staticFiles(options.dashboard ?? join(repoRoot, "dist", "dashboard")),
      mayComeFrom: originCheck(config.publicUrl, config.port),
    };
    const sockets = socketSide(app, context);
    endings.push(() => sockets.close());
    const http = httpSide(context);
    serveMetricsPage(app, config.metricsToken, () => link.gatherFigures(), log);
    app.any("/*", (res, req) => http.handle(res, req));
    const port = await listen(app, config.host, config.port);
    await link.serveFigures(metrics.registry, () => Object.fromEntries(sockets.sessions()));
    return { port, edgeId: link.edgeId, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const listen = (app: ReturnType<typeof uWebSockets.App>, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    app.listen(host, port, (socket) => {
      if (socket === false)
        reject(
          new Error(
            `Port ${port} on ${host} is taken by another program: stop that program, or set CALLBOARD_PORT to another port.`,
          ),
        );
      else resolve(uWebSockets.us_socket_local_port(socket));
    });
  });
