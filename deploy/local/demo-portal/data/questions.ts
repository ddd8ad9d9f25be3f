/** The bank of custom questions that application forms draw from. */
import type { PoolName } from "./companies.ts";

export type QuestionKind = "text" | "textarea" | "select" | "radio" | "checkboxes" | "yesno" | "number";

export interface QuestionTemplate {
  readonly key: string;
  /** As printed on the form. */
  readonly label: string;
  readonly kind: QuestionKind;
  readonly options?: readonly string[];
  readonly help?: string;
}

/** Asked on most forms; a prepared applicant knows the answers. */
export const commonQuestions: readonly QuestionTemplate[] = [
  { key: "authorized", label: "Are you legally authorized to work in the country where this job is located?", kind: "yesno" },
  { key: "sponsorship", label: "Will you now or in the future require sponsorship for a work visa?", kind: "yesno" },
  { key: "notice", label: "What is your notice period?", kind: "select", options: ["Available immediately", "2 weeks", "1 month", "2 months", "3 months", "More than 3 months"] },
  { key: "salary", label: "What are your salary expectations (gross per year)?", kind: "number", help: "Digits only, in the local currency." },
  { key: "heard", label: "How did you hear about this job?", kind: "select", options: ["Company website", "Job board", "LinkedIn", "Referral", "Other"] },
  { key: "linkedin", label: "LinkedIn Profile", kind: "text" },
  { key: "relocate", label: "Are you willing to relocate if necessary?", kind: "radio", options: ["Yes", "No", "I already live there"] },
  { key: "start", label: "When could you start?", kind: "text", help: "A date or a few words." },
  { key: "why", label: "Why do you want to work with us?", kind: "textarea" },
  { key: "modes", label: "Which ways of working suit you?", kind: "checkboxes", options: ["On site", "Hybrid", "Remote"] },
  { key: "years", label: "How many years of professional experience do you have in this field?", kind: "number" },
  { key: "website", label: "Website or portfolio", kind: "text" },
];

/** Belong to one profession. */
export const professionQuestions: Readonly<Record<PoolName, readonly QuestionTemplate[]>> = {
  backend: [
    { key: "level", label: "How would you rate your written and spoken English?", kind: "radio", options: ["Basic", "Intermediate", "Fluent", "Native"] },
    { key: "oncall", label: "Are you willing to take part in an on-call rotation?", kind: "yesno" },
    { key: "langs", label: "Which programming languages do you use regularly?", kind: "checkboxes", options: ["Go", "Java", "Python", "Rust", "C#", "Other"] },
  ],
  frontend: [
    { key: "frameworks", label: "Which frontend frameworks have you used in production?", kind: "checkboxes", options: ["React", "Vue", "Angular", "Svelte", "Other"] },
    { key: "portfolio", label: "Link to your GitHub profile or portfolio", kind: "text" },
  ],
  dataEngineering: [
    { key: "tools", label: "Which data tools have you used in production?", kind: "checkboxes", options: ["Airflow", "dbt", "Spark", "Snowflake", "BigQuery", "Other"] },
    { key: "level", label: "How would you rate your written and spoken English?", kind: "radio", options: ["Basic", "Intermediate", "Fluent", "Native"] },
  ],
  marketing: [
    { key: "budget", label: "What is the largest yearly marketing budget you have managed?", kind: "select", options: ["None so far", "Under 100,000", "100,000 to 500,000", "500,000 to 2 million", "More than 2 million"] },
    { key: "channels", label: "Which channels have you managed yourself?", kind: "checkboxes", options: ["Paid search", "Paid social", "SEO", "Email", "Events", "Other"] },
  ],
  finance: [
    { key: "erp", label: "Which ERP or planning systems have you used?", kind: "checkboxes", options: ["NetSuite", "SAP", "Oracle", "Workday Adaptive", "Other"] },
    { key: "excel", label: "How would you rate your Excel skills?", kind: "radio", options: ["Basic", "Advanced", "Expert"] },
  ],
  nursing: [
    { key: "license", label: "Do you hold an active registered nurse (RN) license?", kind: "yesno" },
    { key: "shift", label: "Which shifts can you work?", kind: "checkboxes", options: ["Days", "Nights", "Weekends"] },
    { key: "certs", label: "Which certifications do you hold?", kind: "checkboxes", options: ["BLS", "ACLS", "PALS", "CCRN", "None of these"] },
  ],
};

/** Nobody can have prepared these: a person has to answer. Only on a few forms. */
export const personalQuestions: readonly QuestionTemplate[] = [
  { key: "proud", label: "Tell us about a piece of work you are proud of, and what you would do differently today", kind: "textarea" },
  { key: "conflict", label: "Describe a disagreement at work and how it ended", kind: "textarea" },
];

/** Voluntary; each offers a way to decline. */
export const demographicQuestions: readonly QuestionTemplate[] = [
  { key: "gender", label: "Gender", kind: "select", options: ["Female", "Male", "Non-binary", "Decline to answer"] },
  { key: "ethnicity", label: "Race or ethnicity", kind: "checkboxes", options: ["Asian", "Black or African American", "Hispanic or Latino", "White", "Two or more", "Decline to answer"] },
  { key: "veteran", label: "Veteran status", kind: "select", options: ["I am not a protected veteran", "I am a protected veteran", "Decline to answer"] },
  { key: "disability", label: "Disability status", kind: "radio", options: ["Yes", "No", "Decline to answer"] },
];
