/**
 * Fills a form as far as it can be filled, and reads it again until nothing new has appeared: a choice may open further fields, a
 * button may lead to the next part. Never presses what sends or stores.
 */
import { setTimeout as wait } from "node:timers/promises";
import type { Frame, Page } from "playwright-core";
import type { BookedAnswer } from "../../../protocols/candidate.ts";
import type { Applicant } from "./applicant.ts";
import { offered } from "./combobox.ts";
import type { FormField, FormPage } from "./form-field.ts";
import { holdsValue } from "./holds-value.ts";
import { type ByMeaning, type Planned, planForm } from "./plan-form.ts";
import { putValue, type UploadFiles } from "./put-value.ts";
import { readForm } from "./read-form.ts";

/** A form that goes on changing is not filled for ever. */
const maxRounds = 30;
const maxParts = 10;
const maxOpened = 25;
const settleMs = 120;

/** Finds answers in the book by meaning; asked once per form for what is open. */
export type SimilarAnswers = (
  questions: readonly string[],
  book: readonly BookedAnswer[],
) => Promise<ByMeaning>;

export interface FilledField extends Planned {
  /** What it holds now, in the form's words. */
  readonly holds: readonly string[];
  readonly filled: boolean;
}

export interface Filled {
  readonly form: FormPage;
  readonly frame: Frame;
  readonly fields: readonly FilledField[];
  /** Labels of fields that the browser itself would refuse on submit. */
  readonly refused: readonly string[];
  readonly withoutResume: boolean;
}

export async function fillForm(
  page: Page,
  applicant: Applicant,
  files: UploadFiles,
  similar: SimilarAnswers | null = null,
): Promise<Filled> {
  const kept = new Map<number, FilledField>();
  const attempted = new Map<
    string,
    { readonly planned: Planned; readonly said: string | null; readonly problem: string }
  >();
  const lists = new Map<number, readonly string[]>();
  const refused = new Set<string>();
  let byMeaning: ByMeaning = new Map();
  let asked = similar === null || applicant.book.length === 0;
  let parts = 0;
  let hadResume = false;
  for (let round = 1; ; round++) {
    const { form, frame } = await readForm(page);
    const language = ((await frame.evaluate("document.documentElement.lang")) as string)
      .slice(0, 2)
      .toLowerCase();
    const fields = await withLists(form.fields, frame, lists);
    const draw = () => planForm({ fields, language }, applicant, byMeaning);
    let plan = draw();
    hadResume ||= !plan.withoutResume;
    if (!asked && similar !== null && form.found) {
      asked = true;
      const open = plan.fields.filter(
        ({ topic, step, settled }) => topic === null && step.do === "leave" && !settled,
      );
      byMeaning = await similar([...new Set(open.map(({ field }) => field.label))], applicant.book);
      plan = draw();
    }
    const todo = plan.fields.filter(
      (one) =>
        one.step.do !== "leave" &&
        !attempted.has(keyOf(one)) &&
        !(one.field.value.length > 0 && holdsValue(one, null)),
    );
    if (todo.length > 0 && round <= maxRounds) {
      for (const one of todo) {
        if (attempted.has(keyOf(one))) continue;
        attempted.set(keyOf(one), await put(frame, one, files));
        // What hangs on this one may change now: the rest is planned anew.
        if (
          one.field.kind === "select" ||
          one.field.kind === "combobox" ||
          one.field.kind === "buttons" ||
          one.field.kind === "radio"
        ) {
          await wait(settleMs);
          break;
        }
      }
      continue;
    }
    for (const one of plan.fields) keep(one);
    for (const label of form.refused) refused.add(label);
    const open = [...kept.values()].some((one) => one.field.required && !one.filled && !one.settled);
    if (
      form.next === "safe" &&
      !open &&
      parts < maxParts &&
      round <= maxRounds &&
      (await turned(frame, form))
    ) {
      parts++;
      continue;
    }
    return { form, frame, fields: [...kept.values()], refused: [...refused], withoutResume: !hadResume };
  }

  function keep(now: Planned) {
    const { field } = now;
    const attempt = attempted.get(keyOf(now));
    // What was done stands, also where the field as it is now would ask for nothing.
    const planned = attempt !== undefined && now.step.do === "leave" ? { ...attempt.planned, field } : now;
    const before = kept.get(field.ref);
    // A part that was left behind is hidden now; what it took stands.
    if (before !== undefined && before.field.hidden === "" && field.hidden !== "") return;
    const filled =
      planned.step.do !== "leave" && !attempt?.problem && holdsValue(planned, attempt?.said ?? null);
    const why = attempt?.problem
      ? `${planned.why}; ${attempt.problem}`
      : planned.step.do !== "leave" && !filled
        ? `${planned.why}; the field did not keep it`
        : planned.why;
    const holds = attempt?.said && filled ? [attempt.said] : field.value;
    kept.set(field.ref, { ...planned, why, filled, holds });
  }
}

/** Rendered anew a control loses its mark; its name and label tell that it is the same. */
const keyOf = ({ field, step }: Planned) =>
  `${field.ref} ${field.kind} ${field.name} ${field.label} ${step.do === "choose" ? field.options.length : ""}`;

async function put(frame: Frame, planned: Planned, files: UploadFiles) {
  try {
    return { planned, said: await putValue(frame, planned, files), problem: "" };
  } catch (error) {
    const message = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return {
      planned,
      said: null,
      problem: /timeout/i.test(message) ? "it could not be used" : message.slice(0, 200),
    };
  }
}

/** Lists that only exist while they are open are looked at once. Places are found by typing. */
async function withLists(
  fields: readonly FormField[],
  frame: Frame,
  lists: Map<number, readonly string[]>,
): Promise<readonly FormField[]> {
  const known: FormField[] = [];
  for (const field of fields) {
    const closed =
      field.kind === "combobox" &&
      field.options.every((option) => option === "") &&
      !field.trap &&
      !field.disabled &&
      field.hidden === "";
    const typedOnly = /\b(?:location|city|ort|ville|ciudad|cidade|skills?|school|university)\b/i.test(
      field.label,
    );
    if (closed && !typedOnly && !lists.has(field.ref) && lists.size < maxOpened && field.value.length === 0)
      lists.set(field.ref, await offered(frame, field));
    known.push({
      ...field,
      options: field.options.length > 0 ? field.options : (lists.get(field.ref) ?? []),
    });
  }
  return known;
}

/** Goes to the next part of a form that has several. @returns whether other fields are there now. */
async function turned(frame: Frame, before: FormPage): Promise<boolean> {
  const shown = (form: FormPage) =>
    form.fields
      .filter(({ hidden }) => hidden === "")
      .map(({ ref }) => ref)
      .join();
  await frame
    .locator("[data-callboard-next]")
    .click({ timeout: 2_000 })
    .catch(() => {}); // Then nothing changes, and we stay.
  await wait(settleMs);
  const { form } = await readForm(frame.page());
  return form.found && shown(form) !== shown(before);
}
