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
import { createResumeStore, ResumeUnreadable } from "../match/resume-store.ts";
import { blockReason, retryAfterMs } from "../portal-http/blocked.ts";
import { renderResumePdf } from "../resume-pdf/render-resume-pdf.ts";
import { createEvidenceStore, type EvidenceStore } from "./evidence-store.ts";
import { type Filled, fillForm, type ResumeFile, readForm } from "./fill-form.ts";
import { createIntentLog, type Intent } from "./intent-log.ts";
import type { Verdict } from "./page-result.ts";
import { markButton, pressSubmit } from "./press-submit.ts";

export interface SubmitDeps {
  readonly nc: NatsConnection;
  readonly browser: BrowserPool;
  /** Default: the object store `evidence`. */
  readonly evidence?: EvidenceStore;
  /** Who writes the intents; default: the machine's name. */
  readonly node?: string;
  /** How long a page may take to answer the press. */
  readonly resultWithinMs?: number;
}

type SubmitContext = Pick<TaskContext, "signal" | "checkOwnership">;

const pageTimeoutMs = 30_000;

/** @throws what fails on our side before the press (browser, broker, ownership); after it only with the intent on record. */
export function submitTask(deps: SubmitDeps) {
  const intents = createIntentLog(deps.nc);
  const resumes = createResumeStore(deps.nc);
  const evidence = deps.evidence ?? createEvidenceStore(deps.nc);

  return async ({ request }: SubmitInput, context: SubmitContext): Promise<AttemptOutcome> => {
    const earlier = settledBy(await intents.of(request.application), request);
    if (earlier !== null) return earlier;
    let resume: ResumeFile;
    try {
      resume = await resumeFile(request);
    } catch (error) {
      if (error instanceof ResumeUnreadable)
        return { outcome: "failed", reason: error.message, evidence: [] };
      throw error;
    }
    return deps.browser.use(
      { media: true, signal: context.signal, context: { viewport: { width: 1280, height: 900 } } },
      (browser) => attempt(browser, request, resume, context),
    );
  };

  async function resumeFile({ resumeVersion, candidate }: ApplyRequest): Promise<ResumeFile> {
    const pdf = await renderResumePdf(await resumes.read(resumeVersion));
    const who = candidate.name
      .normalize("NFKD")
      .replace(/[^A-Za-z0-9]+/g, "-")
      .replace(/^-|-$/g, "");
    return { name: `${who || "resume"}-resume.pdf`, mimeType: "application/pdf", buffer: Buffer.from(pdf) };
  }

  async function attempt(
    browser: BrowserContext,
    request: ApplyRequest,
    resume: ResumeFile,
    { signal, checkOwnership }: SubmitContext,
  ): Promise<AttemptOutcome> {
    const page = await browser.newPage();
    const away = await openForm(page, request.job.applyUrl);
    if (away !== null) return away;
    const key = `${request.application}/${request.attempt}`;
    const keep = async (step: string, filled?: Filled) => [
      await evidence.put(`${key}-${step}.png`, await page.screenshot({ fullPage: true, timeout: 20_000 })),
      ...(filled ? [await evidence.put(`${key}-fields.json`, fieldMap(page.url(), request, filled))] : []),
    ];

    const filled = await fillForm(page, request, resume);
    const { plan } = filled;
    if (plan.login)
      return needsPerson(
        ["The portal asks for an account: apply there yourself, or log in."],
        await keep("before", filled),
      );
    if (plan.lacking !== null)
      return failed(`The form has changed: ${plan.lacking}.`, await keep("before", filled));
    if (plan.questions.length > 0) return needsPerson(plan.questions, await keep("before", filled));
    const wrong = [...new Set([...filled.notTaken, ...filled.refused])];
    if (wrong.length > 0) return needsPerson(wrong, await keep("before", filled));
    if (!(await markButton(page)))
      return failed(
        "The form has changed: it has no submit button that we recognise.",
        await keep("before", filled),
      );
    const before = await keep("before", filled);

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
    const verdict = await pressSubmit(page, signal, deps.resultWithinMs ?? 45_000);
    const outcome = await conclude(page, request, intent, verdict, [...before, ...(await keep("after"))]);
    await intents.complete(intent, outcome);
    return outcome;
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

/** Goes to the form, through the posting's own "Apply" link if need be. Null: it is there. */
async function openForm(page: Page, applyUrl: string): Promise<AttemptOutcome | null> {
  let url = applyUrl;
  for (let clicks = 0; clicks < 3; clicks++) {
    let response: Awaited<ReturnType<Page["goto"]>>;
    try {
      response = await page.goto(url, { waitUntil: "load", timeout: pageTimeoutMs });
    } catch (error) {
      return { outcome: "unreachable", reason: `${url} could not be opened: ${firstLine(error)}` };
    }
    const status = response?.status() ?? 0;
    const blocked = blockReason({ status, url: page.url(), body: await page.content() });
    if (blocked !== null)
      return {
        outcome: "blocked",
        reason: blocked,
        retryAfterMs: retryAfterMs(response?.headers()["retry-after"], Date.now()),
      };
    if (status >= 500) return { outcome: "unreachable", reason: `${url} answered ${status}.` };
    if (status >= 400) return failed(`The posting is gone: ${url} answered ${status}.`, []);
    const form = await readForm(page);
    if (form.found) return null;
    if (form.applyUrl === "" || form.applyUrl === url) break;
    url = form.applyUrl;
  }
  return failed(`The form has changed: ${page.url()} has no application form.`, []);
}

const firstLine = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0]?.slice(0, 300) ?? "";

/** What stood where when the button was pressed, for people. */
const fieldMap = (
  url: string,
  { application, attempt, resumeVersion, job }: ApplyRequest,
  { plan }: Filled,
) =>
  JSON.stringify(
    {
      application,
      attempt,
      url,
      job: { id: job.id, title: job.title, company: job.company },
      resumeVersion,
      questions: plan.questions,
      lacking: plan.lacking,
      fields: plan.fields.map(({ field, step, why }) => ({
        name: field.name,
        label: field.label,
        type: field.type,
        required: field.required,
        filled:
          step.do === "type"
            ? step.text
            : step.do === "choose"
              ? step.options.map((option) => field.options[option])
              : step.do === "leave"
                ? null
                : step.do,
        why,
      })),
    },
    null,
    2,
  );
