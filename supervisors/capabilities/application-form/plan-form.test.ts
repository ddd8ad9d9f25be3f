import { describe, expect, test } from "vitest";
import type { ApplyRequest } from "../../../protocols/applier.ts";
import { applicantOfRequest } from "./applicant.ts";
import { stepFor } from "./fit-value.ts";
import type { FormField } from "./form-field.ts";
import { planForm } from "./plan-form.ts";
import { asksTheSame } from "./same-question.ts";

const request: ApplyRequest = {
  application: "ada-f00d",
  attempt: 1,
  job: {
    id: "f00d",
    title: "Engineer",
    company: "Lumen Pay",
    region: "eu",
    portal: "p",
    url: "",
    applyUrl: "",
  },
  candidate: {
    id: "ada",
    name: "Ada de la Cruz",
    email: "ada@example.org",
    phone: "+49 30 1234567",
    region: "eu",
    search: [],
    resumeVersion: "ada/v1",
    answerBook: [
      { question: "Why do you want to work with us?", answer: "I like your product." },
      {
        question: "Are you legally authorized to work in the country where this job is located?",
        answer: "Yes",
      },
      { question: "Which ways of working suit you?", answer: "Hybrid, Remote" },
      { question: "What are your salary expectations (gross per year)?", answer: "88,000" },
      {
        question: "I have read the privacy notice and agree that my data is processed for this application",
        answer: "Yes",
      },
    ],
  },
  resumeVersion: "ada/v1",
  answers: [{ question: "Shoe size", answer: "42" }],
};
let ref = 0;
const field = (label: string, change: Partial<FormField> = {}): FormField => ({
  ref: ref++,
  kind: "text",
  type: "text",
  name: "",
  label,
  from: "label",
  hint: "",
  disabled: false,
  readOnly: false,
  typeable: true,
  minLength: 0,
  pattern: "",
  min: "",
  max: "",
  accept: "",
  multiple: false,
  hidden: "",
  refs: [],
  holds: [],
  section: "",
  autocomplete: "",
  required: true,
  maxLength: 0,
  trap: false,
  options: [],
  value: [],
  ...change,
});
const basics = [field("Email", { type: "email" }), field("Resume/CV", { kind: "file", type: "file" })];
const resume = {
  basics: { name: "Ada de la Cruz", location: { city: "Berlin", countryCode: "DE" } },
  work: [{ name: "Parkwise", position: "Engineer", startDate: "2020-04" }],
};
const applicant = applicantOfRequest(request, resume);
const planOf = (...fields: FormField[]) => planForm({ fields: [...basics, ...fields] }, applicant);
/** What is handed over: required, and neither filled nor settled. */
const open = ({ fields }: ReturnType<typeof planForm>) =>
  fields.flatMap(({ field, step, settled }) =>
    field.required && step.do === "leave" && !settled ? [field.label] : [],
  );
const stepOf = (one: FormField) => planOf(one).fields.at(-1)?.step;

