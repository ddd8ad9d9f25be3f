/** The six invented people whose applications the demo sends: résumé, what they look for, and their prepared answers. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Schema } from "effect";
import type { CandidateProfile } from "../../../protocols/candidate.ts";
import { JsonResume } from "../../../protocols/json-resume.ts";

export const DemoCandidate = Schema.Struct({
  id: Schema.String,
  region: Schema.Literals(["eu", "us"]),
  search: Schema.Struct({
    fields: Schema.Array(Schema.String),
    /** Words or short phrases; a posting whose title has none of them is of no interest. */
    titles: Schema.Array(Schema.String),
    locations: Schema.Array(Schema.String),
  }),
  resume: JsonResume,
  /** For a choice the answer is the option's text; several ticks are separated by ", ". */
  answerBook: Schema.Array(Schema.Struct({ question: Schema.String, answer: Schema.String })),
});
export type DemoCandidate = typeof DemoCandidate.Type;

const ids = [
  "jonas-albrecht",
  "maya-okafor",
  "elena-petrova",
  "sofia-marchetti",
  "daniel-reyes",
  "grace-nguyen",
];

/** The compiler does not copy JSON into `dist/`, so the documents are read from the sources, found from either place. */
const packageRoot = (): string => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) {
    const above = dirname(folder);
    if (above === folder)
      throw new Error("The demo candidates are missing: no package.json above this program.");
    folder = above;
  }
  return folder;
};

/** Read by the one-machine boot and by tests. Throws with the file's name if a document is missing or does not fit. */
export const loadDemoCandidates = (): DemoCandidate[] =>
  ids.map((id) => {
    const path = join(packageRoot(), "deploy", "local", "demo-candidates", `${id}.json`);
    try {
      const document: unknown = JSON.parse(readFileSync(path, "utf8"));
      return Schema.decodeUnknownSync(DemoCandidate)(document);
    } catch (cause) {
      throw new Error(`The demo candidate ${path} cannot be read; restore the file from the repository.`, {
        cause,
      });
    }
  });

/**
 * The same person as a candidate actor hears of them.
 * @param resumeVersion key of the stored résumé, `<candidate>/<version>`
 */
export const profileOf = (
  { id, region, search, resume, answerBook }: DemoCandidate,
  resumeVersion: string,
): CandidateProfile => ({
  id,
  name: resume.basics?.name ?? "",
  email: resume.basics?.email ?? "",
  phone: resume.basics?.phone ?? "",
  region,
  search: search.titles,
  resumeVersion,
  answerBook,
});
