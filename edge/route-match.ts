/** Which route of the table a method and a path mean. */
import { type Route, type RouteName, routes } from "../protocols/api/http.ts";
import { notFound, Refusal } from "./problem.ts";

const compiled = Object.entries<Route>(routes).map(([name, route]) => ({
  name: name as RouteName,
  route,
  segments: route.path.split("/"),
}));

export type Found =
  | {
      readonly kind: "route";
      readonly name: RouteName;
      readonly route: Route;
      readonly params: Record<string, string>;
    }
  | { readonly kind: "file" }
  | { readonly kind: "none"; readonly refusal: Refusal };

export function findRoute(method: string, path: string): Found {
  const isApi = path === "/api" || path.startsWith("/api/");
  if (!isApi)
    return method === "GET" || method === "HEAD"
      ? { kind: "file" }
      : {
          kind: "none",
          refusal: new Refusal(405, "WrongMethod", "Pages can only be read.", { allow: "GET, HEAD" }),
        };
  const segments = path.split("/");
  const here = compiled.flatMap((one) => {
    const params = match(one.segments, segments);
    return params === null ? [] : [{ ...one, params }];
  });
  const fits = here.find(({ route }) => route.method === method);
  if (fits) return { kind: "route", name: fits.name, route: fits.route, params: fits.params };
  if (here.length === 0)
    return { kind: "none", refusal: notFound("such route; GET /api/openapi.json lists all") };
  const allow = here.map(({ route }) => route.method).join(", ");
  return {
    kind: "none",
    refusal: new Refusal(405, "WrongMethod", `This route takes ${allow}, not ${method}.`, { allow }),
  };
}

function match(pattern: readonly string[], segments: readonly string[]): Record<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of pattern.entries()) {
    const given = segments[i] ?? "";
    if (part.startsWith(":")) {
      try {
        params[part.slice(1)] = decodeURIComponent(given);
      } catch {
        return null; // A broken escape names nothing.
      }
    } else if (part !== given) return null;
  }
  return params;
}
