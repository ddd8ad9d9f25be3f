/** What ops looks at: subsystems, actors, breakers and the deadlines ahead. Reading only. */
import { Schema } from "effect";
import { decodeToken, parseAddress } from "../../protocols/address.ts";
import type { TimersView } from "../../protocols/api/ops.ts";
import { ActorDetail, ActorLines, KindCount } from "../../protocols/inspection.ts";
import { defaultQueueSettings } from "../../protocols/queue-settings.ts";
import type { EdgeLink } from "../../supervisors/edge-link.ts";
import type { Database } from "../../supervisors/storage/postgres/open-postgres.ts";
import { deskQuestions } from "../dead-letters.ts";
import type { Handlers } from "../handlers.ts";
import { mainQueue, rosterOf } from "../queues.ts";
import { breakerList } from "./breakers.ts";
import { figureSamples } from "./figure-samples.ts";
import { createSubsystems } from "./subsystems.ts";

type Names = "system" | "actorKinds" | "actors" | "actor" | "breakers" | "timers";

export interface Ops {
  readonly handlers: Pick<Handlers, Names>;
  close(): void;
}

interface Parts {
  readonly link: EdgeLink;
  readonly sql: Database;
  readonly log: (line: string) => void;
}

const KindCounts = Schema.Struct({ items: Schema.Array(KindCount) });
const defaultLimit = 50;
const minutesAhead = 30;

export function createOps({ link, sql, log }: Parts): Ops {
  const samples = figureSamples(() => link.readFigures(), log);
  const subsystems = createSubsystems(samples);
  const ask = deskQuestions(link);
  return {
    close: () => samples.close(),
    handlers: {
      system: async () => {
        await samples.watched();
        const nodes = await link.nodes();
        return {
          items: subsystems(),
          nodes: nodes.map(({ startedAt, kinds }) => ({ startedAt, kinds })),
          measuredAt: samples.at,
        };
      },
      actorKinds: async () => {
        const [{ items }] = await Promise.all([ask(KindCounts, { type: "CountKinds" }), samples.watched()]);
        return {
          items: items.map((row) => {
            const labels = { kind: row.kind };
            return {
              ...row,
              resident: samples.now("callboard_resident_actors", labels),
              perSecond: samples.rate("callboard_messages_total", labels),
              failures: samples.grown("callboard_turn_failures_total", labels),
              series: samples.series("callboard_messages_total", labels, 40),
            };
          }),
        };
      },
      actors: ({ params: { kind }, query: { find, limit } }) =>
        ask(ActorLines, {
          type: "ListActors",
          kind: kind === "any" ? undefined : kind,
          find,
          limit: limit ?? defaultLimit,
        }),
      actor: async ({ params: { address } }) => {
        const actor = await ask(ActorDetail, { type: "ShowActor", address });
        return { actor, said: await saidBy(sql, address) };
      },
      breakers: async () => ({ items: await breakerList(link, sql), serverNow: Date.now() }),
      timers: async () => {
        const [{ items }] = await Promise.all([ask(KindCounts, { type: "CountKinds" }), samples.watched()]);
        const lateness = "callboard_timer_lateness_seconds";
        const p99 = samples.quantile(lateness, 0.99, {}, true);
        const { below, all } = samples.below(lateness, 0.25);
        return {
          pending: items.reduce((sum, { timers }) => sum + timers, 0),
          driftP99Ms: p99 === null ? null : Math.round(p99 * 1_000),
          fired: all,
          late: all - below,
          ...(await endsAhead(sql, await warnBeforeMs(link))),
          serverNow: Date.now(),
        };
      },
    },
  };
}

/** Bounds what is looked through for an actor that others are not about, such as a dispatcher. */
const mostLookedThrough = 20_000;

async function saidBy(sql: Database, address: string) {
  const { id } = parseAddress(address);
  const rows = await sql<{ seq: string; at: Date; type: string; about: string }[]>`
    select seq, at, type, about from (
      (select seq, at, type, about, actor from fact where about = ${decodeToken(id)} order by seq desc limit 200)
      union
      (select seq, at, type, about, actor from fact order by seq desc limit ${mostLookedThrough})
    ) newest where actor = ${address} order by seq desc limit 40`;
  return rows.map(({ seq, at, ...line }) => ({ seq: Number(seq), at: at.getTime(), ...line }));
}

/** What the queue says; the usual number while it can't be asked. */
const warnBeforeMs = (link: EdgeLink): Promise<number> =>
  rosterOf(link, mainQueue).then(
    ({ settings }) => settings.terms.warnBeforeMs,
    () => defaultQueueSettings.terms.warnBeforeMs,
  );

/** Halfway through a review that is shorter than twice the warning. */
async function endsAhead(
  sql: Database,
  warnBefore: number,
): Promise<Pick<TimersView, "ends" | "warnings" | "overdue">> {
  const open = await sql<{ assignedAt: Date; deadlineAt: Date; warnedAt: Date | null }[]>`
    select assigned_at as "assignedAt", deadline_at as "deadlineAt", warned_at as "warnedAt"
    from review where ended_at is null and deadline_at > now() - interval '1 day'`;
  const now = Date.now();
  const perMinute = (times: readonly number[]) => {
    const counts = new Array<number>(minutesAhead).fill(0);
    for (const at of times) {
      const minute = Math.floor((at - now) / 60_000);
      if (minute >= 0 && minute < minutesAhead) counts[minute] = (counts[minute] ?? 0) + 1;
    }
    return counts;
  };
  return {
    ends: perMinute(open.map(({ deadlineAt }) => deadlineAt.getTime())),
    warnings: perMinute(
      open
        .filter(({ warnedAt }) => warnedAt === null)
        .map(({ assignedAt, deadlineAt }) => {
          const whole = deadlineAt.getTime() - assignedAt.getTime();
          return deadlineAt.getTime() - Math.min(warnBefore, whole / 2);
        }),
    ),
    overdue: open.filter(({ deadlineAt }) => deadlineAt.getTime() < now).length,
  };
}
