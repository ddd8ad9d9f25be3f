/** The routes of history. */
import type { historyRoutes } from "../../protocols/api/history.ts";
import type { Me } from "../../protocols/api/route.ts";
import type { EdgeContext } from "../context.ts";
import type { Handlers } from "../handlers.ts";
import { personAskedFor } from "../person-asked-for.ts";
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
  const whom = (me: Me, employee: string) => personAskedFor(sql, me, employee);
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
