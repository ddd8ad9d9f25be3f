/** What each route does. By the time one is called, who asks and what they sent have been checked against the route table. */

import { addressOf } from "../protocols/address.ts";
import type { Me, RouteName, routes } from "../protocols/api/http.ts";
import { accountHandlers } from "./account-handlers.ts";
import { createAppliers } from "./appliers.ts";
import { Bytes } from "./bytes.ts";
import { createCandidates } from "./candidates.ts";
import type { EdgeContext } from "./context.ts";
import { deadLetterHandlers } from "./dead-letters.ts";
import { draftHandlers } from "./draft-versions.ts";
import { checkHealth } from "./health.ts";
import { historyHandlers } from "./history/handlers.ts";
import { incidentHandlers } from "./incidents.ts";
import { lineFor } from "./line.ts";
import { openApi } from "./openapi.ts";
import { employeeAskedFor } from "./person-asked-for.ts";
import { notFound } from "./problem.ts";
import { applicationPage, eventPage, historyOf } from "./queries.ts";
import { queueHandlers } from "./queues.ts";
import type { Session } from "./sessions.ts";
import { strikeHandlers } from "./strikes.ts";

type Part<N extends RouteName, K extends "params" | "query" | "body"> = (typeof routes)[N] extends {
  readonly [key in K]: { readonly Type: infer T };
}
  ? T
  : undefined;

export interface Request<N extends RouteName> {
  readonly session: Session | null;
  /** Who asks. @throws Refusal 401 where the route is open to everyone and nobody is signed in. */
  readonly me: Me;
  readonly address: string;
  /** The client, as it calls itself. */
  readonly agent: string;
  readonly params: Part<N, "params">;
  readonly query: Part<N, "query">;
  readonly body: Part<N, "body">;
  /** Of the answer. */
  setHeader(name: string, value: string): void;
  setStatus(status: number): void;
}

export type Handlers = { readonly [N in RouteName]: (request: Request<N>) => Promise<unknown> };

const done = { ok: true } as const;

