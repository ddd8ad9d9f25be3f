/** Fills one form and presses nothing: what the command line shows, and what the bot does for a portal that is not switched on. */
import { pathToFileURL } from "node:url";
import type { BrowserPool } from "../browser/browser-pool.ts";
import { renderLetterPdf } from "../resume-pdf/render-letter-pdf.ts";
import { renderResumePdf } from "../resume-pdf/render-resume-pdf.ts";
import type { Applicant } from "./applicant.ts";
import { fillForm, type SimilarAnswers } from "./fill-form.ts";
import { emptyReport, type FormReport, reportOf } from "./form-report.ts";
import { guardPage } from "./guard-page.ts";
import { openForm } from "./open-form.ts";
import type { UploadFiles } from "./put-value.ts";

export interface DryRun extends FormReport {
  /** The page as it stood at the end, PNG; null if it could not be taken. */
  readonly picture: Uint8Array | null;
  /** What the page tried to send or load and was not allowed to. */
  readonly held: readonly string[];
}

export const viewport = { width: 1280, height: 900 };

/** @param form an http(s) address or the path of a file */
export function dryRun(
  browser: BrowserPool,
  form: string,
  applicant: Applicant,
  similar: SimilarAnswers | null,
  signal: AbortSignal,
): Promise<DryRun> {
  const address = /^(?:https?|file):/.test(form) ? form : pathToFileURL(form).href;
  return browser.use(
    { media: true, signal, context: { viewport, serviceWorkers: "block" } },
    async (context) => {
      const guard = await guardPage(context, address);
      const page = await context.newPage();
      page.on("dialog", (dialog) => void dialog.dismiss().catch(() => {})); // Gone with its page.
      const obstacle = await openForm(page, address);
      const picture = async () =>
        (await page.screenshot({ fullPage: true, timeout: 20_000 }).catch(() => null)) ?? null;
      if (obstacle !== null)
        return {
          ...emptyReport(obstacle.is === "blocked" ? "blocked" : "changed", obstacle.reason),
          picture: await picture(),
          held: guard.refused,
        };
      guard.arm();
      const filled = await fillForm(page, applicant, await uploadFiles(applicant), similar);
      return { ...reportOf(filled), picture: await picture(), held: guard.refused };
    },
  );
}

/** The résumé as a PDF, and the cover letter if there is one. */
export async function uploadFiles({ resume, name, coverLetter }: Applicant): Promise<UploadFiles> {
  const who = name.full
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const pdf = (kind: string, bytes: Uint8Array) => ({
    name: who === "" ? `${kind}.pdf` : `${who}-${kind}.pdf`,
    mimeType: "application/pdf",
    buffer: Buffer.from(bytes),
  });
  return {
    resume: pdf("resume", await renderResumePdf(resume)),
    coverLetter:
      coverLetter === "" ? null : pdf("cover-letter", await renderLetterPdf(name.full, coverLetter)),
  };
}
