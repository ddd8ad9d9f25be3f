import { describe, expect, test } from "vitest";
import type { ApplyRequest } from "../../../protocols/applier.ts";
import type { FormField } from "./form-field.ts";
import { planForm, stepFor } from "./plan-form.ts";
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
const planOf = (...fields: FormField[]) => planForm([...basics, ...fields], request);
const stepOf = (one: FormField) => planOf(one).fields.at(-1)?.step;

describe("planForm", () => {
  test("knows the person's own data by label, type or autocomplete", () => {
    expect(stepOf(field("First Name"))).toEqual({ do: "type", text: "Ada" });
    expect(stepOf(field("Last name"))).toEqual({ do: "type", text: "de la Cruz" });
    expect(stepOf(field("Full name"))).toEqual({ do: "type", text: "Ada de la Cruz" });
    expect(stepOf(field("?", { autocomplete: "section-a given-name" }))).toEqual({ do: "type", text: "Ada" });
    expect(stepOf(field("Mobile Number", { type: "tel" }))).toMatchObject({ text: "+49 30 1234567" });
    expect(stepOf(field("Company name"))).toEqual({ do: "leave" });
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
    expect(plan.questions).toEqual([
      "Are you legally authorized to work in the United States?",
      "Which ways of working suit you?",
      "How many years have you worked with Kubernetes?",
    ]);
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
      planOf(field("Disability status", { ...gender, required: true, options: ["Yes", "No"] })).questions,
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
    expect(plan.login).toBe(true);
    expect(plan.questions).toEqual(["Password", "Passport number"]);
  });

  test("says what every form has and this one lacks", () => {
    expect(planForm([field("Email", { type: "email" })], request).lacking).toContain("résumé");
    expect(planForm([field("Resume", { kind: "file" })], request).lacking).toContain("e-mail");
    const two = [
      field("Cover letter", { kind: "file", required: false }),
      field("Lebenslauf", { kind: "file" }),
    ];
    const plan = planForm([field("E-Mail"), ...two], request);
    expect(plan.fields.map(({ step }) => step.do)).toEqual(["type", "leave", "upload"]);
  });

  test("takes an answer only where it fits", () => {
    const number = field("n", { type: "number" });
    expect(stepFor(number, "about 80")).toBeNull();
    expect(stepFor(field("t", { maxLength: 3 }), "four")).toBeNull();
    expect(stepFor(field("u", { type: "url" }), "example.org")).toBeNull();
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
