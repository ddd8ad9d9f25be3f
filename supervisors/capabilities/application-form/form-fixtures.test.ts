/** Ten portals' forms and what happens to them, each filled in a real Chromium without a press. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createBrowserPool } from "../browser/browser-pool.ts";
import { candidateOf } from "./candidate-file.ts";
import { dryRun } from "./dry-run.ts";
import { mutations } from "./testkit/broken-form.ts";
import { type FormSite, startFormSite } from "./testkit/form-site.ts";

const person = {
  basics: {
    name: "Lena Marie Vogt",
    label: "Data Engineer",
    email: "lena.vogt@example.org",
    phone: "+49 30 5550 0199",
    url: "https://lena.example.org",
    summary: "Builds pipelines.",
    location: { city: "Berlin", region: "Berlin", countryCode: "DE", address: "Lange Straße 1" },
    profiles: [
      { network: "LinkedIn", url: "https://www.linkedin.com/in/lena-vogt" },
      { network: "GitHub", url: "https://github.com/lena-vogt" },
    ],
  },
  work: [
    { name: "Parkwise", position: "Data Engineer", startDate: "2020-04" },
    { name: "Kontora", position: "Analyst", startDate: "2017-02", endDate: "2020-03" },
  ],
  education: [
    {
      institution: "TU Hamburg",
      area: "Computer Science",
      studyType: "Bachelor of Science",
      startDate: "2013-10",
      endDate: "2016-12",
    },
  ],
  answers: [
    { question: "Why do you want to work with us?", answer: "I like what you build." },
    { question: "Do you have experience with dbt?", answer: "Yes" },
    { question: "Are you willing to work from our Berlin office 3 days a week?", answer: "Yes" },
    { question: "Why do you want to join us?", answer: "I like what you build." },
  ],
  choices: {
    workAuthorization: { DE: true },
    sponsorship: { DE: "No" },
    salary: "88000",
    noticePeriod: "1 month",
  },
};

/** What is filled in, by the field's name; what is handed to a person; and how it ends. */
const fixtures: Record<
  string,
  { readonly filled: Record<string, unknown>; readonly handed: readonly string[] }
> = {
  "greenhouse-classic": {
    filled: {
      "job_application[first_name]": "Lena Marie",
      "job_application[last_name]": "Vogt",
      "job_application[email]": "lena.vogt@example.org",
      "job_application[resume]": ["Lena-Marie-Vogt-resume.pdf"],
      "job_application[educations][][degree_id]": "Bachelor's Degree",
      start_month: "October",
      start_year: "2013",
      "answers[1]": "Yes",
      "answers[2]": null,
      "job_application[gender]": "Decline To Self Identify",
      "job_application[cover_letter]": null,
    },
    handed: [],
  },
  "greenhouse-board": {
    filled: {
      first_name: "Lena Marie",
      country: "Germany +49",
      phone: "+49 30 5550 0199",
      resume: ["Lena-Marie-Vogt-resume.pdf"],
      q_100: "https://www.linkedin.com/in/lena-vogt",
    },
    // Said for Germany alone; the form does not say where.
    handed: [],
  },
  "greenhouse-embed": {
    filled: {
      name: "Lena Marie Vogt",
      email: "lena.vogt@example.org",
      org: "Parkwise",
      why: "I like what you build.",
    },
    handed: [],
  },
  lever: {
    filled: {
      name: "Lena Marie Vogt",
      phone: "+49 30 5550 0199",
      location: "Berlin, Germany",
      org: "Parkwise",
      "urls[GitHub]": "https://github.com/lena-vogt",
      "cards[abc][field0]": "Yes",
      "eeo[race]": "Decline to self-identify",
    },
    handed: [],
  },
  ashby: {
    filled: {
      _systemfield_name: "Lena Marie Vogt",
      _systemfield_location: "Berlin, Berlin, Germany",
      _systemfield_resume: ["Lena-Marie-Vogt-resume.pdf"],
      f35f: "Yes",
      a001: "1 month",
    },
    handed: [],
  },
  workable: {
    filled: {
      firstname: "Lena Marie",
      headline: "Data Engineer",
      cc: "Germany (+49)",
      phone: "30 5550 0199",
      address: "Lange Straße 1",
      summary: "Builds pipelines.",
      cover_letter: null,
      QA_1: "Yes",
      gdpr: "yes",
      pool: "no",
    },
    handed: [],
  },
  smartrecruiters: {
    filled: {
      "first-name-input": "Lena Marie",
      email: "lena.vogt@example.org",
      confirm: "lena.vogt@example.org",
      city: "Berlin",
      "experience-title-1": "Data Engineer",
      "experience-company-2": "Kontora",
      "experience-from-2": "2017-02",
      message: null,
    },
    handed: [],
  },
  workday: {
    filled: {
      jobTitle: "Data Engineer",
      companyName: "Parkwise",
      currentlyWorkHere: "yes",
      "w--startDate-dateSectionMonth-input": "4",
      "w--startDate-dateSectionYear-input": "2020",
      degree: "Bachelors",
      linkedInAccount: "https://www.linkedin.com/in/lena-vogt",
    },
    handed: [],
  },
  "recruitee-german": {
    filled: {
      "candidate[name]": "Lena Marie Vogt",
      "candidate[city]": "Berlin",
      country: "Deutschland",
      "candidate[cv]": ["Lena-Marie-Vogt-resume.pdf"],
      open_question_1: "1 month",
      open_question_2: "88000",
      open_question_3: "Keine Angabe",
      agree: "yes",
    },
    handed: [],
  },
  portuguese: {
    filled: {
      name: "Lena Marie Vogt",
      confirmEmail: "lena.vogt@example.org",
      phone: "+49 30 5550 0199",
      salary: "88000",
      pcd: "Prefiro não responder",
    },
    handed: [],
  },
  "french-steps": {
    filled: {
      prenom: "Lena Marie",
      nom: "Vogt",
      email: "lena.vogt@example.org",
      cv: ["Lena-Marie-Vogt-resume.pdf"],
      pays: "Allemagne",
      region: "Berlin",
    },
    handed: [],
  },
};

