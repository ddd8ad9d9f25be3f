/** The routes of history. */
import type { historyRoutes } from "../../protocols/api/history.ts";
import type { Me } from "../../protocols/api/route.ts";
import type { EdgeContext } from "../context.ts";
import type { Handlers } from "../handlers.ts";
import { notFound } from "../problem.ts";
import { csvFile } from "./csv.ts";
import { kpiCsv } from "./kpi-csv.ts";
import { kpiSeries } from "./kpi-series.ts";
import { liveHistory } from "./live-history.ts";
import { personDay } from "./person-day.ts";
import { requireRange } from "./time-range.ts";
import { figuresOfPeople, workCsv, workPage } from "./work-history.ts";

export const historyHandlers = ({
  sql,
}: Pick<EdgeContext, "sql">): Pick<Handlers, keyof typeof historyRoutes> => {
  /** An employee asks about themselves, by id or as `me`; a colleague looks to them as if there were none. */
  const whom = async (me: Me, employee: string): Promise<{ id: string; name: string }> => {
    const id = employee === "me" ? me.id : employee;
    if (me.role === "employee" && id !== me.id) throw notFound("such employee");
    const [known] = await sql<{ name: string }[]>`select name from account where id = ${id}`;
    if (known === undefined) throw notFound("such employee");
    return { id, name: known.name };
  };
  const asFile = (name: string, setHeader: (name: string, value: string) => void) =>
    setHeader("content-disposition", `attachment; filename="${name}.csv"`);

  return {
    workHistory: async ({ me, params, query }) => workPage(sql, (await whom(me, params.employee)).id, query),
    workHistoryCsv: async ({ me, params, query, setHeader }) => {
      asFile("work-history", setHeader);
      return csvFile(await workCsv(sql, (await whom(me, params.employee)).id, query));
    },
    personDay: async ({ me, params, query }) => {
      requireRange(query, 2);
      return await personDay(sql, (await whom(me, params.employee)).id, query);
    },
    personFigures: async ({ me, params, query }) => {
      requireRange(query, 400);
      const { id, name } = await whom(me, params.employee);
      const [figures] = await figuresOfPeople(sql, query, id);
      return (
        figures ?? {
          employee: id,
          name,
          done: 0,
          late: 0,
          missed: 0,
          excused: 0,
          returned: 0,
          ended: 0,
          onTimeRate: null,
          returnedRate: null,
          medianMs: null,
        }
      );
    },
    teamFigures: async ({ query }) => {
      requireRange(query, 400);
      return { items: await figuresOfPeople(sql, query) };
    },
    kpiSeries: ({ query }) => kpiSeries(sql, query),
    kpiCsv: async ({ query, setHeader }) => {
      asFile(`kpis-${query.chart}`, setHeader);
      return csvFile(kpiCsv(await kpiSeries(sql, query), query.chart));
    },
    liveHistory: async ({ query }) => ({ items: await liveHistory(sql, query) }),
  };
};