export const handlers = (context: EdgeContext): Handlers => {
  const { config, sql, link, people, board, boards, reviews, unanswered } = context;
  const appliers = createAppliers(link);
  const candidates = createCandidates(link, sql);
  const tellEmployee = async (me: Me, employee: string, message: object) => {
    await people.tell(await employeeAskedFor(sql, me, employee), message as { readonly type: string });
    return done;
  };
  return {
    health: async ({ setStatus }) => {
      const health = await checkHealth(link, sql, config.mongoUrl);
      if (!health.ok) setStatus(503);
      return health;
    },
    openapi: async () => openApi(config.publicUrl),

    ...accountHandlers(context),

    live: async () => board.live(),
    kpis: async () => board.kpis(),

    applications: ({ query }) => applicationPage(sql, query),
    application: async ({ me, params: { application } }) => {
      const found = await reviews.describe(application);
      // To an employee an application that is not theirs looks like none.
      if (me.role === "employee" && found.employee !== me.id) throw notFound("such application");
      const [posting, resume, history] = await Promise.all([
        found.job === null ? null : reviews.posting(found.job.id),
        found.resumeVersion === "" ? null : reviews.resume(found.resumeVersion),
        me.role === "employee" ? [] : historyOf(sql, application),
      ]);
      return { application: found, posting, resume, history };
    },
    resolve: async ({ me, params: { application }, body: { decision, reason } }) => {
      await reviews.describe(application);
      await reviews.command(application, { type: "Resolve", decision, reason, by: me.id } as {
        type: string;
      });
      return done;
    },
    send: async ({ me, params: { application } }) => {
      await reviews.describe(application);
      await reviews.command(application, { type: "Send", by: me.id } as { type: string });
      return done;
    },
    applier: ({ params: { portal } }) => appliers.describe(portal),
    switchApplier: async ({ me, params: { portal }, body: { mode, reason } }) => {
      await appliers.switchMode(portal, mode, me.id, reason);
      return done;
    },
    evidence: async ({ me, params: { application }, query: { key } }) => {
      const found = await reviews.describe(application);
      if (me.role === "employee" && found.employee !== me.id) throw notFound("such evidence");
      const fact = await Promise.all(
        ["ApplicationSubmitted", "ApplicationFailed"].map((type) => link.lastFact(type, application)),
      );
      const earlier = fact.flatMap((one) =>
        one?.fact?.type === "ApplicationSubmitted"
          ? one.fact.proof.evidence
          : one?.fact?.type === "ApplicationFailed"
            ? one.fact.evidence
            : [],
      );
      const keys = [...(found.evidence ?? []), ...earlier];
      const bytes = keys.includes(key) ? await link.readObject("evidence", key) : null;
      if (bytes === null) throw notFound("such evidence");
      return new Bytes(bytes, key.endsWith(".png") ? "image/png" : "application/octet-stream");
    },

    review: ({ me }) =>
      unanswered.watch(me.id, null, "open", async () => {
        const review = await reviews.inHand(me.id);
        // Who fetches it is about to show it.
        if (review !== null)
          for (const type of ["AcknowledgeReview", "OpenReview"])
            await link.tell(
              addressOf("application", review.application),
              { type, employee: me.id, assignment: review.assignment } as { type: string },
              `${type}-${review.application}-${review.assignment}`,
            );
        return { review, serverNow: Date.now() };
      }),
    saveDraft: ({ me, body: { resume, answers, basedOn, ...held } }) =>
      unanswered.watch(me.id, held, "draft", async () => {
        const resumeVersion = await reviews.store(me.id, held, resume, basedOn);
        await reviews.command(held.application, {
          type: "SaveDraft",
          employee: me.id,
          assignment: held.assignment,
          resumeVersion,
          answers,
        } as { type: string });
        return { ok: true, resumeVersion };
      }),
    rescore: ({ me, body: { resume, application, assignment } }) =>
      context.rescorer.rescore(me.id, { application, assignment }, resume),
    complete: ({ me, body: { resume, answers, ...held } }) =>
      unanswered.watch(me.id, held, "complete", async () => {
        const resumeVersion = await reviews.store(me.id, held, resume);
        await reviews.command(held.application, {
          type: "CompleteReview",
          employee: me.id,
          assignment: held.assignment,
          resumeVersion,
          answers,
        } as { type: string });
        return { ok: true, resumeVersion };
      }),
    return: ({ me, body: { application, assignment } }) =>
      unanswered.watch(me.id, { application, assignment }, "return", async () => {
        await reviews.describe(application);
        await reviews.command(application, { type: "ReturnReview", employee: me.id, assignment } as {
          type: string;
        });
        return done;
      }),
    reject: ({ me, body: { application, assignment, reason } }) =>
      unanswered.watch(me.id, { application, assignment }, "reject", async () => {
        await reviews.describe(application);
        await reviews.command(application, { type: "RejectPosting", employee: me.id, assignment, reason } as {
          type: string;
        });
        return done;
      }),

    takeBreak: async ({ me }) => {
      await people.tell(me.id, { type: "TakeBreak" });
      return done;
    },
    endShift: async ({ me }) => {
      await people.tell(me.id, { type: "EndShift" });
      return done;
    },
    setIntent: ({ me, params: { employee }, body }) =>
      tellEmployee(me, employee, { type: "SetIntent", ...body, by: me.id }),
    setProfile: ({ me, params: { employee }, body }) =>
      tellEmployee(me, employee, { type: "SetProfile", ...body, by: me.id }),
    extend: async ({ me, body: held }) => {
      await unanswered.watch(me.id, held, "extend", () => reviews.extend(me.id, held));
      return done;
    },
    ...strikeHandlers(context),
    ...incidentHandlers(context),
    ...queueHandlers(context),
    signIn: async ({ me }) => {
      await people.signIn(me.id);
      return done;
    },
    signOut: async ({ me }) => {
      await people.signOut(me.id);
      return done;
    },
    employees: async () => ({ items: await board.employees() }),
    unlock: ({ me, params: { employee }, body: { reason } }) =>
      tellEmployee(me, employee, { type: "Unlock", by: me.id, reason }),
    boards: async () => ({ items: await boards.list(), serverNow: Date.now() }),
    recogniseBoard: ({ body: { url } }) => boards.recognise(url),
    addBoard: async ({ me, body }) => ({ ok: true, portal: await boards.add(body, me.id) }),
    boardAction: async ({ me, params: { portal, action } }) => {
      await boards.act(portal, action, me.id);
      return done;
    },
    candidates: async () => ({ items: await candidates.list() }),
    candidateResume: ({ params: { candidate } }) => candidates.resume(candidate),
    readResume: ({ params: { candidate }, body: { name, content } }) =>
      candidates.read(candidate, name, content),
    replaceResume: async ({ me, params: { candidate }, body: { resume } }) => ({
      ok: true,
      resumeVersion: await candidates.replace(candidate, resume, me.id),
    }),
    events: ({ query }) => eventPage(sql, query),
    ...historyHandlers(context),
    ...deadLetterHandlers(link),
    ...draftHandlers(reviews, sql),
    line: ({ me }) => lineFor(me.id, link, sql),
    ...context.ops.handlers,
  };
};
