/** The drafts of a review in hand: the versions that were saved, and the newest as the PDF that a portal would get. */
import { JsonResume } from "../protocols/json-resume.ts";
import { renderResumePdf } from "../supervisors/capabilities/resume-pdf/render-resume-pdf.ts";
import type { Database } from "../supervisors/storage/postgres/open-postgres.ts";
import { Bytes } from "./bytes.ts";
import { decodeOrRefuse } from "./decode.ts";
import type { Handlers } from "./handlers.ts";
import { notFound, Refusal } from "./problem.ts";
import type { Held, Reviews } from "./reviews.ts";

const mostVersions = 100;

export function draftHandlers(
  reviews: Reviews,
  sql: Database,
): Pick<Handlers, "draftVersions" | "draftVersion" | "draftPdf"> {
  const heldBy = async (employee: string, { application, assignment }: Held) => {
    const found = await reviews.describe(application);
    if (found.employee !== employee || found.assignment !== assignment || found.candidate === null)
      throw new Refusal(409, "NotYourAssignment", "This review is not with you any more.");
    return { ...found, baseVersion: found.candidate.resumeVersion };
  };
  const versionsOf = async (application: string) => {
    const rows = await sql<{ at: Date; fact: Record<string, unknown> }[]>`
      select at, fact from fact where about = ${application} and type = 'DraftSaved' order by seq desc limit ${mostVersions}`;
    return rows.map(({ at, fact }) => ({
      resumeVersion: String(fact.resumeVersion),
      at: at.getTime(),
      employee: String(fact.employee),
      assignment: Number(fact.assignment),
    }));
  };
  return {
    draftVersions: async ({ me, query }) => {
      const { baseVersion } = await heldBy(me.id, query);
      return { items: await versionsOf(query.application), baseVersion };
    },
    draftVersion: async ({ me, query: { resumeVersion, ...held } }) => {
      const { baseVersion } = await heldBy(me.id, held);
      const known = await versionsOf(held.application);
      const listed =
        resumeVersion === baseVersion || known.some((one) => one.resumeVersion === resumeVersion);
      const resume = listed ? await reviews.resume(resumeVersion) : null;
      if (resume === null) throw notFound("such version");
      return { resume };
    },
    draftPdf: async ({ me, query }) => {
      const { resumeVersion, baseVersion } = await heldBy(me.id, query);
      const document = (await reviews.resume(resumeVersion)) ?? (await reviews.resume(baseVersion));
      return new Bytes(
        await renderResumePdf(decodeOrRefuse(JsonResume, document, "résumé")),
        "application/pdf",
      );
    },
  };
}
