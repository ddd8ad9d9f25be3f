/** Candidates as a manager has them: listed from the read model, their résumé read from a file, corrected and replaced. */
import { Schema } from "effect";
import { addressOf } from "../protocols/address.ts";
import type { CandidateRow, ReadResume } from "../protocols/api/candidates.ts";
import type { ResumeDocument } from "../protocols/api/http.ts";
import type { CandidateMessage } from "../protocols/candidate.ts";
import { readResume } from "../supervisors/capabilities/resume-intake/read-resume.ts";
import { ResumeRefused } from "../supervisors/capabilities/resume-intake/refusal.ts";
import type { EdgeLink } from "../supervisors/edge-link.ts";
import type { Database } from "../supervisors/storage/postgres/open-postgres.ts";
import { commandActor } from "./command.ts";
import { notFound, Refusal } from "./problem.ts";
import { requireResume, storeVersion } from "./resume-versions.ts";

const decodeDocument = Schema.decodeUnknownSync(
  Schema.fromJsonString(Schema.Record(Schema.String, Schema.Json)),
);
/** Within the time of a request; real files take two seconds. */
const reading = { cpuMs: 10_000, timeMs: 17_000 };

export function createCandidates(link: EdgeLink, sql: Database) {
  const one = async (id: string) => {
    const [row] = await sql<
      { resume_version: string }[]
    >`select resume_version from candidate where id = ${id}`;
    // An unknown id is never told: telling would create its actor.
    if (row === undefined) throw notFound("such candidate");
    return row;
  };
  return {
    list: async (): Promise<CandidateRow[]> => {
      const rows = await sql<
        {
          id: string;
          name: string;
          email: string;
          region: string;
          resume_version: string;
          updated_at: Date;
        }[]
      >`select id, name, email, region, resume_version, updated_at from candidate order by name, id limit 1000`;
      return rows.map(({ id, name, email, region, resume_version, updated_at }) => ({
        candidate: id,
        name,
        email,
        region,
        resumeVersion: resume_version,
        updatedAt: updated_at.getTime(),
      }));
    },
    resume: async (candidate: string) => {
      const { resume_version: resumeVersion } = await one(candidate);
      const bytes = await link.readObject("resumes", resumeVersion);
      if (bytes === null) throw notFound("such résumé");
      return { resumeVersion, resume: decodeDocument(new TextDecoder().decode(bytes)) };
    },
    read: async (candidate: string, name: string, content: string): Promise<ReadResume> => {
      await one(candidate);
      try {
        const { document, confidence, problems } = await readResume(
          Buffer.from(content, "base64"),
          name,
          reading,
        );
        return { resume: document, confidence, problems };
      } catch (error) {
        if (error instanceof ResumeRefused) throw new Refusal(422, error.reason, error.message);
        throw error;
      }
    },
    /** @returns the new base version */
    replace: async (candidate: string, document: ResumeDocument, by: string): Promise<string> => {
      requireResume(document);
      await one(candidate);
      const resumeVersion = await storeVersion(link, candidate, document);
      const message = { type: "ReplaceResume", resumeVersion, by } satisfies CandidateMessage;
      await commandActor(link, addressOf("candidate", candidate), message);
      return resumeVersion;
    },
  };
}
