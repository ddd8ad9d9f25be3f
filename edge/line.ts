/** Where a reviewer stands in line, as the dispatcher itself says it. */
import { Schema } from "effect";
import { addressOf } from "../protocols/address.ts";
import type { Line } from "../protocols/api/desk.ts";
import { PlaceReply } from "../protocols/dispatcher.ts";
import type { EdgeLink } from "../supervisors/edge-link.ts";
import type { Database } from "../supervisors/storage/postgres/open-postgres.ts";
import { mainQueue } from "./queues.ts";

const decodePlace = Schema.decodeUnknownSync(PlaceReply);

export async function lineFor(employee: string, link: Pick<EdgeLink, "ask">, sql: Database): Promise<Line> {
  const question = { type: "PlaceInLine", employee };
  const [answer, typicalWaitMs] = await Promise.all([
    link.ask(addressOf("dispatcher", mainQueue), question, { onlyReads: true }),
    typicalWait(sql),
  ]);
  const { position, free } = decodePlace(answer);
  return { position, free, typicalWaitMs };
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
