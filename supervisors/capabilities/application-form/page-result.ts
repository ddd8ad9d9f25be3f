/** What a page says after the button was pressed. */
import { Schema } from "effect";
import { wallIn } from "../portal-http/blocked.ts";

export const ResultPage = Schema.Struct({
  /** The document that was pressed on is still there. */
  same: Schema.Boolean,
  form: Schema.Boolean,
  title: Schema.String,
  text: Schema.String,
  markup: Schema.String,
  /** An element that the page itself calls the reference or confirmation number. */
  reference: Schema.String,
  errors: Schema.Array(Schema.Struct({ label: Schema.String, message: Schema.String })),
  alerts: Schema.Array(Schema.String),
});
export type ResultPage = typeof ResultPage.Type;

/** Runs inside the page. */
export const readResultScript = String.raw`(() => {
  const clean = (text) => String(text ?? "").replace(/\s+/g, " ").trim();
  const visible = (one) => one.getClientRects().length > 0;
  const main = document.querySelector("main") ?? document.body;
  const labelOf = (control) => {
    const own = control.id ? Array.from(document.querySelectorAll("label")).find((one) => one.htmlFor === control.id) : null;
    const legend = control.tagName === "FIELDSET" ? control.querySelector("legend") : null;
    return clean((legend ?? own ?? control.closest("label"))?.textContent || control.getAttribute("aria-label") || control.name)
      .replace(/[*✱]+/g, "").trim().slice(0, 300);
  };
  const messageOf = (control) => (control.getAttribute("aria-errormessage") ?? control.getAttribute("aria-describedby") ?? "").split(/\s+/)
    .map((id) => id && document.getElementById(id)).filter((one) => one && visible(one) && /error|invalid|problem/i.test(one.id + " " + one.className))
    .map((one) => clean(one.textContent)).join(" ");
  const reference = document.querySelector("[data-testid*=reference], [data-testid*=confirmation-number], [id*=reference-number], [class*=confirmation-number], .reference");
  return {
    same: Boolean(window.__callboardPressed),
    form: Array.from(document.forms).some((form) => form.querySelector("input[type=file], input[type=email]")),
    title: clean(document.title).slice(0, 300),
    text: clean(main.innerText).slice(0, 20000),
    markup: document.documentElement.outerHTML.slice(0, 100000),
    reference: reference && visible(reference) ? clean(reference.textContent).slice(0, 100) : "",
    errors: Array.from(document.querySelectorAll("[aria-invalid=true]")).filter(visible).slice(0, 50)
      .map((one) => ({ label: labelOf(one), message: messageOf(one).slice(0, 300) })),
    alerts: Array.from(document.querySelectorAll("[role=alert], .alert, .error-message")).filter(visible).map((one) => clean(one.innerText)).filter(Boolean).slice(0, 10),
  };
})()`;

export type Verdict =
  | { readonly is: "confirmed"; readonly reference: string; readonly words: string }
  | { readonly is: "duplicate"; readonly words: string }
  /** The portal showed the form again: it did not take the application. */
  | { readonly is: "refused"; readonly questions: readonly string[]; readonly words: string }
  | { readonly is: "wall"; readonly words: string };

const duplicate =
  /\balready (?:applied|submitted (?:an )?application|received (?:an|your) application)|\bhas already been received|\bbereits beworben|\bduplicate application/i;
const thanks =
  /\bthank(?:s| you)(?: very much)? for (?:applying|your (?:application|interest|submission))|\b(?:we(?: have|'ve|’ve)? |has been |was |is )received your application|\bapplication (?:has been |was |is )?(?:received|submitted|complete)|\bsuccessfully (?:submitted|applied)|\bdanke f(?:ü|u)r (?:ihre|deine) bewerbung|\bbewerbung (?:ist )?(?:erhalten|eingegangen)/i;
const numbered =
  /\b(?:reference|confirmation|application)(?: (?:number|no\.?|id|code))?(?: is)?\s*[:#]?\s*((?=[A-Z0-9-]*\d)[A-Z0-9]{2,}(?:-[A-Z0-9]+)*)/;

/** Null as long as the page says nothing that we understand. */
export function verdictOf(page: ResultPage): Verdict | null {
  const words = page.text.slice(0, 600);
  const wall = wallIn(page.markup);
  if (wall !== null) return { is: "wall", words: wall };
  if (!page.form && (duplicate.test(page.text) || duplicate.test(page.title)))
    return { is: "duplicate", words };
  if (!page.form && (thanks.test(page.text) || thanks.test(page.title)))
    return { is: "confirmed", reference: page.reference || numbered.exec(page.text)?.[1] || "", words };
  if (page.form && page.errors.length > 0)
    return {
      is: "refused",
      questions: page.errors.map(({ label, message }) => label || message),
      words: page.errors
        .map(({ label, message }) => `${label}: ${message}`)
        .join("; ")
        .slice(0, 600),
    };
  if (page.form && page.alerts.length > 0)
    return duplicate.test(page.alerts.join(" "))
      ? { is: "duplicate", words: page.alerts.join(" ") }
      : { is: "refused", questions: [], words: page.alerts.join(" ").slice(0, 600) };
  return null;
}
