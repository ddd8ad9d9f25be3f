/** Requests to the edge by the name of their route; the route's own schema decodes the answer. */
import { Schema } from "effect";
import * as Http from "../../../protocols/api/http.ts";
import { freshness } from "../state/freshness.ts";
import { Problem } from "./problem.ts";

type Routes = typeof Http.routes;
type Answer<N extends Http.RouteName> = Routes[N]["answer"] extends { readonly Type: infer T } ? T : never;
type Body<N extends Http.RouteName> = Routes[N] extends { readonly body: { readonly Type: infer T } }
  ? T
  : undefined;

interface Request<B> {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: B;
  /** Sent to its end though the page is left meanwhile, where the browser does so. */
  readonly outlivesPage?: boolean;
}

/** Browsers refuse more than 64 KiB to outlive a page. */
const mostOutliving = 60_000;

const timeoutMs = 20_000;
const asProblem = Schema.decodeUnknownOption(Http.Problem);

/** The address of a route with its parameters filled in. */
export function pathOf<N extends Http.RouteName>(name: N, { params, query }: Request<unknown> = {}): string {
  const path = Http.routes[name].path.replace(/:(\w+)/g, (_, key) => encodeURIComponent(params?.[key] ?? ""));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(key, value);
  return search.size > 0 ? `${path}?${search}` : path;
}

/** Rejects with a `Problem`. `accept` names a status that is no refusal although it is no 2xx (health answers 503). */
export async function call<N extends Http.RouteName>(
  name: N,
  request: Request<Body<N>> = {},
  accept?: number,
): Promise<Answer<N>> {
  const { method }: Http.Route = Http.routes[name];
  const answer: Http.Route["answer"] = Http.routes[name].answer;
  const sends = method !== "GET";
  const body = sends ? JSON.stringify(request.body ?? {}) : "";
  const sentAt = performance.now();
  const response = await fetch(pathOf(name, request), {
    method,
    credentials: "same-origin",
    ...(sends && {
      headers: { "content-type": "application/json" },
      body,
      keepalive: request.outlivesPage === true && new Blob([body]).size < mostOutliving,
    }),
    signal: AbortSignal.timeout(timeoutMs),
  }).catch(() => {
    throw new Problem(0, "", "The server could not be reached. Check your connection and try again.");
  });
  freshness.set((now) => ({ ...now, roundTripMs: performance.now() - sentAt }));
  const json: unknown = await response.json().catch(() => undefined);
  if (!response.ok && response.status !== accept) {
    const told = asProblem(json);
    throw told._tag === "Some"
      ? new Problem(response.status, told.value.reason, told.value.message)
      : new Problem(
          response.status,
          "",
          `The server refused this (${response.status}). Try again in a moment.`,
        );
  }
  if (answer === "bytes") throw new Error(`${name} is a file: link to pathOf(...) instead of calling it.`);
  try {
    // The schema stands in the same table as the type, so what it decodes is what the type says.
    return Schema.decodeUnknownSync(answer)(json) as Answer<N>;
  } catch {
    throw new Problem(
      response.status,
      "",
      "The server's answer was not understood. Reload the page: it may be newer than this.",
    );
  }
}
