/** The breaker of each board as its actor last said it, what it went through lately, and the bot that applies there. */
import { Schema } from "effect";
import { addressOf } from "../../protocols/address.ts";
import type { Breaker } from "../../protocols/api/ops.ts";
import { ApplierReply } from "../../protocols/applier.ts";
import type { EdgeLink } from "../../supervisors/edge-link.ts";
import type { Database } from "../../supervisors/storage/postgres/open-postgres.ts";

const decodeApplier = Schema.decodeUnknownSync(ApplierReply);

/** What a fact of a portal says about its breaker. */
const states = {
  PortalBlocked: "open",
  PortalChanged: "open",
  PortalProbed: "half-open",
  PortalRecovered: "closed",
  BoardSwitchedOff: "off",
  BoardSwitchedOn: "closed",
  PortalNotAllowed: "not-allowed",
} as const;

/** An applier that does not answer at once is shown without its word. */
const patienceMs = 1_500;
const most = 200;
const atOnce = 25;

/** Who needs a look first: open, half-open, then the rest by name. */
const rank = { open: 0, "half-open": 1, "not-allowed": 2, off: 2, closed: 3, removed: 4 } as const;

export async function breakerList(link: EdgeLink, sql: Database): Promise<Breaker[]> {
  const standings = (await link.boards())
    .filter(({ state }) => state !== "removed")
    .sort((a, b) => rank[a.state] - rank[b.state] || a.board.company.localeCompare(b.board.company))
    .slice(0, most);
  const history = await sql<{ portal: string; type: keyof typeof states; at: Date }[]>`
    select about as portal, type, at from fact
    where about in ${sql(["", ...standings.map(({ board }) => board.portal)])} and type in ${sql(Object.keys(states))}
      and at > now() - interval '6 hours' order by seq limit 5000`;
  const rows: Breaker[] = [];
  for (let i = 0; i < standings.length; i += atOnce)
    rows.push(
      ...(await Promise.all(
        standings.slice(i, i + atOnce).map(async (standing) => ({
          standing,
          history: history
            .filter(({ portal }) => portal === standing.board.portal)
            .map(({ type, at }) => ({ at: at.getTime(), state: states[type] })),
          applier: await applierAt(link, standing.board.portal),
        })),
      )),
    );
  return rows;
}

async function applierAt(link: EdgeLink, portal: string): Promise<Breaker["applier"]> {
  try {
    const reply = await link.ask(
      addressOf("applier", portal),
      { type: "Describe" },
      { timeoutMs: patienceMs, onlyReads: true },
    );
    const { mode, waiting, trouble } = decodeApplier(reply);
    return { mode, waiting, trouble };
  } catch {
    return null; // Its row says so; the breaker of the board is another thing.
  }
}
