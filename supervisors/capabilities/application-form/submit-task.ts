/**
 * The applier's task `submitApplication`: one attempt at one form, in a real browser.
 *
 * Everything up to the press may be done again. Before the press an intent is recorded that can't be recorded twice; after it
 * the proof is stored and the intent completed. Whoever finds an intent without an outcome does not press: the attempt is
 * uncertain, and a person decides.
 */
import { hostname } from "node:os";
import type { NatsConnection } from "@nats-io/transport-node";
import type { BrowserContext, Page } from "playwright-core";
import type { SubmitInput } from "../../../actors/applier/machine.ts";
import type { ApplyRequest, AttemptOutcome } from "../../../protocols/applier.ts";
import type { TaskContext } from "../../runtime/tasks.ts";
import type { BrowserPool } from "../browser/browser-pool.ts";
import { createCandidateDirectory } from "../match/candidate-directory.ts";
import { createResumeStore, ResumeUnreadable } from "../match/resume-store.ts";
import { type Applicant, applicantOfRequest } from "./applicant.ts";
import { uploadFiles, viewport } from "./dry-run.ts";
import { createEvidenceStore, type EvidenceStore } from "./evidence-store.ts";
import { fillForm, type SimilarAnswers } from "./fill-form.ts";
import { type FormReport, reportOf } from "./form-report.ts";
import { guardPage } from "./guard-page.ts";
import { createIntentLog, type Intent } from "./intent-log.ts";
import { type Obstacle, openForm } from "./open-form.ts";
import type { Verdict } from "./page-result.ts";
import { pressSubmit } from "./press-submit.ts";

export interface SubmitDeps {
  readonly nc: NatsConnection;
  readonly browser: BrowserPool;
  /** Default: the object store `evidence`. */
  readonly evidence?: EvidenceStore;
  /** Who writes the intents; default: the machine's name. */
  readonly node?: string;
  /** Finds answers by meaning; if null only the same words count. */
  readonly similar: ((company: string) => SimilarAnswers) | null;
  /** How long a page may take to answer the press. */
  readonly resultWithinMs?: number;
}

type SubmitContext = Pick<TaskContext, "signal" | "checkOwnership">;

/** @throws what fails on our side before the press (browser, broker, ownership); after it only with the intent on record. */
export function submitTask(deps: SubmitDeps) {
  const intents = createIntentLog(deps.nc);
  const resumes = createResumeStore(deps.nc);
  const candidates = createCandidateDirectory(deps.nc);
  const evidence = deps.evidence ?? createEvidenceStore(deps.nc);

  return async ({ request, press }: SubmitInput, context: SubmitContext): Promise<AttemptOutcome> => {
    const earlier = settledBy(await intents.of(request.application), request);
    if (earlier !== null) return earlier;
    let applicant: Applicant;
    try {
      // The book may have grown since the application was proposed.
      const now = await candidates.one(request.candidate.id);
      const { answerBook, choices } = now ?? request.candidate;
      const candidate = { ...request.candidate, answerBook, ...(choices ? { choices } : {}) };
      applicant = applicantOfRequest({ ...request, candidate }, await resumes.read(request.resumeVersion));
    } catch (error) {
      if (error instanceof ResumeUnreadable)
        return { outcome: "failed", reason: error.message, evidence: [] };
      throw error;
    }
    return deps.browser.use({ media: true, signal: context.signal, context: { viewport } }, (browser) =>
      attempt(browser, request, press, applicant, context),
    );
  };

  async function attempt(
    browser: BrowserContext,
    request: ApplyRequest,
    press: boolean,
    applicant: Applicant,
    { signal, checkOwnership }: SubmitContext,
  ): Promise<AttemptOutcome> {
    // Where nothing may be sent, the browser itself sees to it.
    const guard = press ? null : await guardPage(browser, request.job.applyUrl);
    const page = await browser.newPage();
    const key = `${request.application}/${request.attempt}`;
    const obstacle = await openForm(page, request.job.applyUrl);
    if (obstacle !== null) return outcomeOf(obstacle, await seen(page, key));
    guard?.arm();
    const keep = async (step: string, report?: FormReport) => [
      await evidence.put(`${key}-${step}.png`, await page.screenshot({ fullPage: true, timeout: 20_000 })),
      ...(report ? [await evidence.put(`${key}-fields.json`, fieldMap(page.url(), request, report))] : []),
    ];

    const similar = deps.similar?.(request.job.company) ?? null;
    const filled = await fillForm(page, applicant, await uploadFiles(applicant), similar);
    const report = reportOf(filled);
    const before = await keep("before", report);
    const open = openQuestions(report, filled.withoutResume);
    if (report.outcome === "changed") return failed(report.reason ?? "The form has changed.", before);
    // No answer helps here: a person applies there by hand, and says so.
    const byHand = report.handedToPerson.filter(({ name }) => name === "captcha" || name === "login");
    if (byHand.length > 0)
      return failed(`A person has to apply here: ${byHand.map((one) => one.reason).join("; ")}.`, before);
    if (open.length > 0) return needsPerson(open, before);

    if (!press) return { outcome: "ready", evidence: before };

    checkOwnership();
    const intent: Intent = {
      application: request.application,
      attempt: request.attempt,
      resumeVersion: request.resumeVersion,
      at: Date.now(),
      node: deps.node ?? hostname(),
      outcome: null,
    };
    const revision = await intents.create(intent);
    if (revision === null) return uncertain("Another run of this attempt has recorded its intent to press.");
    try {
      checkOwnership();
    } catch (error) {
      await intents.withdraw(intent, revision); // Certainly not pressed.
      throw error;
    }
    const verdict = await pressSubmit(filled.frame, signal, deps.resultWithinMs ?? 45_000);
    const outcome = await conclude(page, request, intent, verdict, [...before, ...(await keep("after"))]);
    await intents.complete(intent, outcome);
    return outcome;
  }

  /** What stood there instead of a form. A page that can't even be drawn proves nothing, and is no reason to fail otherwise. */
  async function seen(page: Page, key: string): Promise<readonly string[]> {
    const picture = await page.screenshot({ timeout: 20_000 }).catch(() => null);
    return picture === null ? [] : [await evidence.put(`${key}-instead.png`, picture)];
  }

  /** What the page said, with its proof stored. */
  async function conclude(
    page: Page,
    request: ApplyRequest,
    intent: Intent,
    verdict: Verdict | null,
    kept: readonly string[],
  ): Promise<AttemptOutcome> {
    const proofKey = `${request.application}/${request.attempt}-proof.json`;
    await evidence.put(
      proofKey,
      JSON.stringify({ url: page.url(), pressedAt: intent.at, seenAt: Date.now(), verdict }, null, 2),
    );
    const all = [...kept, proofKey];
    switch (verdict?.is) {
      case "confirmed":
        return {
          outcome: "confirmed",
          proof: {
            reference: verdict.reference,
            confirmation: verdict.words,
            evidence: all,
            resumeVersion: request.resumeVersion,
            submittedAt: intent.at,
          },
        };
      case "duplicate":
        return { outcome: "duplicate", detail: verdict.words };
      case "refused":
        return verdict.questions.length > 0
          ? needsPerson(verdict.questions, all)
          : failed(`The portal did not take the form: ${verdict.words}`, all);
      case "wall":
        return uncertain("A captcha or wall appeared after the button was pressed.");
      case undefined:
        return uncertain("The button was pressed, and the page did not say what became of it.");
    }
  }
}

