/** Puts a plan into the page, and reads the page again until nothing new has appeared (a choice may open further fields). */
import { Schema } from "effect";
import type { Page } from "playwright-core";
import type { ApplyRequest } from "../../../protocols/applier.ts";
import { FormPage } from "./form-field.ts";
import { type Plan, type Planned, planForm } from "./plan-form.ts";
import { readFormScript } from "./read-form-script.ts";

export interface ResumeFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const decode = Schema.decodeUnknownSync(FormPage);
const stepTimeoutMs = 10_000;
/** A form that goes on changing is not filled for ever. */
const maxRounds = 4;

export const readForm = async (page: Page): Promise<FormPage> => decode(await page.evaluate(readFormScript));

export interface Filled {
  readonly plan: Plan;
  /** Labels of fields that do not hold what was put in. */
  readonly notTaken: readonly string[];
  /** Labels of fields that the browser itself would refuse. */
  readonly refused: readonly string[];
}

/** Fills only if nothing is left to a person; else the plan says what is. */
export async function fillForm(page: Page, request: ApplyRequest, resume: ResumeFile): Promise<Filled> {
  const done = new Set<number>();
  for (let round = 1; ; round++) {
    const form = await readForm(page);
    const plan = planForm(form.fields, request);
    if (plan.lacking !== null || plan.login || plan.questions.length > 0)
      return { plan, notTaken: [], refused: [] };
    const open = plan.fields.filter(({ field, step }) => step.do !== "leave" && !done.has(field.ref));
    if (open.length === 0 || round > maxRounds)
      return {
        plan,
        notTaken: plan.fields.filter((one) => !holds(one, resume)).map(({ field }) => field.label),
        refused: form.refused,
      };
    for (const planned of open) {
      await put(page, planned, resume);
      done.add(planned.field.ref);
    }
  }
}

async function put(page: Page, { field, step }: Planned, resume: ResumeFile): Promise<void> {
  const control = page.locator(`[data-callboard="${field.ref}"]`);
  const timeout = stepTimeoutMs;
  switch (step.do) {
    case "type":
      return control.fill(step.text, { timeout });
    case "upload":
      return control.setInputFiles(resume, { timeout });
    case "tick":
      return control.setChecked(true, { timeout });
    case "choose":
      if (field.kind === "select") {
        await control.selectOption(
          step.options.map((index) => ({ index })),
          { timeout },
        );
        return;
      }
      // The page numbers the members of a group one after the other, see readFormScript.
      for (const option of step.options)
        await page.locator(`[data-callboard="${field.ref + option}"]`).setChecked(true, { timeout });
      return;
    case "leave":
  }
}

/** Whether the field shows what was put in. */
function holds({ field, step }: Planned, resume: ResumeFile): boolean {
  switch (step.do) {
    case "type":
      return oneLine(field.value.join()) === oneLine(step.text);
    case "upload":
      return field.value.includes(resume.name);
    case "tick":
      return field.value.length > 0;
    case "choose":
      return step.options.every((option) => field.value.includes(field.options[option] ?? ""));
    case "leave":
      return true;
  }
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();
