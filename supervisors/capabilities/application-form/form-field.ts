/** A form as a person would describe it: what each field asks, of which kind, and whether it must be answered. */
import { Schema } from "effect";

export const FormField = Schema.Struct({
  /** Marks the control in the page while we have it open. */
  ref: Schema.Int,
  kind: Schema.Literals([
    "text",
    "textarea",
    "select",
    "radio",
    "checkboxes",
    "checkbox",
    "file",
    "password",
    "other",
  ]),
  /** The control's own type: text, email, tel, number, url, date ... */
  type: Schema.String,
  name: Schema.String,
  label: Schema.String,
  /** The heading or legend that it stands under. */
  section: Schema.String,
  autocomplete: Schema.String,
  required: Schema.Boolean,
  /** 0: no limit. */
  maxLength: Schema.Finite,
  /** Nobody can see it, or its words tell people to leave it alone. */
  trap: Schema.Boolean,
  /** For a choice: the texts, in order. For `checkbox`: none. */
  options: Schema.Array(Schema.String),
  /** What is in it now: text, the chosen options' texts, "on", or file names. */
  value: Schema.Array(Schema.String),
});
export type FormField = typeof FormField.Type;

export const FormPage = Schema.Struct({
  /** Whether there is a form that could be an application. */
  found: Schema.Boolean,
  /** Where an "Apply" link leads, if there is no form. */
  applyUrl: Schema.String,
  fields: Schema.Array(FormField),
  /** Labels of fields that the browser itself would refuse on submit. */
  refused: Schema.Array(Schema.String),
});
export type FormPage = typeof FormPage.Type;
