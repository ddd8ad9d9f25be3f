/** Résumé documents on their way into the object store: what may be saved, and under which version it is. */
import { Schema } from "effect";
import type { ResumeDocument } from "../protocols/api/http.ts";
import { JsonResume } from "../protocols/json-resume.ts";
import type { EdgeLink } from "../supervisors/edge-link.ts";
import { deskQuestions } from "./dead-letters.ts";
import { decodeOrRefuse } from "./decode.ts";
import { Refusal } from "./problem.ts";

/** @throws Refusal 400 for what is no résumé or says nothing: it can't be sent to anybody. */
export function requireResume(document: ResumeDocument): void {
  const { basics, work, education, skills, projects } = decodeOrRefuse(JsonResume, document, "résumé");
  const says = [work, education, skills, projects].some((list) => (list?.length ?? 0) > 0);
  if (!basics?.name?.trim() || !(says || basics.summary?.trim()))
    throw new Refusal(
      400,
      "EmptyResume",
      "The résumé needs a name and something below it before it is saved.",
    );
}

const Stored = Schema.Struct({ version: Schema.String });

/** A node stores it: an edge may write no object. @returns the version's name */
export const storeVersion = async (
  link: EdgeLink,
  candidate: string,
  document: ResumeDocument,
): Promise<string> => {
  const { version } = await deskQuestions(link)(Stored, {
    type: "StoreResume",
    candidate,
    document: JSON.stringify(document),
  });
  return version;
};