describe("planForm", () => {
  test("knows the person's own data by label, type or autocomplete", () => {
    const [first, last] = planOf(field("First Name"), field("Last name")).fields.slice(2);
    expect(first?.step).toEqual({ do: "type", text: "Ada" });
    expect(last?.step).toEqual({ do: "type", text: "de la Cruz" });
    expect(stepOf(field("Full name"))).toEqual({ do: "type", text: "Ada de la Cruz" });
    const given = field("?", { autocomplete: "section-a given-name" });
    expect(planOf(given, field("Last name")).fields[2]?.step).toEqual({ do: "type", text: "Ada" });
    expect(stepOf(field("Mobile Number", { type: "tel" }))).toMatchObject({ text: "+49 30 1234567" });
    expect(stepOf(field("Emergency contact phone"))).toEqual({ do: "leave" });
  });

  test("answers from the reviewer and the book, whatever the employer is called", () => {
    expect(stepOf(field("Why do you want to work at Lumen Pay?"))).toMatchObject({
      text: "I like your product.",
    });
    expect(stepOf(field("Shoe size", { type: "number" }))).toMatchObject({ text: "42" });
    expect(
      stepOf(field("What are your salary expectations (gross per year)?", { type: "number" })),
    ).toMatchObject({
      text: "88000",
    });
    const modes = { kind: "checkboxes", type: "checkbox", options: ["On site", "Hybrid", "Remote"] } as const;
    expect(stepOf(field("Which ways of working suit you?", modes))).toEqual({
      do: "choose",
      options: [1, 2],
    });
    expect(
      stepOf(
        field(
          "I have read the privacy notice and agree that Lumen Pay processes my data for this application",
          {
            kind: "checkbox",
            type: "checkbox",
          },
        ),
      ),
    ).toEqual({ do: "tick" });
  });

  test("hands to a person what must be answered and is not known, and what does not fit", () => {
    const yesNo = { kind: "select", type: "select", options: ["", "Yes", "No"] } as const;
    const plan = planOf(
      field("Are you legally authorized to work in the United States?", yesNo),
      field("Which ways of working suit you?", { ...yesNo, options: ["Office", "Home"] }),
      field("How many years have you worked with Kubernetes?"),
      field("Hobbies", { required: false }),
    );
    expect(open(plan)).toEqual([
      "Are you legally authorized to work in the United States?",
      "Which ways of working suit you?",
      "How many years have you worked with Kubernetes?",
    ]);
  });

  test("takes a question about sponsorship for the country that the form's other question names", () => {
    const yesNo = { kind: "select", type: "select", options: ["", "Yes", "No"] } as const;
    const asks = (country: string) => {
      const fields = [
        field(`Are you legally authorized to work in ${country}?`, yesNo),
        field("Will you now or in the future require sponsorship?", yesNo),
      ];
      const choices = { "work authorization": "Yes", sponsorship: "No" };
      const person = applicantOfRequest(
        { ...request, candidate: { ...request.candidate, answerBook: [], choices } },
        resume,
      );
      return planForm({ fields }, person).fields.map(({ step }) => step.do);
    };
    expect(asks("Germany")).toEqual(["choose", "choose"]);
    expect(asks("the United States")).toEqual(["leave", "leave"]);
  });

  test("never guesses who somebody is: a stored choice, an option to decline, or nothing", () => {
    const gender = { kind: "select", type: "select", required: false } as const;
    expect(stepOf(field("Gender", { ...gender, options: ["", "Female", "Male"] }))).toEqual({ do: "leave" });
    expect(stepOf(field("Gender", { ...gender, options: ["", "Female", "I don't wish to answer"] }))).toEqual(
      {
        do: "choose",
        options: [2],
      },
    );
    expect(
      open(planOf(field("Disability status", { ...gender, required: true, options: ["Yes", "No"] }))),
    ).toEqual(["Disability status"]);
  });

  test("leaves traps, passwords and identity numbers alone", () => {
    const trap = field("Email", { type: "email", trap: true });
    const plan = planOf(
      trap,
      field("Password", { kind: "password", type: "password" }),
      field("Passport number"),
    );
    expect(plan.fields.slice(2).map(({ step }) => step.do)).toEqual(["leave", "leave", "leave"]);
    expect(open(plan)).toEqual(["Password", "Passport number"]);
  });

  test("puts the résumé where it belongs, and nowhere else", () => {
    expect(planForm({ fields: [field("Email", { type: "email" })] }, applicant).withoutResume).toBe(true);
    const picture = planForm({ fields: [field("Picture", { kind: "file", type: "file" })] }, applicant);
    expect(picture.fields[0]?.step).toEqual({ do: "leave" });
    const two = [
      field("Cover letter", { kind: "file", required: false }),
      field("Lebenslauf", { kind: "file" }),
    ];
    const plan = planForm({ fields: [field("E-Mail"), ...two] }, applicant);
    expect(plan.fields.map(({ step }) => step.do)).toEqual(["type", "leave", "upload"]);
    const word = field("Resume", { kind: "file", accept: ".docx" });
    expect(open(planForm({ fields: [word] }, applicant))).toEqual(["Resume"]);
  });

  test("takes an answer only where it fits", () => {
    const number = field("n", { type: "number" });
    expect(stepFor(number, "about 80")).toBeNull();
    expect(stepFor(field("t", { maxLength: 3 }), "four")).toBeNull();
    expect(stepFor(field("u", { type: "url" }), "not an address")).toBeNull();
    expect(stepFor(field("p", { pattern: "\\d{5}" }), "1234")).toBeNull();
    expect(stepFor(field("d", { type: "date" }), "03/04/2026")).toBeNull();
    expect(stepFor(field("d", { hint: "DD.MM.YYYY" }), "2026-04-03")).toMatchObject({ text: "03.04.2026" });
    const choice = field("c", { kind: "radio", options: ["Yes, I am", "Yes, soon", "No"] });
    expect(stepFor(choice, "Yes")).toBeNull();
    expect(stepFor(choice, "no")).toEqual({ do: "choose", options: [2] });
  });
});

describe("asksTheSame", () => {
  test.each([
    ["What is your notice period?", "Your notice period", true],
    ["Are you willing to relocate?", "Are you willing to relocate if necessary?", true],
    [
      "How many years of professional experience do you have with Rust?",
      "How many years of professional experience do you have in this field?",
      false,
    ],
    [
      "Do you require sponsorship?",
      "Will you now or in the future require sponsorship for a work visa?",
      false,
    ],
    ["Can you work without sponsorship?", "Can you work with sponsorship?", false],
    ["Have you ever been convicted of a crime?", "Have you ever been employed by us?", false],
    ["Anything else?", "", false],
  ])("%s / %s: %s", (asked, known, same) => {
    expect(asksTheSame(asked, known, "Lumen Pay")).toBe(same);
  });
});
