/** What became of filling a form, for people and for the evidence: each field with what went in and why, and what is left to a person. */
import type { Filled, FilledField } from "./fill-form.ts";
import { isNeverTyped } from "./sensitive-topics.ts";

export interface ReportedField {
  readonly name: string;
  readonly type: string;
  readonly label: string;
  readonly required: boolean;
  readonly options?: readonly string[];
  /** What was filled in, in the form's words; null if nothing was. */
  readonly value: string | readonly string[] | null;
  readonly filled: boolean;
  readonly why: string;
  readonly source: string;
}

export interface Handed {
  readonly name: string;
  readonly label: string;
  readonly reason: string;
}

export interface FormReport {
  readonly outcome: "filled" | "needs-person" | "blocked" | "changed";
  /** One sentence; missing where all is well. */
  readonly reason?: string;
  readonly fields: readonly ReportedField[];
  readonly handedToPerson: readonly Handed[];
  /** Names of fields that only machines fill; they were left empty. */
  readonly honeypots: readonly string[];
}

export const emptyReport = (outcome: FormReport["outcome"], reason: string): FormReport => ({
  outcome,
  reason,
  fields: [],
  handedToPerson: [],
  honeypots: [],
});

const nameOf = ({ field }: FilledField) => field.name || field.label || `field ${field.ref}`;

export function reportOf(filled: Filled): FormReport {
  const { form } = filled;
  const shown = filled.fields.filter(({ field }) => !field.trap);
  const handedToPerson = handedOver(filled, shown);
  return {
    ...outcomeOf(filled, handedToPerson),
    fields: shown.map(reported),
    handedToPerson,
    honeypots: filled.fields.filter(({ field }) => field.trap).map(nameOf),
  };

  function outcomeOf(
    { withoutResume }: Filled,
    handed: readonly Handed[],
  ): Pick<FormReport, "outcome" | "reason"> {
    if (form.login)
      return { outcome: "needs-person", reason: "The portal asks for an account: a person has to log in." };
    if (!form.button && form.step === "")
      return {
        outcome: "changed",
        reason: "The form has changed: it has no submit button that we recognise.",
      };
    if (handed.length > 0)
      return {
        outcome: "needs-person",
        reason:
          `Only a person can do this: ${handed.map(({ label, name }) => label || name).join("; ")}`.slice(
            0,
            1_000,
          ),
      };
    if (form.step !== "")
      return { outcome: "filled", reason: `This is one part of several: "${form.step}" was not pressed.` };
    return withoutResume
      ? { outcome: "filled", reason: "The form takes no résumé file." }
      : { outcome: "filled" };
  }
}

function handedOver({ form, refused }: Filled, shown: readonly FilledField[]): Handed[] {
  const handed: Handed[] = [];
  const hand = (one: FilledField, reason: string) =>
    handed.push({ name: nameOf(one), label: one.field.label, reason });
  for (const one of shown) {
    const { field, filled, settled, step, why, topic } = one;
    if (filled || settled) continue;
    if (field.required) hand(one, why);
    // It holds something that is not what we put there.
    else if (step.do !== "leave" && field.value.length > 0) hand(one, why);
    else if (topic === "code" || topic === "payment") hand(one, "asks for what only a person has at hand");
  }
  for (const label of refused) {
    const one = shown.find(({ field, filled }) => field.label === label && filled);
    if (one !== undefined) hand(one, "the browser refuses the value");
  }
  if (form.captcha)
    handed.push({ name: "captcha", label: "Captcha", reason: "a captcha: only a person may answer it" });
  if (form.login) handed.push({ name: "login", label: "Log in", reason: "the portal asks for an account" });
  return handed;
}

function reported({ field, filled, holds, step, why, source, topic }: FilledField): ReportedField {
  const several = field.kind === "checkboxes" || field.kind === "file" || field.multiple;
  const texts =
    step.do === "tick"
      ? ["yes"]
      : step.do === "untick"
        ? ["no"]
        : step.do === "choose" && holds.length === 0
          ? step.options.map((option) => field.options[option] ?? "")
          : holds;
  return {
    name: field.name,
    type: field.kind === "checkboxes" ? "checkboxes" : field.type,
    label: field.label,
    required: field.required,
    ...(field.options.length > 0 ? { options: field.options.filter((option) => option !== "") } : {}),
    value: !filled ? null : several ? texts : (texts[0] ?? ""),
    filled,
    why: topic !== null && isNeverTyped(topic) ? "only a person may" : why,
    source: filled ? source : "none",
  };
}
