import { expect, test } from "vitest";
import { initialTransition, transition } from "xstate";
import type { CandidateProfile } from "../../protocols/candidate.ts";
import { candidateActor } from "./actor.ts";
import { candidateMachine } from "./machine.ts";

const profile: CandidateProfile = {
  id: "ada",
  name: "Ada",
  email: "ada@example.org",
  phone: "",
  region: "eu",
  search: ["engineer"],
  resumeVersion: "ada/1",
  answerBook: [],
};
const register = (change: Partial<CandidateProfile> = {}) =>
  ({ type: "Register", profile: { ...profile, ...change }, at: 1 }) as const;

const [unknown] = initialTransition(candidateMachine, { id: "ada", at: 0 });

test("publishes the profile and says so, once", () => {
  const [state, said] = transition(candidateMachine, unknown, register());
  expect(state.value).toBe("registered");
  expect(said).toMatchObject([
    {
      type: "xstate.sendTo",
      params: { to: { to: "record", bucket: "candidates", key: "ada" }, event: profile },
    },
    { type: "xstate.emit", params: { event: { type: "CandidateRegistered", profile } } },
  ]);
  expect(transition(candidateMachine, state, register())[1]).toEqual([]);
});

test("publishes a changed profile again", () => {
  const [state] = transition(candidateMachine, unknown, register());
  expect(transition(candidateMachine, state, register({ resumeVersion: "ada/2" }))[1]).toHaveLength(2);
});

test("takes no profile of somebody else", () => {
  expect(transition(candidateMachine, unknown, register({ id: "bob" }))[1]).toEqual([]);
});

test("is an actor kind that can be made durable", () => {
  expect(candidateActor.kind).toBe("candidate");
});

const learn = (answers: { question: string; answer: string }[]) =>
  ({ type: "LearnAnswers", application: "ada-1", company: "Acme", answers, at: 2 }) as const;

test("keeps what a person answered, also when the boot registers the profile again", () => {
  const [registered] = transition(candidateMachine, unknown, register());
  const [taught, said] = transition(
    candidateMachine,
    registered,
    learn([
      { question: "Shoe size?", answer: "42" },
      { question: "Why us?", answer: "Acme makes good anvils." },
    ]),
  );
  const book = [
    { question: "Shoe size?", answer: "42" },
    { question: "Why us?", answer: "Acme makes good anvils.", company: "Acme" },
  ];
  expect(JSON.stringify(said)).toContain("AnswersLearned");
  expect(JSON.stringify(said)).toContain(JSON.stringify(book));
  expect(transition(candidateMachine, taught, learn([{ question: "Shoe size?", answer: "42" }]))[1]).toEqual(
    [],
  );
  const [, again] = transition(candidateMachine, taught, register({ phone: "1" }));
  expect(JSON.stringify(again)).toContain('"answerBook":[{"question":"Shoe size?"');
  const [corrected] = transition(candidateMachine, taught, learn([{ question: "Shoe size", answer: "43" }]));
  expect(corrected.context.taught).toHaveLength(2);
});

test("keeps a bounded book: the oldest answers leave", () => {
  let state = transition(candidateMachine, unknown, register())[0];
  for (let i = 0; i < 40; i++)
    [state] = transition(
      candidateMachine,
      state,
      learn([{ question: `Question ${i}`, answer: "x".repeat(5_000) }]),
    );
  expect(JSON.stringify(state.context.taught).length).toBeLessThanOrEqual(48 * 1024);
  expect(state.context.taught?.at(-1)?.question).toBe("Question 39");
});

const replace = (resumeVersion: string) =>
  ({ type: "ReplaceResume", resumeVersion, by: "lena", replyTo: "callboard.reply.e.1", at: 3 }) as const;

test("a résumé that a person gave stays, also when the boot registers the profile again", () => {
  const [registered] = transition(candidateMachine, unknown, register());
  const [replaced, said] = transition(candidateMachine, registered, replace("ada/new"));
  expect(said).toMatchObject([
    { params: { to: { bucket: "candidates" }, event: { resumeVersion: "ada/new", name: "Ada" } } },
    {
      params: {
        event: {
          type: "ResumeReplaced",
          candidate: "ada",
          resumeVersion: "ada/new",
          before: "ada/1",
          by: "lena",
        },
      },
    },
    { params: { to: { to: "reply" }, event: { type: "Accepted" } } },
  ]);
  expect(transition(candidateMachine, replaced, register())[1]).toEqual([]);
  const [, again] = transition(candidateMachine, replaced, register({ phone: "1" }));
  expect(again).toMatchObject([
    { params: { event: { resumeVersion: "ada/new", phone: "1" } } },
    { params: { event: { type: "CandidateRegistered", profile: { resumeVersion: "ada/new" } } } },
  ]);
  expect(transition(candidateMachine, replaced, replace("ada/new"))[1]).toHaveLength(1);
});

test("refuses a résumé for somebody who is not registered", () => {
  expect(transition(candidateMachine, unknown, replace("ada/new"))[1]).toMatchObject([
    { params: { event: { type: "Rejected", reason: "UnknownCandidate" } } },
  ]);
});
