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
    /** A field with a list that opens: typed into or only clicked. */
    "combobox",
    /** Buttons of which one is pressed to answer. */
    "buttons",
    /** A part of a date: month, day or year. */
    "spin",
    "other",
  ]),
  /** The control's own type: text, email, tel, number, url, date ... */
  type: Schema.String,
  name: Schema.String,
  label: Schema.String,
  /** Where the label was found; "name" is the weakest. */
  from: Schema.Literals(["label", "aria", "legend", "beside", "placeholder", "name"]),
  /** The headings and legends that it stands under, the nearest first. */
  section: Schema.String,
  /** Its placeholder. */
  hint: Schema.String,
  autocomplete: Schema.String,
  required: Schema.Boolean,
  /** Can't be used yet: usually it waits for another field. */
  disabled: Schema.Boolean,
  readOnly: Schema.Boolean,
  typeable: Schema.Boolean,
  /** 0: no limit. */
  maxLength: Schema.Finite,
  minLength: Schema.Finite,
  /** A regular expression for the whole value; "" if there is none. */
  pattern: Schema.String,
  min: Schema.String,
  max: Schema.String,
  accept: Schema.String,
  multiple: Schema.Boolean,
  /** Nobody can see it, or its words tell people to leave it alone. */
  trap: Schema.Boolean,
  /** Why it is a trap; "later" for a part of the form that is not shown yet; "" for what people see. */
  hidden: Schema.String,
  /** For a choice: the texts, in order ("" for one that chooses nothing). For `checkbox`: none. */
  options: Schema.Array(Schema.String),
  /** The marks of the options, where each is a control of its own. */
  refs: Schema.Array(Schema.Int),
  /** What is in it now: text, the chosen options' texts, "on", or file names. */
  value: Schema.Array(Schema.String),
  /** For a choice: what the chosen options send. */
  holds: Schema.Array(Schema.String),
});
export type FormField = typeof FormField.Type;

export const FormPage = Schema.Struct({
  /** Whether there is a form that could be an application. */
  found: Schema.Boolean,
  /** The form only asks who one is, to let one in. */
  login: Schema.Boolean,
  captcha: Schema.Boolean,
  /** How much it looks like an application, to choose among frames. */
  points: Schema.Finite,
  /** The words of the button that leads to a further part of the form; "" if there is none. */
  step: Schema.String,
  /** "safe" if that button only shows the next part, "stores" if it sends something. */
  next: Schema.Literals(["", "safe", "stores"]),
  /** Whether one button, and no other, sends the form. */
  button: Schema.Boolean,
  /** Where an "Apply" link leads, if there is no form. */
  applyUrl: Schema.String,
  title: Schema.String,
  fields: Schema.Array(FormField),
  /** Labels of fields that the browser itself would refuse on submit. */
  refused: Schema.Array(Schema.String),
});
export type FormPage = typeof FormPage.Type;
