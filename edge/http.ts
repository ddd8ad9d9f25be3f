/**
 * The way of every request: find the route, check origin, session and role, read and decode, call, answer. What a route refuses
 * and what breaks both end here; nobody outside learns more than the sentence.
 */
import type { HttpRequest, HttpResponse } from "uWebSockets.js";
import { type Route, type RouteName, routes } from "../protocols/api/http.ts";
import { NoAnswer } from "../supervisors/edge-link.ts";
import type { EdgeContext } from "./context.ts";
import { decodeOrRefuse } from "./decode.ts";
import { Bytes, type Handlers, handlers, type Request } from "./handlers.ts";
import { notAllowed, notFound, notSignedIn, Refusal } from "./problem.ts";
import type { Session } from "./sessions.ts";

const defaultMaxBody = 16 * 1024;
/** Longer than the longest question to an actor. */
const handlerLimitMs = 20_000;

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly origin: string;
  readonly fetchSite: string;
  readonly cookie: string;
  readonly contentType: string;
  readonly address: string;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

const compiled = Object.entries<Route>(routes).map(([name, route]) => ({
  name: name as RouteName,
  route,
  segments: route.path.split("/"),
}));

export interface HttpSide {
  handle(res: HttpResponse, req: HttpRequest): void;
}

export const httpSide = (context: EdgeContext): HttpSide => {
  const handler: Handlers = handlers(context);
  const securityHeaders = headersOf(context.config.publicUrl);

  return {
    handle: (res, req) => {
      // Everything of `req` is read at once: it is gone after this call.
      const asked: Asked = {
        method: req.getMethod().toUpperCase(),
        path: req.getUrl(),
        query: new URLSearchParams(req.getQuery()),
        origin: req.getHeader("origin"),
        fetchSite: req.getHeader("sec-fetch-site"),
        cookie: req.getHeader("cookie"),
        contentType: req.getHeader("content-type"),
        address: Buffer.from(res.getRemoteAddressAsText()).toString("latin1"),
      };
      let aborted = false;
      const gone = new Promise<never>((_, reject) => {
        res.onAborted(() => {
          aborted = true;
          reject(new Error("The client has hung up."));
        });
      });
      gone.catch(() => {}); // Handled by the race below; a client that hangs up is nobody's error.
      const found = find(asked.method, asked.path);
      const most = found.kind === "route" ? (found.route.maxBody ?? defaultMaxBody) : defaultMaxBody;
      const body = readBody(res, most);
      body.catch(() => {}); // Where nobody asks for the body, its being too long does not matter.
      const limit = timeLimit();
      const startedAt = performance.now();
      Promise.race([respond(asked, found, body), gone, limit.late])
        .catch((error): Answer => problemOf(error, context, asked))
        .then((answer) => {
          limit.stop();
          const route = found.kind === "route" ? found.name : found.kind;
          context.metrics.answered(route, answer.status, performance.now() - startedAt);
          if (!aborted) write(res, answer, securityHeaders, asked.method === "HEAD");
        })
        .catch((error) => context.log(`an answer could not be written: ${error}`));
    },
  };

  async function respond(asked: Asked, found: Found, body: Promise<Buffer>): Promise<Answer> {
    if (found.kind === "file") return await file(asked);
    if (found.kind === "none") throw found.refusal;
    const { route, name, params } = found;
    if (route.method !== "GET" && !context.mayComeFrom(asked.origin, asked.fetchSite))
      throw new Refusal(403, "WrongOrigin", "This request did not come from the dashboard's own page.");
    const session = await sessionFor(route, asked);
    const request = {
      session,
      get me() {
        if (session === null) throw notSignedIn();
        return session.me;
      },
      address: asked.address,
      params: route.params && decodeOrRefuse(route.params, params, "address"),
      query: route.query && decodeOrRefuse(route.query, Object.fromEntries(asked.query), "query"),
      body: route.body && decodeOrRefuse(route.body, jsonOf(await body, asked.contentType), "body"),
    };
    let status = 200;
    const headers: Record<string, string> = { "cache-control": "no-store" };
    const run = handler[name] as (request: Request<RouteName>) => Promise<unknown>;
    const answer = await run(
      Object.assign(Object.create(request), {
        setHeader: (key: string, value: string) => {
          headers[key] = value;
        },
        setStatus: (value: number) => {
          status = value;
        },
      }) as Request<RouteName>,
    );
    if (answer instanceof Bytes)
      return {
        status,
        // Looked at in a tab it must not run: it came from a portal.
        headers: { ...headers, "content-type": answer.type, "content-security-policy": "sandbox" },
        body: answer.body,
      };
    return {
      status,
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(answer),
    };
  }

  async function sessionFor(route: Route, asked: Asked): Promise<Session | null> {
    if (route.access === "everyone")
      return asked.cookie === "" ? null : await context.sessions.find(asked.cookie).catch(() => null);
    const session = await context.sessions.find(asked.cookie);
    if (session === null) throw notSignedIn();
    if (!route.access.includes(session.me.role)) throw notAllowed();
    return session;
  }

  async function file(asked: Asked): Promise<Answer> {
    const found = await context.files.find(asked.path);
    if (found === null)
      throw new Refusal(
        404,
        "NotFound",
        "There is no such page. If the dashboard is missing: npm run build.",
      );
    return {
      status: 200,
      headers: { "content-type": found.type, "cache-control": found.cache },
      body: found.body,
    };
  }
};

