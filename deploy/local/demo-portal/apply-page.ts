/** The application form as HTML, empty or with what was typed and what was wrong; and the pages after it. */
import { type FormField, honeypotName, resumeTextName, tokenName } from "./form-fields.ts";
import { careersTitle } from "./json-ld.ts";
import { escapeHtml, page } from "./page.ts";
import type { Listing } from "./postings.ts";

/** What was typed, by control name, and what is wrong with it. */
export interface Typed {
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly errors: ReadonlyMap<string, string>;
  /** Wrong as a whole, e.g. the form was too old. */
  readonly problem: string | null;
}

export const nothingTyped: Typed = { values: new Map(), errors: new Map(), problem: null };

const asterisk = ' <span class="asterisk" aria-hidden="true">*</span>';

const control = (field: FormField, typed: Typed): string => {
  const { name, kind } = field;
  const error = typed.errors.get(name);
  const values = typed.values.get(name) ?? [];
  const value = escapeHtml(values[0] ?? "");
  const label = escapeHtml(field.label) + (field.required ? asterisk : "");
  const describedBy = [
    field.help === "" ? "" : `${name}-help`,
    error === undefined ? "" : `${name}-error`,
  ].filter(Boolean);
  const notes = [
    field.help === "" ? "" : `<p class="help" id="${name}-help">${escapeHtml(field.help)}</p>`,
    error === undefined
      ? ""
      : `<p class="error" id="${name}-error" data-field-error="${name}">${escapeHtml(error)}</p>`,
  ].join("");
  const state = [
    error === undefined ? "" : ' aria-invalid="true"',
    describedBy.length === 0 ? "" : ` aria-describedby="${describedBy.join(" ")}"`,
  ].join("");
  const required = field.required ? ' required aria-required="true"' : "";
  const wrap = (inner: string) => `<div class="field" data-field="${name}">${inner}${notes}</div>`;
  const labelled = (inner: string) => wrap(`<label for="${name}">${label}</label>${inner}`);
  const group = (type: "radio" | "checkbox") =>
    `<fieldset class="field" data-field="${name}" id="${name}"${field.required ? ' aria-required="true"' : ""}${state}><legend>${label}</legend>${field.options
      .map(
        (option) =>
          `<label class="choice" for="${name}_${option.value}"><input type="${type}" id="${name}_${option.value}" name="${name}${type === "checkbox" ? "[]" : ""}" value="${option.value}"${values.includes(option.value) ? " checked" : ""}${type === "radio" && field.required ? " required" : ""}> ${escapeHtml(option.label)}</label>`,
      )
      .join("")}${notes}</fieldset>`;
  switch (kind) {
    case "textarea":
      return labelled(
        `<textarea id="${name}" name="${name}" maxlength="5000"${required}${state}>${value}</textarea>`,
      );
    case "select":
      return labelled(
        `<select id="${name}" name="${name}"${required}${state}><option value="">Please select</option>${field.options
          .map(
            (option) =>
              `<option value="${option.value}"${values.includes(option.value) ? " selected" : ""}>${escapeHtml(option.label)}</option>`,
          )
          .join("")}</select>`,
      );
    case "radio":
      return group("radio");
    case "checkboxes":
      return group("checkbox");
    case "consent":
      return wrap(
        `<label class="choice" for="${name}"><input type="checkbox" id="${name}" name="${name}" value="1"${values.includes("1") ? " checked" : ""}${required}${state}> ${label}</label>`,
      );
    case "file":
      // Not `required`: text instead of a file is enough.
      return `${labelled(`<input type="file" id="${name}" name="${name}" accept=".pdf,.doc,.docx,.txt" aria-required="true"${state}>`)}
<details class="field"><summary>Or paste your resume as text</summary><label for="${resumeTextName}">Resume as text</label><textarea id="${resumeTextName}" name="${resumeTextName}" maxlength="50000">${escapeHtml(typed.values.get(resumeTextName)?.[0] ?? "")}</textarea></details>`;
    default: {
      const type = kind === "number" ? 'number" min="0" step="1" inputmode="numeric' : kind;
      const autocomplete =
        { first_name: "given-name", last_name: "family-name", email: "email", phone: "tel" }[name] ?? "off";
      return labelled(
        `<input type="${type}" id="${name}" name="${name}" value="${value}" autocomplete="${autocomplete}" maxlength="500"${required}${state}>`,
      );
    }
  }
};

/** `GET .../apply`, and the answer (422) to a form that could not be taken. */
export const applyPage = (
  listing: Listing,
  fields: readonly FormField[],
  token: string,
  typed: Typed,
): string => {
  const { opening, jobId } = listing;
  const wrong = fields.filter((one) => typed.errors.has(one.name));
  const summary =
    wrong.length === 0 && typed.problem === null
      ? ""
      : `<div class="alert" role="alert" data-testid="form-errors"><strong>${escapeHtml(typed.problem ?? "Please correct the following and submit again.")}</strong>${
          wrong.length === 0
            ? ""
            : `<ul>${wrong.map((one) => `<li><a href="#${one.name}">${escapeHtml(one.label)}: ${escapeHtml(typed.errors.get(one.name) ?? "")}</a></li>`).join("")}</ul>`
        }</div>\n`;
  const section = (name: FormField["section"]) =>
    fields
      .filter((one) => one.section === name)
      .map((one) => control(one, typed))
      .join("\n");
  const demographics = section("demographics");
  return page(
    opening.company,
    `Apply: ${careersTitle(listing)}`,
    `<p class="meta"><a href="/careers/${opening.company.token}/jobs/${jobId}">Back to the posting</a></p>
<h1>Apply for ${escapeHtml(careersTitle(listing))}</h1>
<p class="help">Fields marked with <span class="asterisk">*</span> are required.</p>
${summary}<form id="application-form" method="post" enctype="multipart/form-data" action="/careers/${opening.company.token}/jobs/${jobId}/apply" novalidate>
<input type="hidden" name="${tokenName}" value="${token}">
<div class="trap" aria-hidden="true"><label for="${honeypotName}">Leave this field empty</label><input type="text" id="${honeypotName}" name="${honeypotName}" tabindex="-1" autocomplete="off"></div>
${section("basics")}
<section id="custom-questions"><h2>Questions</h2>
${section("questions")}</section>
${
  demographics === ""
    ? ""
    : `<section id="demographic-questions"><h2>Voluntary self-identification</h2><p class="help">Answering is voluntary and has no influence on your application.</p>
${demographics}</section>\n`
}${section("consent")}
<button type="submit" id="submit-application" data-testid="submit-application">Submit application</button>
</form>`,
  );
};

/** Where a successful application is redirected to. */
export const confirmationPage = (listing: Listing, reference: string): string =>
  page(
    listing.opening.company,
    "Application received",
    `<h1>Thank you for applying</h1>
<p>We have received your application for <strong>${escapeHtml(careersTitle(listing))}</strong>.</p>
<p>Your reference number is <span class="reference" data-testid="confirmation-reference">${escapeHtml(reference)}</span></p>
<p class="meta">Please keep it for questions about your application.</p>`,
  );

/** The answer (409) to a second application by the same e-mail for the same job. */
export const alreadyAppliedPage = (listing: Listing): string =>
  page(
    listing.opening.company,
    "Already applied",
    `<h1>You have already applied</h1>
<p data-testid="already-applied">An application for <strong>${escapeHtml(careersTitle(listing))}</strong> with this e-mail address has already been received. We did not record a second one.</p>
<p><a href="/careers/${listing.opening.company.token}">See other open positions</a></p>`,
  );
