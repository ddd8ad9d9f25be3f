/** Where a reviewer stands in line, as the dispatcher's own roster has it, in the order in which they come next. */
import { Schema } from "effect";
import { addressOf } from "../protocols/address.ts";
import type { Line } from "../protocols/api/desk.ts";
import { RosterReply } from "../protocols/dispatcher.ts";
import type { EdgeLink } from "../supervisors/edge-link.ts";
import type { Database } from "../supervisors/storage/postgres/open-postgres.ts";

const decodeRoster = Schema.decodeUnknownSync(RosterReply);
/** The one queue that employees are in until they are given another. */
const queue = "main";

export async function lineFor(employee: string, link: Pick<EdgeLink, "ask">, sql: Database): Promise<Line> {
  const { free } = decodeRoster(await link.ask(addressOf("dispatcher", queue), { type: "Roster" }));
  const place = free.findIndex((one) => one.employee === employee);
  return {
    position: place < 0 ? null : place + 1,
    free: free.length,
    typicalWaitMs: await typicalWait(sql),
  };
}

/** Longer gaps are breaks, not waits. */
async function typicalWait(sql: Database): Promise<number | null> {
  const [row] = await sql<{ ms: number | null }[]>`
    select percentile_cont(0.5) within group (order by gap) as ms from (
      select extract(epoch from assigned_at - lag(ended_at) over (partition by employee order by assigned_at)) * 1000 as gap
      from review where assigned_at > now() - interval '6 hours'
    ) gaps where gap between 0 and 1800000`;
  return row?.ms ?? null;
}