/** What earlier runs and attempts leave to do: null to go on, else the answer. */
export function settledBy(intents: readonly Intent[], request: ApplyRequest): AttemptOutcome | null {
  const confirmed = intents.find(({ outcome }) => outcome?.outcome === "confirmed");
  if (confirmed?.outcome) return confirmed.outcome;
  const same = intents.find(({ attempt }) => attempt === request.attempt);
  if (same?.outcome) return same.outcome;
  // A later attempt exists because a person decided on the earlier one, so that one has an outcome, if only "uncertain".
  const open = intents.find(({ outcome }) => outcome === null);
  return open === undefined
    ? null
    : uncertain(
        `Attempt ${open.attempt} was about to press the button (${new Date(open.at).toISOString()}, ${open.node}) and left no result.`,
      );
}

const uncertain = (detail: string): AttemptOutcome => ({ outcome: "uncertain", detail });
const failed = (reason: string, evidence: readonly string[]): AttemptOutcome => ({
  outcome: "failed",
  reason,
  evidence,
});
const needsPerson = (questions: readonly string[], evidence: readonly string[]): AttemptOutcome => ({
  outcome: "needs-person",
  questions: questions.slice(0, 50),
  evidence,
});

/** What a person is asked, in the form's words. */
function openQuestions({ handedToPerson, reason, outcome }: FormReport, withoutResume: boolean): string[] {
  const asked = handedToPerson.map(({ label, name }) => label || name);
  if (asked.length > 0) return [...new Set(asked)];
  if (outcome === "needs-person" || (outcome === "filled" && reason !== undefined && !withoutResume))
    return [reason ?? "The form needs a person."];
  return withoutResume ? ["The form takes no résumé file: apply there yourself."] : [];
}

function outcomeOf(obstacle: Obstacle, evidence: readonly string[]): AttemptOutcome {
  const { reason } = obstacle;
  switch (obstacle.is) {
    case "blocked":
      return { outcome: "blocked", reason, retryAfterMs: obstacle.retryAfterMs, evidence };
    case "unreachable":
      return { outcome: "unreachable", reason, evidence };
    case "gone":
    case "no-form":
      return failed(reason, evidence);
  }
}

/** What stood where when the button was pressed, for people. */
const fieldMap = (
  url: string,
  { application, attempt, resumeVersion, job }: ApplyRequest,
  report: FormReport,
) =>
  JSON.stringify(
    {
      application,
      attempt,
      url,
      job: { id: job.id, title: job.title, company: job.company },
      resumeVersion,
      ...report,
    },
    null,
    2,
  );
