/** How an answer goes into a field: as the field takes it, or not at all. Nothing is cut, rounded or bent until it fits. */
import type { FormField } from "./form-field.ts";
import { isNo, isYes, optionFor } from "./match-option.ts";
import { sameText } from "./same-question.ts";
import { dateFor } from "./written-date.ts";

export type Step =
  | { readonly do: "type"; readonly text: string }
  /** Options by their place in the field's list. */
  | { readonly do: "choose"; readonly options: readonly number[] }
  /** From a list that only opens when one types or clicks. */
  | { readonly do: "pick"; readonly wanted: readonly string[]; readonly place: boolean }
  | { readonly do: "tick" }
  /** Somebody ticked it for us. */
  | { readonly do: "untick" }
  | { readonly do: "upload"; readonly what: "resume" | "coverLetter" }
  | { readonly do: "leave" };

/** @param answers ways to say the same, the best first. @returns null if none fits: then a person is asked. */
export function stepForAny(field: FormField, answers: readonly string[], match = optionFor): Step | null {
  const said = answers.map((answer) => answer.trim()).filter((answer) => answer !== "");
  if (field.kind === "combobox" && field.options.every((option) => option === "") && said.length > 0)
    return { do: "pick", wanted: said, place: false };
  for (const answer of said) {
    const step = stepFor(field, answer, match);
    if (step !== null) return step;
  }
  return null;
}

export function stepFor(field: FormField, answer: string, match = optionFor): Step | null {
  switch (field.kind) {
    case "text":
    case "textarea":
    case "spin":
      return typed(field, answer, match);
    case "combobox":
    case "select":
    case "buttons":
    case "radio": {
      const option = match(field.options, answer);
      return option === null ? null : { do: "choose", options: [option] };
    }
    case "checkboxes": {
      const whole = match(field.options, answer);
      if (whole !== null) return { do: "choose", options: [whole] };
      const parts = answer.split(/\s*[,;]\s*/).filter((part) => part !== "");
      const options = parts.map((part) => match(field.options, part));
      const known = options.filter((option) => option !== null);
      return known.length === parts.length && known.length > 0
        ? { do: "choose", options: [...new Set(known)] }
        : null;
    }
    case "checkbox":
      return isYes(answer) || sameText(answer) === sameText(field.label)
        ? { do: "tick" }
        : isNo(answer) && field.value.length > 0
          ? { do: "untick" }
          : null;
    case "file":
    case "password":
    case "other":
      return null;
  }
}

function typed(field: FormField, answer: string, match: typeof optionFor): Step | null {
  if (field.readOnly) return null;
  const text = textFor(field, answer);
  if (
    text === null ||
    (field.maxLength > 0 && text.length > field.maxLength) ||
    text.length < field.minLength
  )
    return null;
  if (field.pattern !== "" && !matchesWhole(field.pattern, text)) return null;
  // A list of suggestions: what it offers is what it wants, if it offers it.
  const offered = field.options.length > 0 ? match(field.options, text) : null;
  return { do: "type", text: offered === null ? text : (field.options[offered] ?? text) };
}

function textFor(field: FormField, answer: string): string | null {
  switch (field.type) {
    case "number": {
      const number = numberIn(answer);
      if (number === null) return null;
      const value = Number(number);
      const outside =
        (field.min !== "" && value < Number(field.min)) || (field.max !== "" && value > Number(field.max));
      return outside ? null : number;
    }
    case "spinbutton":
      return /^\d{1,4}$/.test(answer) ? answer : null;
    case "url":
      return /^https?:\/\/\S+$/.test(answer)
        ? answer
        : /^(?:[\w-]+\.)+[a-z]{2,}(?:\/\S*)?$/i.test(answer)
          ? `https://${answer}`
          : null;
    case "email":
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(answer) ? answer : null;
    case "date":
    case "month":
      return dateFor(answer, field.type === "date" ? "YYYY-MM-DD" : "YYYY-MM");
    default: {
      const pattern = /\b(?:(?:dd|tt|jj|mm|yyyy|jjjj|aaaa|yy)[\s./-]*){2,3}/i.exec(
        `${field.hint} ${field.label}`,
      )?.[0];
      return pattern === undefined
        ? answer
        : (dateFor(answer, pattern.trim()) ?? (/\d/.test(answer) ? null : answer));
    }
  }
}

/** "88,000 EUR", "88.000 €", "88k" as digits; null if it is a range, a sentence, or something else. */
export function numberIn(answer: string): string | null {
  const text = answer
    .trim()
    .replace(/^(?:[A-Z]{3}\s?|[$€£¥]\s?|CHF\s?|R\$\s?)/i, "")
    .replace(
      /\s?(?:[A-Z]{3}|[$€£¥]|years?|jahre|ans|años|anos|weeks?|days?|months?)(?:\s?(?:\/|per|pro|a)\s?\w+)?\.?$/i,
      "",
    )
    .replace(/[,.'\s\u00a0](?=\d{3}(?:\D|$))/g, "");
  const thousands = /^(\d+(?:\.\d+)?)\s?k$/i.exec(text)?.[1];
  if (thousands !== undefined) return String(Number(thousands) * 1_000);
  return /^\d+(?:\.\d+)?$/.test(text) ? text : null;
}

function matchesWhole(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, "v").test(text);
  } catch {
    try {
      return new RegExp(`^(?:${pattern})$`).test(text);
    } catch {
      return true; // A pattern that no browser understands refuses nothing there either.
    }
  }
}
