/**
 * The demo portal: six invented companies with job boards, careers sites and application forms, on one port of this
 * machine. The only fake of the house; it behaves, and on request misbehaves, like the real thing.
 *
 * `/v1/boards/...` answers as Greenhouse does, `/careers/...` is for browsers, `/__control/...` for tests and demos.
 */
import { createServer, type IncomingMessage } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { type Answer, html, json, sendAnswer, text } from "./answer.ts";
import { alreadyAppliedPage, applyPage, confirmationPage, nothingTyped } from "./apply-page.ts";
import { boardGroups, boardJob, boardJobs } from "./board-api.ts";
import { checkApplication, maxResumeBytes } from "./check-application.ts";
import { controlAnswer } from "./control-api.ts";
import { type Company, companies, companyOf } from "./data/companies.ts";
import { type FormField, formFields, honeypotName, tokenName } from "./form-fields.ts";
import { formToken, isFormToken } from "./form-token.ts";
import { jobPage, listingPage } from "./job-page.ts";
import { captchaPage, type Rule } from "./misbehaviour.ts";
import { escapeHtml, page } from "./page.ts";
import { Portal } from "./portal.ts";
import type { Listing } from "./postings.ts";
import { BadRequest, readForm } from "./request-body.ts";

export interface DemoPortalOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Where applications and everything else are kept; null keeps them in memory only. */
  readonly dataDir: string | null;
  /** How often a new posting appears; default 20,000 (three a minute fill a demo without flooding it); 0: never. */
  readonly newPostingEveryMs?: number;
  /** Which postings there are; default 7. A data directory remembers the seed it was started with. */
  readonly seed?: number;
}

export interface DemoPortal {
  readonly port: number;
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Started by `main.ts`, by the one-machine boot and by tests. Rejects if the port is taken or the journal damaged. */
export const startDemoPortal = async (options: DemoPortalOptions): Promise<DemoPortal> => {
  const host = options.host ?? "127.0.0.1";
  const stopping = new AbortController();
  let site = "";
  let portal: Portal;

  const server = createServer({ requestTimeout: 60_000, maxHeaderSize: 16_384 }, (request, response) => {
    route(portal, request, site, stopping.signal)
      .catch((error: unknown): Answer => {
        if (error instanceof BadRequest)
          return json({ error: error.message, status: error.status }, error.status);
        console.error(`demo portal: ${request.method} ${request.url} failed`, error);
        return text("Internal Server Error", 500);
      })
      .then((answer) => {
        // A body that nobody read (refused by a rule, wrong method) must not block the connection.
        request.resume();
        sendAnswer(request, response, answer);
      });
  });
  server.on("clientError", (_, socket) => {
    if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n");
  });

  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(options.port, host, resolve);
    });
  } catch (cause) {
    throw new Error(
      `The demo portal cannot listen on ${host}:${options.port}; set CALLBOARD_DEMO_PORTAL_PORT.`,
      { cause },
    );
  }
  // Only who has the port may touch the journal. No request is read before this turn of the event loop ends.
  try {
    portal = new Portal(options.dataDir, options.seed ?? 7, Date.now());
  } catch (cause) {
    server.close();
    throw cause;
  }
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : options.port;
  site = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;

  const every = options.newPostingEveryMs ?? 20_000;
  const timer = every > 0 ? setInterval(() => portal.newOpening(Date.now()), every) : null;
  timer?.unref();

  return {
    port,
    url: site,
    close: async () => {
      if (timer !== null) clearInterval(timer);
      stopping.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      portal.close();
    },
  };
};

const route = async (
  portal: Portal,
  request: IncomingMessage,
  site: string,
  stopping: AbortSignal,
): Promise<Answer> => {
  const url = URL.canParse(request.url ?? "", site) ? new URL(request.url ?? "", site) : null;
  if (url === null) throw new BadRequest(400, "The address cannot be read.");
  const path = url.pathname.split("/").filter((one) => one !== "");
  const method = request.method ?? "";
  if (!["GET", "HEAD", "POST"].includes(method))
    throw new BadRequest(405, "Only GET, HEAD and POST are answered.");

  if (path[0] === "__control") return controlAnswer(portal, request, path.slice(1), site);
  if (path.length === 0) return html(frontPage());
  if (url.pathname === "/robots.txt") return text(`User-agent: *\nDisallow: /__control/\nAllow: /\n`);

  const isApi = path[0] === "v1" && path[1] === "boards";
  const isForm = path[0] === "careers" && path[4] === "apply";
  const rule = portal.misbehave(
    (isApi ? path[2] : path[1]) ?? "",
    isApi ? "api" : isForm ? "form" : "html",
    Date.now(),
  );
  const misbehaved = rule === null ? null : await misbehaviour(rule, isApi, stopping);
  if (misbehaved !== null) return misbehaved;

  if (isApi) return boardAnswer(portal, method, path.slice(2), url.searchParams, site);
  if (path[0] === "careers") return careersAnswer(portal, request, path.slice(1), rule, site);
  throw new BadRequest(404, "There is nothing at this address.");
};

/** The answer a rule wants instead of the real one; null if the request goes on. */
const misbehaviour = async (rule: Rule, isApi: boolean, stopping: AbortSignal): Promise<Answer | null> => {
  const say = (status: number, message: string, headers: Readonly<Record<string, string>> = {}) =>
    isApi
      ? json({ error: message }, status, headers)
      : html(`<!doctype html><title>${message}</title><h1>${message}</h1>`, status, headers);
  switch (rule.mode) {
    case "429":
      return say(429, "Too Many Requests", { "retry-after": String(rule.retryAfterSeconds) });
    case "403":
      return say(403, "Forbidden");
    case "500":
      return say(500, "Internal Server Error");
    case "captcha":
      return html(captchaPage);
    case "slow":
      // Ends early when the portal stops; the connection is closed then anyway.
      await wait(rule.delayMs, undefined, { signal: stopping, ref: false }).catch(() => undefined);
      return null;
    default:
      return null;
  }
};

