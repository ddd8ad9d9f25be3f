/** Applications and the review in hand, as their actors say it, joined with posting and résumé. */
import { Schema } from "effect";
import { addressOf } from "../protocols/address.ts";
import type { ResumeDocument, ReviewInHand } from "../protocols/api/http.ts";
import { ApplicationReply } from "../protocols/application.ts";
import { Posting } from "../protocols/posting.ts";
import type { EdgeLink } from "../supervisors/edge-link.ts";
import type { Database } from "../supervisors/storage/postgres/open-postgres.ts";
import { commandActor } from "./command.ts";
import type { People } from "./people.ts";
import { notFound, Refusal } from "./problem.ts";
import { requireResume, storeVersion } from "./resume-versions.ts";

const decodeReply = Schema.decodeUnknownSync(ApplicationReply);
const decodePosting = Schema.decodeUnknownOption(Posting);
const decodeJson = Schema.decodeUnknownSync(Schema.fromJsonString(Schema.Json));

export interface Held {
  readonly application: string;
  readonly assignment: number;
}

export interface Reviews {
  /** @throws Refusal 404 if there is none. An unknown id is never asked: asking would create its actor. */
  describe(application: string): Promise<ApplicationReply>;
  posting(job: string): Promise<Posting | null>;
  resume(version: string): Promise<Schema.Json | null>;
  inHand(employee: string): Promise<ReviewInHand | null>;
  /**
   * Stores the résumé as a new version, if this employee holds this review, and nobody has saved another since `basedOn`.
   * @returns the version
   */
  store(employee: string, held: Held, resume: ResumeDocument, basedOn?: string | undefined): Promise<string>;
  /** More time for who holds it. @throws Refusal 404 if they don't, 409 if there is none to take */
  extend(employee: string, held: Held): Promise<void>;
  /** Tells the application and waits for its decision. @throws Refusal 409 with the actor's own reason. */
  command(application: string, message: { readonly type: string }): Promise<void>;
}

export const createReviews = (link: EdgeLink, people: People, sql: Database): Reviews => {
  const address = (application: string) => addressOf("application", application);

  const describe = async (application: string) => {
    if ((await link.lastFact("ApplicationScored", application)) === null) throw notFound("such application");
    return decodeReply(await link.ask(address(application), { type: "Describe" }, { onlyReads: true }));
  };

  const posting = async (job: string) => {
    const [row] = await sql<{ posting: unknown }[]>`select posting from job where id = ${job}`;
    const decoded = decodePosting(row?.posting);
    return decoded._tag === "Some" ? decoded.value : null;
  };

  const resume = async (version: string) => {
    const bytes = await link.readObject("resumes", version);
    return bytes === null ? null : decodeJson(new TextDecoder().decode(bytes));
  };

  return {
    describe,
    posting,
    resume,
    inHand: async (employee) => {
      const { offer } = await people.standing(employee);
      if (offer === null) return null;
      const found = await describe(offer.application);
      const { candidate, job, score } = found;
      if (found.employee !== employee || candidate === null || job === null || score === null) return null;
      const [listed, draft, base] = await Promise.all([
        posting(job.id),
        resume(found.resumeVersion),
        resume(candidate.resumeVersion),
      ]);
      return {
        application: found.application,
        assignment: found.assignment,
        title: job.title,
        company: job.company,
        candidate: { id: candidate.id, name: candidate.name },
        assignedAt: found.assignedAt ?? offer.assignedAt,
        deadlineAt: found.deadlineAt ?? offer.deadlineAt,
        reviewReason: found.reviewReason,
        score,
        posting: listed,
        resume: draft ?? base ?? {},
        resumeVersion: found.resumeVersion,
        baseResume: base ?? {},
        baseVersion: candidate.resumeVersion,
        questions: found.questions,
        answers: found.answers,
        extensionsLeft: found.extensionsLeft ?? 0,
        extendMs: found.extendMs ?? 0,
        evidence: found.evidence ?? [],
      };
    },
    store: async (employee, { application, assignment }, document, basedOn) => {
      requireResume(document);
      const found = await describe(application);
      if (found.employee !== employee || found.assignment !== assignment || found.candidate === null)
        throw new Refusal(
          409,
          "NotYourAssignment",
          "This review is not with you any more; nothing was saved.",
        );
      // Only then: how somebody else's draft goes on is nobody's business.
      if (basedOn !== undefined && found.resumeVersion !== basedOn)
        throw new Refusal(
          409,
          "DraftMovedOn",
          "This review was edited in another window since; nothing was saved over it.",
        );
      return await storeVersion(link, found.candidate.id, document);
    },
    extend: async (employee, { application, assignment }) => {
      if ((await describe(application)).employee !== employee) throw notFound("such application");
      await commandActor(link, address(application), {
        type: "ExtendReview",
        ...{ employee, assignment, reason: "" },
      } as { type: string });
    },
    command: (application, message) => commandActor(link, address(application), message),
  };
};
