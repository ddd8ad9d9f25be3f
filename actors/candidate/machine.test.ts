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
