import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { type Command, UsageProblem } from "../command.ts";

export const resume: Command = {
  summary: "read a résumé file as an upload is read",
  help: "Reads PDF, DOCX, Markdown, plain text and JSON Resume, at most 5 MB. Prints what was found and how sure it is,\nor why the file was refused and what to do.",
  positionals: "<file>",
  options: {
    json: { type: "boolean", about: "print { outcome, reason?, text, resume, confidence, problems } only" },
  },
  run: async ({ options, positionals }) => {
    const [file] = positionals;
    if (file === undefined || positionals.length > 1) throw new UsageProblem("give one file");
    const { readResume } = await import("../../supervisors/capabilities/resume-intake/read-resume.ts");
    const { maxFileBytes } = await import("../../supervisors/capabilities/resume-intake/file-format.ts");
    const { ResumeRefused } = await import("../../supervisors/capabilities/resume-intake/refusal.ts");
    const write = (answer: unknown, forPeople: string) =>
      process.stdout.write(options.json === true ? `${JSON.stringify(answer, null, 2)}\n` : forPeople);
    try {
      const { size } = await stat(file);
      if (size > maxFileBytes) throw new ResumeRefused("too-large");
      const read = await readResume(new Uint8Array(await readFile(file)), basename(file));
      const { document, confidence, text, problems } = read;
      write(
        { outcome: "read", text, resume: document, confidence, problems },
        [
          text,
          "",
          ...problems.map(({ message }) => `! ${message}`),
          ...Object.entries(confidence).map(
            ([section, sure]) => `  ${section.padEnd(13)} ${Math.round(sure * 100)} %`,
          ),
          "",
        ].join("\n"),
      );
    } catch (error) {
      if (!(error instanceof ResumeRefused)) throw error;
      write(
        {
          outcome: "refused",
          reason: error.reason,
          text: "",
          resume: null,
          confidence: null,
          problems: [{ kind: error.reason, message: error.message }],
        },
        `Refused (${error.reason}): ${error.message}\n`,
      );
    }
  },
};
