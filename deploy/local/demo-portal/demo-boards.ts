/** The boards of the demo portal, as the local boot tells portal actors to watch them. */
import type { Board } from "../../../protocols/portal.ts";
import { companies } from "./data/companies.ts";

/** @param site the portal's address, e.g. "http://127.0.0.1:7075"; @param of tokens of companies; default: all */
export const demoBoards = (
  site: string,
  of: readonly string[] = companies.map(({ token }) => token),
): Board[] =>
  companies.flatMap(({ token, name, region, published }) => {
    if (!of.includes(token)) return [];
    const board = { company: name, region };
    const api: Board = {
      ...board,
      portal: `greenhouse-${token}`,
      adapter: "greenhouse",
      url: `${site}/v1/boards/${token}/jobs`,
    };
    const careers: Board = {
      ...board,
      portal: `careers-${token}`,
      adapter: "jsonld",
      url: `${site}/careers/${token}`,
    };
    if (published === "both") return [api, careers];
    return published === "board" ? [api] : [careers];
  });
