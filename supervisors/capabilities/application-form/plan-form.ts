/**
 * Decides what goes into each field: the person's own data, the reviewer's answers, then the candidate's answer book. What
 * none of them says is left alone if it may be, and handed to a person if it must be answered. Nothing is guessed. Pure.
 */
import type { ApplyRequest } from "../../../protocols/applier.ts";
import type { FormField } from "./form-field.ts";
import { asksTheSame, sameText } from "./same-question.ts";

export type Step =
  | { readonly do: "type"; readonly text: string }
  /** Options by their place in the field's list. */
  | { readonly do: "choose"; readonly options: readonly number[] }
  | { readonly do: "tick" }
  | { readonly do: "upload" }
  | { readonly do: "leave" };

export interface Planned {
  readonly field: FormField;
  readonly step: Step;
  /** Why, for the field map that is kept as evidence. */
  readonly why: string;
}

export interface Plan {
  readonly fields: readonly Planned[];
  /** Required, and only a person can say what goes in. */
  readonly questions: readonly string[];
  /** The form lacks what every application needs; null if it has it. */
  readonly lacking: string | null;
  /** It wants an account. */
  readonly login: boolean;
}

const first = /^(?:legal |your )?(?:first|given|fore) ?name\b|^vorname|^prenom/;
const last = /^(?:legal |your )?(?:last|family|sur) ?name\b|^nachname|^familienname|^nom de famille/;
const full = /^(?:your |full |legal |candidate |applicant )*name$|^full name|^vor und nachname/;
const email = /\be ?mail\b/;
const phone = /\b(?:phone|mobile|telephone|telefon|cell)\b/;
const resume = /\b(?:resume|cv|curriculum vitae|lebenslauf)\b/;
const demographic =
  /\b(?:gender|sex|race|racial|ethnic\w*|hispanic|latino|veteran|disab\w*|sexual orientation|transgender|pronouns?|religio\w*|marital|age|date of birth|birth ?date|nationality)\b/;
const voluntary = /self identif|voluntary|demographic|equal opportunit|\beeoc?\b|diversity/;
const decline =
  /\b(?:decline|prefer not|rather not|(?:do not|dont) (?:wish|want)|choose not|not to (?:say|answer|disclose)|no answer)\b/;
const neverTyped =
  /\b(?:password|passport|social security|ssn|credit card|card number|iban|tax id|national id)\b/;

export function planForm(fields: readonly FormField[], request: ApplyRequest): Plan {
  const open = fields.filter(({ trap }) => !trap);
  const upload =
    open.find((field) => field.kind === "file" && resume.test(words(field))) ??
    only(open.filter(({ kind }) => kind === "file"));
  const planned = fields.map((field) =>
    field.trap ? left(field, "a trap: people can't see it") : plan(field),
  );
  return {
    fields: planned,
    questions: [
      ...new Set(
        planned
          .filter(({ field, step }) => step.do === "leave" && field.required && !field.trap)
          .map(({ field }) => field.label),
      ),
    ],
    lacking:
      upload === undefined
        ? "it has no field for a résumé file"
        : open.some((field) => field.type === "email" || email.test(words(field)))
          ? null
          : "it does not ask for an e-mail address",
    login: open.some(({ kind }) => kind === "password"),
  };

  function plan(field: FormField): Planned {
    const { candidate, job } = request;
    if (field === upload) return { field, step: { do: "upload" }, why: "the résumé" };
    if (field.kind === "password" || neverTyped.test(sameText(field.label)))
      return left(field, "never typed by a machine");
    if (field.kind === "text") {
      const own = ownData(field, candidate);
      if (own !== null) return own.text === "" ? left(field, own.why) : typed(field, own.text, own.why);
    }
    const sources = [
      { answers: request.answers, why: "the reviewer's answer" },
      { answers: candidate.answerBook, why: "the answer book" },
    ];
    let refused = "";
    for (const { answers, why } of sources) {
      const exact = answers.find(({ question }) => sameText(question) === sameText(field.label));
      const found = exact ?? answers.find(({ question }) => asksTheSame(field.label, question, job.company));
      if (found === undefined || found.answer.trim() === "") continue;
      const step = stepFor(field, found.answer.trim());
      if (step !== null) return { field, step, why: `${why}: "${found.question}"` };
      refused = `${why} "${found.answer.slice(0, 100)}" does not fit the field`;
    }
    if (isDemographic(field)) {
      const options = field.options
        .map((option, i) => ({ option: sameText(option), i }))
        .filter(({ option }) => decline.test(option));
      const [choice] = options;
      if (choice !== undefined)
        return { field, step: { do: "choose", options: [choice.i] }, why: "declined" };
      return left(field, "nobody answers this for a person");
    }
    return left(field, refused || "no answer is known");
  }
}

