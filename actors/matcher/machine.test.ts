import { describe, expect, test } from "vitest";
import { type EventFromLogic, initialTransition, type SnapshotFrom, transition } from "xstate";
import type { CandidateProfile } from "../../protocols/candidate.ts";
import type { MatchScore } from "../../protocols/match-score.ts";
import type { Posting } from "../../protocols/posting.ts";
import { matcherActor } from "./actor.ts";
import { type MatchOutput, matcherMachine, maxTries } from "./machine.ts";

type State = SnapshotFrom<typeof matcherMachine>;

const posting: Posting = {
  id: "f00d",
  portal: "greenhouse-acme",
  externalId: "1",
  title: "Engineer",
  company: "Acme",
  locations: ["Berlin"],
  remote: "no",
  employmentType: "",
  salary: null,
  datePosted: null,
  description: "Build.",
  descriptionHtml: "<p>Build.</p>",
  region: "eu",
  url: "http://127.0.0.1/1",
  applyUrl: "http://127.0.0.1/1/apply",
  fingerprint: "f00d",
};
const listed = { type: "JobListed", posting, at: 1 } as const;
const candidate: CandidateProfile = {
  id: "ada",
  name: "Ada Example",
  email: "ada@example.org",
  phone: "+49 30 1",
  region: "eu",
  search: ["engineer"],
  resumeVersion: "ada/v1",
  answerBook: [],
};
const none = { weight: 0, value: 0, detail: "" };
const score: MatchScore = {
  score: 93,
  version: "test",
  parts: {
    mustHaves: { weight: 100, value: 0.93, found: [], missing: [] },
    niceToHaves: { weight: 0, value: 0, found: [], missing: [] },
    title: none,
    experience: none,
    semantic: none,
  },
  gates: [],
  quality: { passed: true, reasons: [] },
};

/** Done and error events are the runtime's; XState's types leave them out of a machine's events. */
const step = (state: State, event: object) =>
  transition(matcherMachine, state, event as EventFromLogic<typeof matcherMachine>);
const done = (state: State, output: MatchOutput) =>
  step(state, { type: "xstate.done.actor.0.matcher@1.matching", output, at: 2 });
const broke = (state: State) =>
  step(state, {
    type: "xstate.error.actor.0.matcher@1.matching",
    error: { name: "Error", message: "no encoder" },
    at: 2,
  });
const start = () => initialTransition(matcherMachine, { id: "f00d", at: 0 })[0];

describe("matcher machine", () => {
  test("has a listed job scored and proposes it to each application", () => {
    const [matching] = step(start(), listed);
    expect(matching.value).toBe("matching");
    const [matched, said] = done(matching, { considered: 6, matches: [{ candidate, score }], more: false });
    expect(matched.value).toBe("matched");
    expect(matched.context.posting).toBeNull();
    const text = JSON.stringify(said);
    expect(text).toContain('"application.ada-f00d"');
    expect(text).toContain('"Propose"');
    expect(text).toContain('"considered":6,"proposed":1');
    expect(step(matched, listed)[0].value).toBe("matched");
  });

  test("asks for more while others could be approved, and says once how many it was", () => {
    const [matching] = step(start(), listed);
    const other = { candidate: { ...candidate, id: "bob" }, score };
    const [again, first] = done(matching, { considered: 6, matches: [{ candidate, score }], more: true });
    expect([again.value, again.context.told]).toEqual(["matching", ["ada-f00d"]]);
    expect(JSON.stringify(first)).toContain('"except":["ada-f00d"]');
    expect(JSON.stringify(first)).not.toContain("JobMatched");
    const [matched, second] = done(again, { considered: 6, matches: [other], more: false });
    expect(JSON.stringify(second)).not.toContain('"application.ada-f00d"');
    expect(JSON.stringify(second)).toContain('"considered":6,"proposed":2');
    expect(matched.context.proposed).toEqual(["ada-f00d", "bob-f00d"]);
  });

  test("tries again after a failure, later each time, and at last writes a dead letter", () => {
    let [state] = step(start(), listed);
    for (let tries = 1; tries < maxTries; tries++) {
      const [waiting] = broke(state);
      expect([waiting.value, waiting.context.tries]).toEqual(["backingOff", tries]);
      expect(waiting.context.trouble).toBe("no encoder");
      expect(step(waiting, listed)[0].value).toBe("backingOff");
      [state] = step(waiting, { type: "xstate.after.backOff.matcher@1.backingOff", at: 3 });
      expect(state.value).toBe("matching");
    }
    const [failed, said] = broke(state);
    expect(failed.value).toBe("failed");
    expect(JSON.stringify(said)).toContain('"dead.matcher.f00d"');
    expect(JSON.stringify(said)).toContain("no encoder");
  });

  test("is fed by job, and refuses what is none", () => {
    const feed = matcherActor.feeds?.[0];
    expect(feed?.route(listed)).toBe("f00d");
    expect(() => feed?.route({ type: "JobListed" })).toThrow();
  });
});

describe("a job that closes", () => {
  const closed = { type: "JobClosed", job: "f00d", reason: "Gone.", at: 3 } as const;
  const matched = () =>
    done(step(start(), listed)[0], { considered: 1, matches: [{ candidate, score }], more: false })[0];

  test("is told to every application that it was proposed to", () => {
    const [state, said] = step(matched(), closed);
    expect(state.value).toBe("closed");
    expect(JSON.stringify(said)).toContain('"application.ada-f00d"');
    expect(JSON.stringify(said)).toContain('"PostingClosed"');
    expect(step(state, closed)[1]).toEqual([]);
  });

  test("is not matched any more, and matched anew when it is open again", () => {
    const [state] = step(step(start(), listed)[0], closed);
    expect([state.value, state.context.posting]).toEqual(["closed", null]);
    expect(done(state, { considered: 1, matches: [{ candidate, score }], more: false })[1]).toEqual([]);
    const [again] = step(step(matched(), closed)[0], listed);
    expect(again.value).toBe("matching");
    const [, said] = done(again, { considered: 1, matches: [{ candidate, score }], more: false });
    expect(JSON.stringify(said)).toContain('"Propose"');
  });

  test("tells nobody in a state that an older build stored without their names", () => {
    const { proposed: _younger, ...older } = matched().context;
    const [state, said] = step({ ...matched(), context: older } as State, closed);
    expect([state.value, said.length]).toEqual(["closed", 0]);
  });
});
