/** The routes of incidents. There is one review queue in an installation; its name is the incidents actor's. */
import { randomUUID } from "node:crypto";
import { Schema } from "effect";
import { addressOf } from "../protocols/address.ts";
import type { incidentRoutes } from "../protocols/api/incidents.ts";
import { IncidentsReply } from "../protocols/incident.ts";
import { commandActor } from "./command.ts";
import type { EdgeContext } from "./context.ts";
import type { Handlers } from "./handlers.ts";
import { Refusal } from "./problem.ts";
import { mainQueue, rosterOf } from "./queues.ts";

const address = addressOf("incidents", mainQueue);
const decode = Schema.decodeUnknownSync(IncidentsReply);
/** Longer ago than the misses are remembered one by one. */
const furthestBackMs = 30 * 24 * 3_600_000;

const requireRange = ({ from, to }: { readonly from: number; readonly to: number | null }): void => {
  const now = Date.now();
  if (from > now || (to ?? now) < from || (to ?? 0) > now + 60_000)
    throw new Refusal(
      400,
      "BadRange",
      "An incident begins before it ends, and not in the future: change the times.",
    );
  if (now - from > furthestBackMs)
    throw new Refusal(
      400,
      "BadRange",
      "An incident of more than 30 days ago: decide its strikes one by one.",
    );
};

export const incidentHandlers = ({
  link,
  people,
}: Pick<EdgeContext, "link" | "people">): Pick<Handlers, keyof typeof incidentRoutes> => {
  const list = async (range: { from?: number; to?: number } = {}) =>
    decode(await link.ask(address, { type: "ListIncidents", ...range } as { type: string }));
  return {
    incidents: async () => ({ items: (await list()).incidents }),
    previewIncident: async ({ body: { from, to } }) => {
      requireRange({ from, to });
      const [{ touched }, { liveCount }] = await Promise.all([
        list({ from, ...(to === null ? {} : { to }) }),
        rosterOf(link, mainQueue),
      ]);
      const struck = touched.filter((miss) => miss.struck);
      const unlocks = await Promise.all(
        [...new Set(struck.map(({ employee }) => employee))].map(async (employee) => {
          const { status, strikes, lockAtStrike } = await people.standing(employee);
          const theirs = struck.filter((miss) => miss.employee === employee).length;
          return status === "locked" && strikes - theirs < lockAtStrike ? [employee] : [];
        }),
      );
      return { voids: struck.length, unlocks: unlocks.flat(), live: liveCount };
    },
    declareIncident: async ({ me, body: { from, to, reason } }) => {
      requireRange({ from, to });
      const incident = `declared-${randomUUID()}`;
      await commandActor(link, address, {
        type: "DeclareIncident",
        ...{ incident, from, to, reason, by: me.id },
      } as { type: string });
      return { incident };
    },
    closeIncident: async ({ me, params: { incident } }) => {
      await commandActor(link, address, { type: "CloseIncident", incident, by: me.id } as { type: string });
      return { ok: true } as const;
    },
  };
};
