/** Résumé documents as versions in the object store: named by what they say, so that saved twice they are one version. */
import { createHash } from "node:crypto";
import type { ResumeDocument } from "../protocols/api/http.ts";
import { JsonResume } from "../protocols/json-resume.ts";
import type { EdgeLink } from "../supervisors/edge-link.ts";
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

/** @returns the version's name */
export async function storeVersion(
  link: EdgeLink,
  candidate: string,
  document: ResumeDocument,
): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  const digest = createHash("sha256").update(bytes).digest("hex").slice(0, 24);
  const version = `${candidate}/${digest}`;
  await link.writeResume(version, bytes);
  return version;
}