type Found =
  | {
      readonly kind: "route";
      readonly name: RouteName;
      readonly route: Route;
      readonly params: Record<string, string>;
    }
  | { readonly kind: "file" }
  | { readonly kind: "none"; readonly refusal: Refusal };

function find(method: string, path: string): Found {
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

/** Reads the whole body; the rest of one that is too long is dropped as it comes. */
function readBody(res: HttpResponse, most: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    res.onData((chunk, isLast) => {
      length += chunk.byteLength;
      if (length > most) {
        chunks.length = 0;
        reject(new Refusal(413, "TooLarge", `That is too much: at most ${most} bytes.`));
      } else chunks.push(Buffer.from(Buffer.from(chunk))); // Copied: uWebSockets takes its memory back.
      if (isLast && length <= most) resolve(Buffer.concat(chunks));
    });
  });
}

function jsonOf(body: Buffer, contentType: string): unknown {
  if (!/^application\/json\b/i.test(contentType))
    throw new Refusal(415, "NotJson", 'Send JSON, with the header "content-type: application/json".');
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new Refusal(400, "BadRequest", "The body is no valid JSON.");
  }
}

function timeLimit() {
  let stop = () => {};
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(
      () =>
        reject(
          new Refusal(503, "TookTooLong", "That took too long. Look whether it was done, else try again."),
        ),
      handlerLimitMs,
    );
    stop = () => clearTimeout(timer);
  });
  late.catch(() => {}); // Handled by the race.
  return { late, stop };
}

function problemOf(error: unknown, context: EdgeContext, asked: Asked): Answer {
  const refusal =
    error instanceof Refusal
      ? error
      : error instanceof NoAnswer
        ? new Refusal(
            503,
            "NoAnswer",
            "The system has not answered in time. Look whether it was done, else try again.",
          )
        : new Refusal(
            503,
            "Unavailable",
            "Something that is needed for this is not available. Try again in a moment.",
          );
  if (!(error instanceof Refusal))
    context.log(
      `${asked.method} ${asked.path}: ${error instanceof Error ? (error.stack ?? error.message) : error}`,
    );
  return {
    status: refusal.status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...refusal.headers },
    body: JSON.stringify({ reason: refusal.reason, message: refusal.message }),
  };
}

const phrases: Readonly<Record<number, string>> = {
  200: "OK",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Payload Too Large",
  415: "Unsupported Media Type",
  429: "Too Many Requests",
  503: "Service Unavailable",
};

function write(res: HttpResponse, answer: Answer, security: Readonly<Record<string, string>>, head: boolean) {
  res.cork(() => {
    res.writeStatus(`${answer.status} ${phrases[answer.status] ?? ""}`);
    for (const [key, value] of Object.entries({ ...security, ...answer.headers }))
      res.writeHeader(key, value);
    if (head) res.endWithoutBody(Buffer.byteLength(answer.body));
    else res.end(answer.body);
  });
}

/** Nothing is loaded from elsewhere, nothing inline is run, and nobody may put the page into a frame. */
function headersOf(publicUrl: string): Readonly<Record<string, string>> {
  const { host, protocol } = new URL(publicUrl);
  const secure = protocol === "https:";
  const socket = `${secure ? "wss" : "ws"}://${host}`;
  return {
    "content-security-policy": `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self' ${socket}; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    ...(secure ? { "strict-transport-security": "max-age=31536000" } : {}),
  };
}