const words = ({ label, name }: FormField) => sameText(`${label} ${name.replace(/[_[\]-]+/g, " ")}`);
const only = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined);
const left = (field: FormField, why: string): Planned => ({ field, step: { do: "leave" }, why });

const isDemographic = (field: FormField) =>
  demographic.test(sameText(field.label)) || voluntary.test(sameText(field.section));

/** Name, e-mail and phone, told by what the page says the field is for. Null: the field asks something else. */
function ownData(
  field: FormField,
  candidate: ApplyRequest["candidate"],
): { text: string; why: string } | null {
  const label = sameText(field.label);
  const token = field.autocomplete.toLowerCase().split(/\s+/).at(-1) ?? "";
  const [given = "", ...rest] = candidate.name.trim().split(/\s+/);
  if (field.type === "email" || token === "email" || /^(?:your |confirm )?e ?mail(?: address)?$/.test(label))
    return { text: candidate.email, why: "e-mail" };
  if (field.type === "tel" || token === "tel" || (phone.test(label) && label.split(" ").length <= 4))
    return { text: candidate.phone, why: "phone" };
  if (token === "given-name" || first.test(label)) return { text: given, why: "first name" };
  if (token === "family-name" || last.test(label)) return { text: rest.join(" "), why: "last name" };
  if (token === "name" || full.test(label)) return { text: candidate.name, why: "name" };
  return null;
}

function typed(field: FormField, text: string, why: string): Planned {
  const step = stepFor(field, text);
  return step === null ? left(field, `${why} does not fit the field`) : { field, step, why };
}

/** How an answer goes into a field; null if it does not fit: then a person is asked. */
export function stepFor(field: FormField, answer: string): Step | null {
  switch (field.kind) {
    case "text":
    case "textarea": {
      if (field.maxLength > 0 && answer.length > field.maxLength) return null;
      if (field.type === "number") {
        const digits = answer.replace(/[,.'\s](?=\d{3}\b)/g, "");
        return /^\d+(?:\.\d+)?$/.test(digits) ? { do: "type", text: digits } : null;
      }
      if (field.type === "url" && !/^https?:\/\//.test(answer)) return null;
      if (field.type === "date" && !/^\d{4}-\d{2}-\d{2}$/.test(answer)) return null;
      if (field.type === "month" && !/^\d{4}-\d{2}$/.test(answer)) return null;
      return { do: "type", text: answer };
    }
    case "select":
    case "radio": {
      const option = optionFor(field.options, answer);
      return option === null ? null : { do: "choose", options: [option] };
    }
    case "checkboxes": {
      const whole = optionFor(field.options, answer);
      if (whole !== null) return { do: "choose", options: [whole] };
      const parts = answer.split(/\s*[,;]\s*/).filter((part) => part !== "");
      const options = parts.map((part) => optionFor(field.options, part));
      const known = options.filter((option) => option !== null);
      return known.length === parts.length && known.length > 0
        ? { do: "choose", options: [...new Set(known)] }
        : null;
    }
    case "checkbox":
      return /^(?:yes|true|agree|i agree|ja|on)$/i.test(answer) ? { do: "tick" } : null;
    case "file":
    case "password":
    case "other":
      return null;
  }
}

/** The option with the same words; else the only one that begins with them ("Yes" for "Yes, I am authorized"). */
function optionFor(options: readonly string[], answer: string): number | null {
  const wanted = sameText(answer);
  if (wanted === "") return null;
  const texts = options.map(sameText);
  const exact = texts.indexOf(wanted);
  if (exact >= 0) return exact;
  const starts = texts.flatMap((text, i) => (text.startsWith(`${wanted} `) ? [i] : []));
  return starts.length === 1 ? (starts[0] ?? null) : null;
}
