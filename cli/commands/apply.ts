import { access, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { FormReport } from "../../supervisors/capabilities/application-form/form-report.ts";
import { type Command, UsageProblem } from "../command.ts";

/** Loading, filling and the picture together. */
const limitMs = 180_000;

export const apply: Command = {
  summary: "fill an application form in Chromium, without sending it",
  help: [
    "Fills what the candidate's file answers, presses nothing, and prints for each field what went in and why, or why it was left.",
    "Nothing is guessed: what law, pay and who somebody is are about needs an answer in the file. The file is a JSON Resume, with",
    "`answers` and `choices` beside it if there are any; docs/applying.md tells the format. A form that is a file loads nothing from outside.",
  ].join("\n"),
  options: {
    "dry-run": { type: "boolean", about: "must be given: from here forms are only filled" },
    form: { type: "string", value: "url|file", about: "the page with the form" },
    candidate: { type: "string", value: "file", about: "who applies" },
    company: {
      type: "string",
      value: "name",
      about: "the employer; questions that differ only in its name are the same",
    },
    screenshot: { type: "string", value: "file", about: "keep the filled page as a PNG" },
    json: { type: "boolean", about: "print JSON and nothing else" },
  },
  run: async ({ options }) => {
    const { form, candidate } = options;
    if (options["dry-run"] !== true)
      throw new UsageProblem("give --dry-run: the command line fills forms, it does not send them");
    if (typeof form !== "string" || typeof candidate !== "string")
      throw new UsageProblem("give --form <url|file> and --candidate <file>");
    if (/^[a-z]+:\/\//i.test(form) ? !/^(?:https?|file):/i.test(form) : false)
      throw new UsageProblem(`--form takes http, https or a file, not ${form}`);
    if (!/^(?:https?|file):/i.test(form))
      await access(form).catch((cause) => {
        throw new Error(
          `The form ${form} cannot be read: give an http(s) address or the path of an HTML file.`,
          { cause },
        );
      });
    const company = typeof options.company === "string" ? options.company : "";
    const [{ readCandidateFile }, { dryRun }, { createBrowserPool }, { readConfig }] = await Promise.all([
      import("../../supervisors/capabilities/application-form/candidate-file.ts"),
      import("../../supervisors/capabilities/application-form/dry-run.ts"),
      import("../../supervisors/capabilities/browser/browser-pool.ts"),
      import("../../supervisors/config.ts"),
    ]);
    const applicant = await readCandidateFile(candidate, company);
    const browser = createBrowserPool({ home: readConfig().home, size: 1 });
    const encoder = await lazyEncoder(company);
    try {
      const {
        picture,
        held: _held,
        ...report
      } = await dryRun(browser, form, applicant, encoder.similar, AbortSignal.timeout(limitMs));
      const screenshot =
        typeof options.screenshot === "string" && picture !== null ? resolve(options.screenshot) : undefined;
      if (screenshot !== undefined && picture !== null) await writeFile(screenshot, picture);
      const shown = screenshot === undefined ? report : { ...report, screenshot };
      process.stdout.write(options.json === true ? `${JSON.stringify(shown, null, 2)}\n` : inWords(shown));
    } finally {
      await encoder.close();
      await browser.close();
    }
  },
};

/** The sentence encoder is only started if the answer book leaves something open. */
async function lazyEncoder(company: string) {
  const { lazilySimilarAnswers } = await import(
    "../../supervisors/capabilities/application-form/similar-question.ts"
  );
  const { createEmbedder } = await import("../../supervisors/capabilities/embeddings/embedder.ts");
  let started: ReturnType<typeof createEmbedder> | undefined;
  return {
    similar: lazilySimilarAnswers(() => (started ??= createEmbedder()), company),
    close: async () => (await started)?.close(),
  };
}

function inWords({
  outcome,
  reason,
  fields,
  handedToPerson,
  honeypots,
  screenshot,
}: FormReport & { readonly screenshot?: string }): string {
  const lines = [
    `${outcome}${reason === undefined ? "" : `: ${reason}`}`,
    "",
    ...fields.map(
      ({ label, name, type, required, filled, value, why }) =>
        `${filled ? "  filled" : required ? "! left  " : "  left  "} ${label || name}${required ? " *" : ""} (${type})${filled ? `: ${[value].flat().join(", ").slice(0, 80)}` : ""}  [${why}]`,
    ),
    ...(honeypots.length > 0 ? ["", `Traps, left alone: ${honeypots.join(", ")}`] : []),
    ...(handedToPerson.length > 0
      ? ["", "For a person:", ...handedToPerson.map((one) => `  ${one.label || one.name}: ${one.reason}`)]
      : []),
    ...(screenshot === undefined ? [] : ["", `Picture: ${screenshot}`]),
    "",
  ];
  return lines.join("\n");
}
