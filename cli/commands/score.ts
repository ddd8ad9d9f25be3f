import { type Command, UsageProblem } from "../command.ts";

const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);

export const score: Command = {
  summary: "score a résumé against a posting, or a file of pairs",
  help:
    "With --resume and --posting: prints the score with its reasons. With --pairs: reads lines\n" +
    "{id, resume_text, jd_text} and writes lines {id, score}, in the same order and nothing else; a line that can't be\n" +
    "scored gets {id, error} in its place, and the command ends with 1 after the last.",
  options: {
    resume: { type: "string", value: "file", about: "the résumé: PDF, DOCX, text, Markdown or JSON Resume" },
    posting: { type: "string", value: "file|url", about: "the posting: text, HTML, JSON, or its address" },
    pairs: {
      type: "string",
      value: "file",
      about: 'a file of lines {id, resume_text, jd_text}; "-" is stdin',
    },
    json: { type: "boolean", about: "print the whole explained score as JSON" },
  },
  run: async ({ options }) => {
    const [resume, posting, pairs] = [text(options.resume), text(options.posting), text(options.pairs)];
    if (pairs !== undefined && (resume ?? posting) === undefined) {
      const { scorePairsFile } = await import("../score/pairs-file.ts");
      return scorePairsFile(pairs);
    }
    if (pairs !== undefined || resume === undefined || posting === undefined)
      throw new UsageProblem("give either --resume and --posting, or --pairs");
    const { scoreFiles } = await import("../score/score-files.ts");
    return scoreFiles(resume, posting, options.json === true);
  },
};
