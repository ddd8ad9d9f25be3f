/** The routes of the review queue: what its dispatcher says, joined with what the read model knows of those that wait. */
import { Schema } from "effect";
import { addressOf } from "../protocols/address.ts";
import type { QueueRow, queueRoutes } from "../protocols/api/queues.ts";
import { RosterReply } from "../protocols/dispatcher.ts";
import { levelAfter, settingsProblems } from "../protocols/queue-settings.ts";
import type { EdgeLink } from "../supervisors/edge-link.ts";
import type { Database } from "../supervisors/storage/postgres/open-postgres.ts";
import { commandActor } from "./command.ts";
import type { EdgeContext } from "./context.ts";
import type { Handlers } from "./handlers.ts";
import { employeeAskedFor } from "./person-asked-for.ts";
import { notFound, Refusal } from "./problem.ts";
import { cursorAfter, inLine, placeIn } from "./queue-line.ts";

/** An installation has one review queue; its dispatcher and its incidents bear its name. */
export const mainQueue = "main";

const decodeRoster = Schema.decodeUnknownSync(RosterReply);
const done = { ok: true } as const;
const usualPage = 50;

export const rosterOf = async (link: Pick<EdgeLink, "ask">, queue: string): Promise<RosterReply> =>
  decodeRoster(await link.ask(addressOf("dispatcher", queue), { type: "Roster" }, { onlyReads: true }));

interface Waiting {
  readonly application: string;
  readonly title: string;
  readonly company: string;
  readonly status: "waiting" | "escalated";
  readonly score: number;
  readonly priority: number;
  readonly reason: string;
  readonly requested_at: Date | null;
  readonly updated_at: Date;
  readonly misses: number;
  readonly last_missed_by: string | null;
}

const minutes = (ms: number) => `${Math.max(1, Math.ceil(ms / 60_000))} min`;

/** What happens next to one that waits. @param place its place among those that wait, from 0 */
function nextActionOf(
  row: Pick<QueueRow, "status" | "excluded" | "level" | "requestedAt">,
  place: number,
  { free, freeCount, paused, settings }: RosterReply,
  now: number,
): string {
  if (row.status === "escalated") return "Needs you: give it to somebody, put it back, or drop it.";
  if (paused !== null) return `Dispatch is paused by ${paused.by}: ${paused.reason}`;
  const aging = settings.agingEveryMs - ((now - row.requestedAt) % settings.agingEveryMs);
  if (freeCount === 0)
    return `Waits for a free reviewer, ${place === 0 ? "next in line" : `${place + 1}. in line`}; rises a level in ${minutes(aging)}.`;
  if (row.excluded !== null && freeCount === 1 && free[0]?.employee === row.excluded)
    return `Only ${row.excluded} is free, who has just missed it: theirs after all in ${minutes(settings.waiveExclusionAfterMs)}.`;
  return "Goes to the next free reviewer now.";
}

const waitingRows = (sql: Database) => sql<Waiting[]>`
  select a.id as application, a.title, a.company, a.status, a.score, coalesce(a.priority, 1) as priority, a.reason,
      a.first_requested_at as requested_at, a.updated_at,
      (select count(*)::int from review r where r.application = a.id and r.outcome = 'missed') as misses,
      (select r.employee from review r where r.application = a.id and r.outcome in ('missed', 'returned')
         order by r.assignment desc limit 1) as last_missed_by
    from application a where a.status in ('waiting', 'escalated')
    order by a.priority, a.first_requested_at limit 5000`;

/** How many wait, and the oldest of them. */
const waitingFigures = async (sql: Database) => {
  const [figures] = await sql<{ waiting: number; escalated: number; oldest: Date | null }[]>`
    select count(*) filter (where status = 'waiting')::int as waiting,
        count(*) filter (where status = 'escalated')::int as escalated,
        min(coalesce(first_requested_at, updated_at)) filter (where status = 'waiting') as oldest
      from application where status in ('waiting', 'escalated')`;
  return figures ?? { waiting: 0, escalated: 0, oldest: null };
};

