/** The routes of misses, appeals and decisions: the employee's own actor decides, and remembers. */
import { Schema } from "effect";
import { addressOf } from "../protocols/address.ts";
import type { Me } from "../protocols/api/route.ts";
import type { StrikeRow, strikeRoutes } from "../protocols/api/strikes.ts";
import { LedgerReply } from "../protocols/employee.ts";
import { StrikeEntry } from "../protocols/strike.ts";
import type { EdgeContext } from "./context.ts";
import type { Handlers } from "./handlers.ts";
import { employeeAskedFor } from "./person-asked-for.ts";
import { positionOf } from "./queries.ts";

const done = { ok: true } as const;
const decodeLedger = Schema.decodeUnknownSync(LedgerReply);
const decodeEntry = Schema.decodeUnknownOption(StrikeEntry);
const usualPage = 50;

export const strikeHandlers = ({
  sql,
  link,
  people,
}: Pick<EdgeContext, "sql" | "link" | "people">): Pick<Handlers, keyof typeof strikeRoutes> => {
  const whom = (me: Me, employee: string) => employeeAskedFor(sql, me, employee);
  return {
    ledger: async ({ me, params }) =>
      decodeLedger(
        await link.ask(addressOf("employee", await whom(me, params.employee)), { type: "Ledger" }),
      ),
    appeal: async ({ me, params, body }) => {
      const message = { type: "AppealStrike", ...body } as { type: string };
      await people.tell(await whom(me, params.employee), message);
      return done;
    },
    decideStrike: async ({ me, params, body }) => {
      const command = { type: "DecideStrike", ...body, by: me.id } as { type: string };
      await people.tell(await whom(me, params.employee), command);
      return done;
    },
    strikes: async ({ query: { show = "needs-you", employee, limit = usualPage, cursor } }) => {
      const needsYou = show === "needs-you";
      const from = positionOf(cursor);
      const rows = await sql<
        { begun: string; employee: string; name: string; locked: boolean; entry: unknown }[]
      >`
        select m.begun, m.employee, coalesce(a.name, m.employee) as name, m.entry,
            exists (select 1 from locked_account l where l.employee = m.employee) as locked
          from miss m left join account a on a.id = m.employee
          where true
            ${employee === undefined ? sql`` : sql`and m.employee = ${employee}`}
            ${
              needsYou
                ? sql`and (m.state = 'appealed' or (m.state in ('issued', 'upheld') and m.count >= 4
                    and exists (select 1 from locked_account l where l.employee = m.employee)))`
                : sql``
            }
            ${from === undefined ? sql`` : needsYou ? sql`and m.begun > ${from}` : sql`and m.begun < ${from}`}
          order by m.begun ${needsYou ? sql`asc` : sql`desc`} limit ${limit + 1}`;
      const items = rows.slice(0, limit).flatMap((row): StrikeRow[] => {
        const entry = decodeEntry(row.entry);
        return entry._tag === "Some"
          ? [{ employee: row.employee, name: row.name, locked: row.locked, entry: entry.value }]
          : [];
      });
      return { items, next: rows.length > limit ? String(rows[limit - 1]?.begun) : null };
    },
  };
};