const boardAnswer = (
  portal: Portal,
  method: string,
  path: readonly string[],
  query: URLSearchParams,
  site: string,
): Answer => {
  if (method === "POST") throw new BadRequest(401, "Submitting by API needs the company's key.");
  const [token = "", what, id] = path;
  const company = companyOf(token);
  if (company === undefined || company.published === "careers")
    return json({ error: `Could not find a job board with token '${token}'` }, 404);
  const yes = (name: string) => query.get(name) === "true";
  const listings = portal.postings.of(token, "board");
  if (what === undefined) return json({ name: company.name, content: company.about });
  if (what === "jobs" && id === undefined) return json(boardJobs(listings, site, yes("content")));
  if (what === "jobs" && id !== undefined && path.length === 3) {
    const listing = portal.postings.find(token, id);
    if (listing === null || listing.place !== "board")
      return json({ error: `Could not find a job with id '${id}' for ${token}` }, 404);
    return json(boardJob(listing, site, yes("questions"), yes("pay_transparency")));
  }
  if ((what === "departments" || what === "offices") && id === undefined)
    return json(boardGroups(listings, site, what));
  return json({ error: "Not found" }, 404);
};

const careersAnswer = async (
  portal: Portal,
  request: IncomingMessage,
  path: readonly string[],
  rule: Rule | null,
  site: string,
): Promise<Answer> => {
  const [token = "", what, id = "", action] = path;
  const company = companyOf(token);
  if (company === undefined) throw new BadRequest(404, "There is no such company here.");
  const posted = request.method === "POST";
  if (posted && action !== "apply") throw new BadRequest(405, "Only the application form takes POST.");
  // A company that only publishes on its board has a careers page too, it just points nowhere.
  if (what === undefined) return html(listingPage(company, portal.postings.of(token, "careers")));
  if (what === "applications" && path.length === 3) {
    const application = portal.inbox.find(id);
    const listing = application === null ? null : portal.postings.find(token, String(application.jobId));
    return listing === null ? notFoundPage(company) : html(confirmationPage(listing, id));
  }
  const listing = what === "jobs" ? portal.postings.find(token, id) : null;
  if (listing === null || path.length > 4) return notFoundPage(company);
  if (action === undefined) return html(jobPage(listing, site));
  if (action !== "apply") return notFoundPage(company);
  const fields = formFields(listing.opening, rule?.mode === "form-changed" ? rule.change : null);
  if (posted) return receive(portal, request, listing, fields, rule);
  return html(applyPage(listing, fields, formToken(portal.secret, listing.jobId, Date.now()), nothingTyped));
};

const notFoundPage = (company: Company): Answer =>
  html(
    page(
      company,
      "Not found",
      "<h1>This position is no longer open</h1><p>See our other open positions.</p>",
    ),
    404,
  );

/** A submitted form: 303 to its confirmation, 409 if it is the second, 422 with messages if it cannot be taken. */
const receive = async (
  portal: Portal,
  request: IncomingMessage,
  listing: Listing,
  fields: readonly FormField[],
  rule: Rule | null,
): Promise<Answer> => {
  // The largest résumé, its multipart frame and the longest texts.
  const form = await readForm(request, maxResumeBytes + 1_048_576);
  const now = new Date();
  const checked = await checkApplication(form, fields);
  const again = (problem: string | null) =>
    html(
      applyPage(listing, fields, formToken(portal.secret, listing.jobId, now.getTime()), {
        values: checked.typed,
        errors: checked.errors,
        problem,
      }),
      422,
    );
  const token = form.get(tokenName);
  if (typeof token !== "string" || !isFormToken(portal.secret, listing.jobId, token, now.getTime()))
    return again("This form has expired. Please check your entries and submit again.");
  if (form.get(honeypotName) !== "") return again("Your application could not be processed.");
  if (checked.errors.size > 0) return again(null);

  const answer = (name: string) =>
    checked.typed.get(name)?.[0] ?? checked.typed.get(`applicant[${name}]`)?.[0] ?? "";
  const confirmationLost = rule?.mode === "lost-confirmation";
  const taken = portal.inbox.take({
    listing,
    email: answer("email"),
    name: `${answer("first_name")} ${answer("last_name")}`,
    answers: checked.answers,
    resume: checked.resume,
    confirmationLost,
    now,
  });
  if (!taken.accepted) return html(alreadyAppliedPage(listing), 409);
  if (confirmationLost) return { ...text(""), drop: true };
  return html("", 303, {
    location: `/careers/${listing.opening.company.token}/applications/${taken.application.reference}`,
  });
};

const frontPage = (): string => {
  const items = companies.map(
    (one) =>
      `<li><strong>${escapeHtml(one.name)}</strong> (${one.region}): <a href="/careers/${one.token}">careers site</a>${one.published === "careers" ? "" : `, <a href="/v1/boards/${one.token}/jobs?content=true">job board API</a>`}</li>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Callboard demo portal</title></head>
<body style="font:16px/1.6 system-ui;max-width:46rem;margin:3rem auto"><h1>Callboard demo portal</h1>
<p>Invented companies and postings. See <a href="/__control/applications">what arrived</a>.</p><ul>${items.join("\n")}</ul></body></html>`;
};