export const queueHandlers = ({
  sql,
  link,
  reviews,
  people,
}: Pick<EdgeContext, "sql" | "link" | "reviews" | "people">): Pick<Handlers, keyof typeof queueRoutes> => {
  const roster = (queue: string) => {
    if (queue !== mainQueue) throw notFound("such queue");
    return rosterOf(link, queue);
  };
  const rowsOf = async (queue: string): Promise<{ rows: QueueRow[]; state: RosterReply; now: number }> => {
    const [state, waiting] = await Promise.all([roster(queue), waitingRows(sql)]);
    const now = Date.now();
    const inWindow = new Map(state.window.map((review) => [review.application, review]));
    const rows = waiting.map((row): QueueRow => {
      const known = inWindow.get(row.application);
      const requestedAt = known?.requestedAt ?? (row.requested_at ?? row.updated_at).getTime();
      const priority = known?.priority ?? row.priority;
      return {
        application: row.application,
        title: row.title,
        company: row.company,
        status: row.status,
        score: row.score,
        priority,
        level: levelAfter(priority, now - requestedAt, state.settings.agingEveryMs),
        requestedAt,
        misses: row.misses,
        excluded: known === undefined ? row.last_missed_by : known.exclude,
        reason: row.reason,
        nextAction: "",
      };
    });
    let place = 0;
    return {
      state,
      now,
      rows: inLine(rows, { at: now, agingEveryMs: state.settings.agingEveryMs }).map((row) => ({
        ...row,
        nextAction: nextActionOf(row, row.status === "escalated" ? 0 : place++, state, now),
      })),
    };
  };
  const managed = async (application: string, message: { readonly type: string }): Promise<typeof done> => {
    await reviews.describe(application);
    await reviews.command(application, message);
    return done;
  };
  const command = <T extends object>(type: string, by: string, fields: T) =>
    ({ type, by, ...fields }) as unknown as { readonly type: string };

  return {
    queue: async ({ params: { queue } }) => {
      const [state, { waiting, escalated, oldest }] = await Promise.all([roster(queue), waitingFigures(sql)]);
      return {
        queue,
        waiting,
        escalated,
        live: state.liveCount,
        free: state.free.map(({ employee }) => employee),
        oldestAt: oldest?.getTime() ?? null,
        nobodyEligible: waiting > 0 && state.freeCount === 0 && state.liveCount === 0,
        paused: state.paused,
        settings: state.settings,
        version: state.version,
      };
    },
    queued: async ({ params: { queue }, query: { limit = usualPage, cursor } }) => {
      const after = cursor === undefined ? undefined : placeIn(cursor);
      const { rows, state, now } = await rowsOf(queue);
      const order = { at: after?.at ?? now, agingEveryMs: state.settings.agingEveryMs };
      const left = inLine(rows, order, after);
      const items = left.slice(0, limit);
      const last = items.at(-1);
      return { items, next: last === undefined || left.length <= limit ? null : cursorAfter(last, order) };
    },
    changeQueue: async ({ me, params: { queue }, body: { settings, version, reason } }) => {
      await roster(queue);
      const [problem] = settingsProblems(settings);
      if (problem !== undefined) throw new Refusal(400, "SettingsDontFit", problem);
      const message = command("ChangeSettings", me.id, { settings, version, reason });
      await commandActor(link, addressOf("dispatcher", queue), message);
      return done;
    },
    pauseQueue: async ({ me, params: { queue }, body }) => {
      await roster(queue);
      await commandActor(link, addressOf("dispatcher", queue), command("PauseDispatch", me.id, body));
      return done;
    },
    takeBack: ({ me, params, body }) => managed(params.application, command("TakeBack", me.id, body)),
    giveTime: ({ me, params, body: { minutes, reason } }) =>
      managed(params.application, command("GiveTime", me.id, { ms: minutes * 60_000, reason })),
    giveTo: async ({ me, params, body: { employee, reason } }) => {
      const to = await employeeAskedFor(sql, me, employee);
      const [{ settings }, { profile }] = await Promise.all([roster(mainQueue), people.standing(to)]);
      const numbers = { terms: settings.terms, policy: settings.strikes, timeFactor: profile.timeFactor };
      return await managed(
        params.application,
        command("GiveTo", me.id, { employee: to, reason, ...numbers }),
      );
    },
    setPriority: ({ me, params, body }) => managed(params.application, command("SetPriority", me.id, body)),
    requeue: ({ me, params, body }) => managed(params.application, command("Requeue", me.id, body)),
    dropReview: ({ me, params, body }) => managed(params.application, command("DropReview", me.id, body)),
  };
};
