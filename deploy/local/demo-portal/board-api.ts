/** What a Greenhouse job board answers: list, one job, departments, offices. Shapes as in its public documentation. */
import type { Company } from "./data/companies.ts";
import { type FormField, formFields, resumeTextName } from "./form-fields.ts";
import { descriptionHtml, longPlaceText, placeText } from "./job-text.ts";
import { escapeEntities } from "./page.ts";
import type { Listing } from "./postings.ts";

/** ISO 8601 in the company's own zone, as boards give it: "2026-07-16T11:55:32-04:00". */
export const zonedTime = (time: Date, utcOffset: string): string => {
  const hours = Number(utcOffset.slice(0, 3));
  return `${new Date(time.getTime() + hours * 3_600_000).toISOString().slice(0, 19)}${utcOffset}`;
};

const officeId = (company: Company, locality: string): number =>
  4_001_000_000 +
  company.prefix.charCodeAt(0) * 1000 +
  company.cities.findIndex((one) => one.locality === locality);

const departmentId = (name: string): number =>
  4_018_000_000 + ([...name].reduce((sum, sign) => sum * 31 + sign.charCodeAt(0), 7) % 100_000);

const summary = (listing: Listing, site: string) => {
  const { opening, jobId } = listing;
  const time = zonedTime(listing.publishedAt, opening.company.utcOffset);
  return {
    absolute_url: `${site}/careers/${opening.company.token}/jobs/${jobId}`,
    data_compliance: [
      {
        type: "gdpr",
        requires_consent: opening.company.region === "eu",
        requires_processing_consent: opening.company.region === "eu",
        requires_retention_consent: false,
        retention_period: null,
        demographic_data_consent_applies: false,
      },
    ],
    internal_job_id: opening.openingId,
    location: { name: placeText(opening) },
    metadata:
      opening.sequence % 2 === 0
        ? [{ id: 4_095_122, name: "Employment Type", value: "Full-time", value_type: "single_select" }]
        : null,
    id: jobId,
    updated_at: time,
    requisition_id: `R-${10_000 + opening.sequence}`,
    title: opening.title,
    // Some boards have a trailing blank here.
    company_name: opening.sequence % 3 === 0 ? `${opening.company.name} ` : opening.company.name,
    first_published: time,
    language: "en",
    application_deadline: null,
  };
};

const details = (listing: Listing) => {
  const { opening } = listing;
  return {
    content: escapeEntities(descriptionHtml(opening)),
    departments: [
      { id: departmentId(opening.department), name: opening.department, child_ids: [], parent_id: null },
    ],
    offices: [
      {
        id: officeId(opening.company, opening.city.locality),
        name: opening.city.locality,
        location: longPlaceText(opening.city),
        child_ids: [],
        parent_id: null,
      },
    ],
  };
};

/** `GET /v1/boards/{token}/jobs[?content=true]` */
export const boardJobs = (listings: readonly Listing[], site: string, content: boolean): object => ({
  jobs: listings.map((one) => ({ ...summary(one, site), ...(content ? details(one) : {}) })),
  meta: { total: listings.length },
});

const apiType = (kind: FormField["kind"]): string =>
  ({
    text: "input_text",
    email: "input_text",
    tel: "input_text",
    number: "input_text",
    file: "input_file",
    textarea: "textarea",
    select: "multi_value_single_select",
    radio: "multi_value_single_select",
    checkboxes: "multi_value_multi_select",
    consent: "multi_value_multi_select",
  })[kind];

const apiQuestion = (field: FormField) => {
  const values = field.options.map((one) => ({ label: one.label, value: Number(one.value) }));
  const main = {
    name: field.kind === "checkboxes" ? `${field.name}[]` : field.name,
    type: apiType(field.kind),
    values,
  };
  return {
    description: field.help === "" ? null : `<p>${field.help}</p>`,
    label: field.label,
    required: field.required,
    // A résumé may come as a file or as text; one of the two is enough.
    fields: field.kind === "file" ? [main, { name: resumeTextName, type: "textarea", values: [] }] : [main],
  };
};

/** `GET /v1/boards/{token}/jobs/{id}[?questions=true][&pay_transparency=true]` */
export const boardJob = (listing: Listing, site: string, questions: boolean, pay: boolean): object => {
  const { opening } = listing;
  const fields = formFields(opening);
  const demographics = fields.filter((one) => one.section === "demographics");
  return {
    ...summary(listing, site),
    ...details(listing),
    ...(pay && opening.pay !== null
      ? {
          pay_input_ranges: [
            {
              min_cents: opening.pay.min * 100,
              max_cents: opening.pay.max * 100,
              currency_type: opening.pay.currency,
              title: opening.pay.unit === "HOUR" ? "Hourly pay range" : "Annual salary range",
              blurb: "",
            },
          ],
        }
      : {}),
    ...(questions
      ? {
          // Consent stands in `data_compliance`, voluntary questions apart: as on a real board.
          questions: [
            ...fields
              .filter((one) => one.section === "basics" || one.section === "questions")
              .map(apiQuestion),
            {
              description: null,
              label: "Referral code",
              required: false,
              fields: [{ name: "referral_code", type: "input_hidden", values: [] }],
            },
          ],
          location_questions: [],
          compliance: null,
          demographic_questions:
            demographics.length === 0
              ? null
              : {
                  header: "Voluntary self-identification",
                  description: "<p>Your answers do not affect your application.</p>",
                  questions: demographics.map((one) => ({
                    id: Number(one.name.replace(/\D/g, "")),
                    label: one.label,
                    required: false,
                    type: apiType(one.kind),
                    answer_options: one.options.map((option) => ({
                      id: Number(option.value),
                      label: option.label,
                      free_form: false,
                      decline_to_answer: option.label === "Decline to answer",
                    })),
                  })),
                },
        }
      : {}),
  };
};

/** `GET /v1/boards/{token}/departments` and `/offices`: names with the jobs under them. */
export const boardGroups = (
  listings: readonly Listing[],
  site: string,
  by: "departments" | "offices",
): object => {
  const groups = new Map<string, { id: number; name: string; jobs: object[] }>();
  for (const one of listings) {
    const name = by === "departments" ? one.opening.department : one.opening.city.locality;
    const id = by === "departments" ? departmentId(name) : officeId(one.opening.company, name);
    const group = groups.get(name) ?? { id, name, jobs: [] };
    group.jobs.push(summary(one, site));
    groups.set(name, group);
  }
  return { [by]: [...groups.values()] };
};