const pool = createBrowserPool({ size: 3 });
let site: FormSite;
beforeAll(async () => {
  site = await startFormSite();
  await pool.use({ media: false, signal: new AbortController().signal }, () => Promise.resolve());
}, 60_000);
afterAll(async () => {
  await pool.close();
  await site.close();
});

const html = (name: string) =>
  readFileSync(join(import.meta.dirname, "testkit", "forms", `${name}.html`), "utf8");
const fill = (page: string, who: object = person) =>
  dryRun(pool, site.show(page), candidateOf(who, "test"), null, AbortSignal.timeout(60_000));
const values = ({ fields }: Awaited<ReturnType<typeof fill>>) =>
  Object.fromEntries(fields.map(({ name, value }) => [name, value]));
/** The name of the field that takes the e-mail address. */
const mail = "lena.vogt@example.org";

describe.concurrent("forms", () => {
  test.each(Object.entries(fixtures))(
    "%s is filled with what is known",
    async (name, wanted) => {
      const run = await fill(html(name));
      expect(values(run)).toMatchObject(wanted.filled);
      expect(run.handedToPerson.map((one) => one.name)).toEqual(wanted.handed);
      expect(run.outcome).toBe(wanted.handed.length > 0 ? "needs-person" : "filled");
    },
    90_000,
  );

  const broken = Object.keys(fixtures).flatMap((name) =>
    Object.keys(mutations).map((what) => [name, what] as const),
  );
  test.each(broken)(
    "%s: %s",
    async (name, what) => {
      const before = html(name);
      const after = mutations[what as keyof typeof mutations](before);
      expect(after).not.toBe(before);
      const run = await fill(after);
      const mails = run.fields.filter(({ value }) => value === mail).length;
      switch (what as keyof typeof mutations) {
        case "a trap is added":
          expect(run.honeypots).toContain("trap_website");
          expect(run.outcome).toBe("filled");
          break;
        case "an unknown question is added and must be answered":
          expect(run.handedToPerson).toMatchObject([{ name: "extra_question" }]);
          expect(run.outcome).toBe("needs-person");
          break;
        case "a captcha is inserted":
          expect(run.handedToPerson).toMatchObject([{ name: "captcha" }]);
          expect(run.outcome).toBe("needs-person");
          break;
        case "the button is gone":
          expect(run.outcome).toBe("changed");
          break;
        default:
          expect(mails).toBeGreaterThan(0);
      }
    },
    90_000,
  );

  test.each(Object.keys(fixtures))(
    "%s: what is legal or personal is left to a person who has chosen nothing",
    async (name) => {
      const { choices: _choices, answers: _answers, ...bare } = person;
      const run = await fill(html(name), bare);
      for (const { label, filled, value } of run.fields)
        if (/authorized|eligible|sponsorship|salar|notice period|frist|gehalt|hear about/i.test(label))
          expect([label, filled, value]).toEqual([label, false, null]);
      for (const { required, filled, name: field } of run.fields)
        if (required && !filled) expect(run.handedToPerson.map((one) => one.name)).toContain(field);
    },
    90_000,
  );
});

test("nothing was pressed and nothing was sent, on any of them", () => {
  expect(site.sent).toEqual([]);
});

test("pressing would have been seen", async () => {
  await pool.use({ media: false, signal: new AbortController().signal }, async (context) => {
    const page = await context.newPage();
    await page.goto(site.show(html("recruitee-german").replaceAll("required", "")));
    await Promise.all([
      page.waitForResponse(/submit/),
      page.getByRole("button", { name: "Bewerbung absenden" }).click(),
    ]);
  });
  expect(site.sent).toContain("GET /pressed");
  expect(site.sent.join()).toContain("POST /submit");
});
