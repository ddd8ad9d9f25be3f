/**
 * The way of every request: find the route, check origin, session and role, read and decode, note it, call, answer. What a route
 * refuses and what breaks both end here.
 */
import type { HttpRequest, HttpResponse } from "uWebSockets.js";
import type { Route, RouteName } from "../protocols/api/http.ts";
import { type Answer, problemOf, securityHeaders, write } from "./answer.ts";
import { Bytes } from "./bytes.ts";
import { clientAddress } from "./client-address.ts";
import { asCommand } from "./command-key.ts";
import type { EdgeContext } from "./context.ts";
import { decodeOrRefuse } from "./decode.ts";
import { type Handlers, handlers, type Request } from "./handlers.ts";
import { notAllowed, notSignedIn, Refusal } from "./problem.ts";
import { harmIn, jsonOf, readBody } from "./request-body.ts";
import { type Found, findRoute } from "./route-match.ts";
import type { Session } from "./sessions.ts";

/** A browser's own viewer does not run in a sandbox; what we made ourselves as PDF needs none. */
const policyOf = (type: string) =>
  type === "application/pdf" ? "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'" : "sandbox";

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
  readonly idempotencyKey: string;
  readonly agent: string;
  readonly address: string;
}

type Matched = Extract<Found, { kind: "route" }>;

export interface HttpSide {
  handle(res: HttpResponse, req: HttpRequest): void;
}

export const httpSide = (context: EdgeContext): HttpSide => {
  const handler: Handlers = handlers(context);
  const addressOf = clientAddress(context.config.proxies);
  const security = securityHeaders(context.config.publicUrl);

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
        idempotencyKey: req.getHeader("idempotency-key"),
        agent: req.getHeader("user-agent"),
        address: addressOf(
          Buffer.from(res.getRemoteAddressAsText()).toString("latin1"),
          req.getHeader("x-forwarded-for"),
        ),
      };
      let aborted = false;
      const gone = new Promise<never>((_, reject) => {
        res.onAborted(() => {
          aborted = true;
          reject(new Error("The client has hung up."));
        });
      });
      gone.catch(() => {}); // Handled by the race below; a client that hangs up is nobody's error.
      const found = findRoute(asked.method, asked.path);
      const { body, drop } = readBody(res, mostOf(found, asked));
      body.catch(() => {}); // Where nobody asks for the body, its being too long does not matter.
      const limit = timeLimit();
      const startedAt = performance.now();
      Promise.race([respond(asked, found, body), gone, limit.late])
        .catch(
          (error): Answer =>
            problemOf(error, (why) => {
              if (!aborted) context.log(`${asked.method} ${asked.path.slice(0, 300)}: ${why}`);
            }),
        )
        .then((answer) => {
          limit.stop();
          drop();
          const route = found.kind === "route" ? found.name : found.kind;
          context.metrics.answered(route, answer.status, performance.now() - startedAt);
          if (!aborted) write(res, answer, security, asked.method === "HEAD");
        })
        .catch((error) => context.log(`an answer could not be written: ${error}`));
    },
  };

  /** A large body is taken only from who may have a session. */
  function mostOf(found: Found, { cookie }: Asked): number {
    const wanted = found.kind === "route" ? (found.route.maxBody ?? defaultMaxBody) : 0;
    return wanted > defaultMaxBody && !context.sessions.isSigned(cookie) ? defaultMaxBody : wanted;
  }

  async function respond(asked: Asked, found: Found, body: Promise<Buffer>): Promise<Answer> {
    if (found.kind === "file") return await file(asked);
    if (found.kind === "none") throw found.refusal;
    const { route, name } = found;
    const changes = route.method !== "GET";
    if (changes && !context.mayComeFrom(asked.origin, asked.fetchSite))
      throw new Refusal(403, "WrongOrigin", "This request did not come from the dashboard's own page.");
    const session = await sessionFor(route, asked);
    const decoded = await decode(found, asked, body);
    const run = () => call(found, asked, session, decoded);
    // Signing in and out answers with a cookie, which can't be given twice; a sign-in notes itself.
    if (!changes || session === null || route.access === "everyone") return await run();
    const { me } = session;
    const noted =
      me.role === "employee" && name !== "changePassword"
        ? run
        : async () => {
            const complete = await context.audit.begin({
              by: me,
              action: name,
              ...decoded,
              address: asked.address,
            });
            const answer = await answerOf(run, asked);
            await complete(answer.status);
            return answer;
          };
    if (asked.idempotencyKey === "") return await noted();
    if (!/^[\x21-\x7e]{1,128}$/.test(asked.idempotencyKey))
      throw new Refusal(400, "BadRequest", "An idempotency key is 1 to 128 visible ASCII characters.");
    return await context.once(
      {
        account: me.id,
        key: asked.idempotencyKey,
        asked: [name, decoded.params, decoded.body],
        secret: route.secretAnswer === true,
      },
      () => asCommand(me.id, asked.idempotencyKey, () => answerOf(noted, asked)),
    );
  }

  /** Refusals are answers too: they are noted, and given again. */
  async function answerOf(run: () => Promise<Answer>, asked: Asked): Promise<Answer> {
    try {
      return await run();
    } catch (error) {
      return problemOf(error, (why) => context.log(`${asked.method} ${asked.path.slice(0, 300)}: ${why}`));
    }
  }

  async function decode({ route, params }: Matched, asked: Asked, body: Promise<Buffer>) {
    const query = Object.fromEntries(asked.query);
    const harm = harmIn(params) ?? harmIn(query);
    if (harm !== null) throw new Refusal(400, "BadRequest", `The address is not as it must be: ${harm}.`);
    return {
      params: route.params && decodeOrRefuse(route.params, params, "address"),
      query: route.query && decodeOrRefuse(route.query, query, "query"),
      body: route.body && decodeOrRefuse(route.body, jsonOf(await body, asked.contentType), "body"),
    };
  }

  async function call(
    { name }: Matched,
    asked: Asked,
    session: Session | null,
    decoded: { params: unknown; query: unknown; body: unknown },
  ): Promise<Answer> {
    let status = 200;
    const headers: Record<string, string> = { "cache-control": "no-store" };
    const run = handler[name] as (request: Request<RouteName>) => Promise<unknown>;
    const answer = await run({
      ...decoded,
      session,
      get me() {
        if (session === null) throw notSignedIn();
        return session.me;
      },
      address: asked.address,
      agent: asked.agent,
      setHeader: (key: string, value: string) => {
        headers[key] = value;
      },
      setStatus: (value: number) => {
        status = value;
      },
    } as Request<RouteName>);
    if (answer instanceof Bytes)
      return {
        status,
        // Looked at in a tab it must not run: it came from a portal.
        headers: {
          ...headers,
          "content-type": answer.type,
          "content-security-policy": policyOf(answer.type),
        },
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
    if (session.me.passwordOnce && !route.withOneTimePassword)
      throw new Refusal(
        403,
        "PasswordOnce",
        "Choose a password of your own first: this one was given to you.",
      );
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
