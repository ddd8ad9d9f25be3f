/** For tests: a proposal with the score that the test is about, and the messages that follow it. */
import type { ApplicationMessage, SubmissionProof } from "../../protocols/application.ts";
import type { MatchScore } from "../../protocols/match-score.ts";

export const scoreOf = (score: number, change: Partial<MatchScore> = {}): MatchScore => {
  const explained = { weight: 10, value: 1, detail: "" };
  const requirements = { weight: 35, value: 1, found: [], missing: [] };
  return {
    score,
    version: "test",
    parts: {
      mustHaves: requirements,
      niceToHaves: requirements,
      title: explained,
      experience: explained,
      semantic: explained,
    },
    gates: [],
    quality: { passed: true, reasons: [] },
    ...change,
  };
};

export const propose = (score: MatchScore) =>
  ({
    type: "Propose",
    candidate: {
      id: "ada",
      name: "Ada",
      email: "ada@example.org",
      phone: "",
      region: "eu",
      search: ["engineer"],
      resumeVersion: "ada/base",
      answerBook: [],
    },
    job: {
      id: "f00d",
      title: "Engineer",
      company: "Acme",
      region: "eu",
      portal: "acme",
      url: "http://127.0.0.1/1",
      applyUrl: "http://127.0.0.1/1/apply",
    },
    score,
  }) satisfies ApplicationMessage;

export const proof: SubmissionProof = {
  reference: "R-1",
  confirmation: "Thank you.",
  evidence: [],
  resumeVersion: "ada/base",
  submittedAt: 1,
};

/** One of each message, for the assignment and the attempt that are given. */
export function oneOfEach(
  employee: string,
  assignment: number,
  request: number,
  attempt: number,
): ApplicationMessage[] {
  const command = { employee, assignment, replyTo: "asker" };
  const managed = { by: "lena", reason: "so", replyTo: "asker" };
  return [
    propose(scoreOf(80)),
    { type: "AssignReview", employee, request, queue: "main" },
    { type: "OfferRefused", ...command, reason: "busy" },
    { type: "ExtendReview", ...command, reason: "" },
    { type: "StillMine", ...command },
    { type: "ReleaseReview", ...command, reason: "line" },
    { type: "OpenReview", ...command },
    { type: "AcknowledgeWarning", ...command },
    { type: "ExtendLive", incident: "i1", ms: 60_000, reason: "ours" },
    { type: "TakeBack", ...managed },
    { type: "GiveTime", ...managed, ms: 60_000 },
    { type: "GiveTo", ...managed, employee: "eve" },
    { type: "SetPriority", ...managed, priority: 0 },
    { type: "Requeue", ...managed },
    { type: "DropReview", ...managed },
    { type: "AcknowledgeReview", ...command },
    { type: "SaveDraft", ...command, resumeVersion: "ada/2" },
    { type: "CompleteReview", ...command, resumeVersion: "ada/3", answers: [] },
    { type: "RejectPosting", ...command, reason: "no" },
    { type: "ReturnReview", ...command },
    { type: "SubmissionConfirmed", attempt, proof },
    { type: "SubmissionDuplicate", attempt, detail: "applied before" },
    { type: "SubmissionFailed", attempt, reason: "form changed", evidence: [] },
    { type: "SubmissionNeedsPerson", attempt, questions: ["Why us?"], evidence: [] },
    { type: "SubmissionReady", attempt, evidence: [] },
    { type: "Send", by: "mia", replyTo: "asker" },
    { type: "SubmissionUncertain", attempt, detail: "lost" },
    { type: "ApplierBusy", attempt, retryAfterMs: 60_000 },
    { type: "SubmissionWithdrawn", attempt },
    { type: "PostingClosed", reason: "Gone from its board." },
    { type: "Resolve", decision: "retry", by: "mia", reason: "looked", replyTo: "asker" },
    { type: "Describe", replyTo: "asker" },
  ];
}
