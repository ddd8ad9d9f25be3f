/** What a matcher says to an application, of a job that scores too low for the machine: so that a person is asked. */
import type { ApplicationMessage } from "../../protocols/application.ts";

const part = { weight: 20, value: 1, detail: "" };
const list = { weight: 20, value: 1, found: [], missing: [] };

export const lowScore = {
  score: 71,
  version: "1",
  parts: { mustHaves: list, niceToHaves: list, title: part, experience: part, semantic: part },
  gates: [],
  quality: { passed: true, reasons: [] },
};

export const proposal = (
  candidate: { readonly id: string; readonly name: string; readonly email: string },
  job: string,
): Extract<ApplicationMessage, { type: "Propose" }> => ({
  type: "Propose",
  candidate: {
    ...candidate,
    phone: "1",
    region: "eu",
    search: ["engineer"],
    resumeVersion: `${candidate.id}/base`,
    answerBook: [],
  },
  job: {
    id: job,
    title: "Engineer",
    company: "Acme",
    region: "eu",
    portal: "greenhouse-acme",
    url: "http://127.0.0.1/x",
    applyUrl: "http://127.0.0.1/x",
  },
  score: lowScore,
});
