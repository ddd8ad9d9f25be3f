import { Schema } from "effect";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ApplicationMessage, ApplicationReply } from "../../protocols/application.ts";
import { defaultQueueSettings } from "../../protocols/queue-settings.ts";
import { Conversation } from "../conversation.ts";
import { applicationActor } from "./actor.ts";
import { oneOfEach, proof, propose, scoreOf } from "./example.ts";
import { applicationMachine } from "./machine.ts";

const minute = 60_000;
const mine = (assignment = 1, employee = "bob") => ({ employee, assignment, replyTo: "asker" });
const complete = (assignment = 1, employee = "bob") =>
  ({ type: "CompleteReview", ...mine(assignment, employee), resumeVersion: "ada/7", answers: [] }) as const;
const assignTo = (employee: string, request: number) =>
  ({ type: "AssignReview", employee, request, queue: "main" }) as const;
const acknowledge = (assignment = 1, employee = "bob") =>
  ({ type: "AcknowledgeReview", ...mine(assignment, employee) }) as const;

describe.each([
  ["in memory", false],
  ["saved and reloaded between any two events", true],
])("application machine, %s", (_, persisted) => {
  const fresh = () => new Conversation(applicationMachine, { id: "ada-f00d" }, persisted);
  const waiting = (score = 60) => {
    const talk = fresh();
    talk.tell(propose(scoreOf(score)));
    return talk;
  };
  const reviewing = () => {
    const talk = waiting();
    talk.tell(assignTo("bob", 1));
    talk.tell(acknowledge());
    return talk;
  };
  const applying = () => {
    const talk = fresh();
    talk.tell(propose(scoreOf(95)));
    return talk;
  };
  /** Lets someone miss it. @returns what was said at the end of the time. */
  const miss = (talk: Conversation, employee: string, assignment: number) => {
    talk.tell(assignTo(employee, talk.state.context.request));
    talk.tell(acknowledge(assignment, employee));
    return talk.pass(20 * minute + 2_000);
  };

  test("goes to the applier by itself where score and gates allow it", () => {
    const talk = applying();
    expect(talk.state.value).toEqual({ applying: "asked" });
    expect(talk.said.map(({ to, message }) => [to, message.type])).toEqual([
      ["fact", "ApplicationScored"],
      ["fact", "ApplicationApproved"],
      ["applier.acme", "Apply"],
    ]);
    expect(talk.said[2]?.message).toMatchObject({ request: { attempt: 1, resumeVersion: "ada/base" } });
  });

  test.each([
    ["a score under the threshold", scoreOf(89.9), "89.9"],
    [
      "a gate that did not pass",
      scoreOf(97, { gates: [{ name: "place", passed: false, reason: "Too far." }] }),
      "Too far.",
    ],
    ["the quality gate", scoreOf(97, { quality: { passed: false, reasons: ["No dates."] } }), "No dates."],
  ])("asks a person because of %s, and says why", (_why, score, words) => {
    const talk = fresh();
    talk.tell(propose(score));
    expect(talk.state.value).toBe("waiting");
    expect(talk.said.at(-1)).toMatchObject({
      to: "topic review.main.1",
      message: { type: "ReviewRequested", request: 1, reason: expect.stringContaining(words) },
    });
  });

  test("ignores a second proposal", () => {
    const talk = applying();
    expect(talk.tell(propose(scoreOf(20)))).toEqual([]);
  });

  test("offers the review with a fencing number and a deadline by the score", () => {
    const talk = waiting(75);
    const said = talk.tell(assignTo("bob", 1));
    expect(said.map(({ to, message }) => [to, message.type])).toEqual([
      ["dispatcher.main", "ReviewAssigned"],
      ["fact", "ReviewAssigned"],
      ["employee.bob", "OfferReview"],
    ]);
    expect(said[2]?.message.offer).toMatchObject({ assignment: 1, deadlineAt: talk.now + 17.5 * minute });
  });

  test("answers the dispatcher that asks again, and refuses anybody else", () => {
    const talk = reviewing();
    expect(talk.tell(assignTo("bob", 1))).toMatchObject([{ message: { type: "ReviewAssigned" } }]);
    expect(talk.tell(assignTo("eve", 1))).toMatchObject([
      { message: { type: "AssignRefused", employee: "eve" } },
    ]);
    expect(talk.state.context.assignment).toBe(1);
  });

  test("refuses an old request", () => {
    const talk = reviewing();
    talk.tell({ type: "ReturnReview", ...mine() });
    expect(talk.tell(assignTo("eve", 1))).toMatchObject([{ message: { type: "AssignRefused" } }]);
    expect(talk.tell(assignTo("eve", 2))[0]).toMatchObject({ message: { type: "ReviewAssigned" } });
  });

  test("case 15: warns five minutes before the end, and the last minute, once each, and notes that it was seen", () => {
    const talk = reviewing();
    expect(talk.pass(15 * minute - 1)).toEqual([]);
    expect(talk.pass(1).map(({ to, message }) => [to, message.type])).toEqual([
      ["fact", "ReviewWarned"],
      ["employee.bob", "WarnReview"],
    ]);
    talk.tell({ type: "AcknowledgeWarning", ...mine() });
    expect(talk.pass(4 * minute - 1)).toEqual([]);
    // And once more for the last minute.
    expect(talk.pass(1).map(({ message }) => message.type)).toEqual(["ReviewWarned", "WarnReview"]);
    expect(talk.pass(minute)).toEqual([]);
  });

  test("marks it missed after deadline and grace, with a strike, and goes to the front of the queue without its misser", () => {
    const talk = reviewing();
    talk.pass(20 * minute + 1_999);
    expect(talk.state.value).toBe("reviewing");
    const said = talk.pass(1);
    expect(talk.state.value).toBe("waiting");
    expect(said).toMatchObject([
      {
        to: "fact",
        message: { type: "ReviewEnded", outcome: "missed", strike: true, heldMs: 20 * minute + 2_000 },
      },
      {
        to: "employee.bob",
        message: {
          type: "ReviewEnded",
          outcome: "missed",
          strike: true,
          evidence: { assignedAt: talk.now - 20 * minute - 2_000, warningSeenAt: null, endedAt: talk.now },
        },
      },
      { to: "dispatcher.main", message: { type: "ReviewOver", employee: "bob" } },
      { to: "fact", message: { type: "ManualReviewRequired", priority: 0, request: 2 } },
      { to: "topic review.main.0", message: { request: 2, priority: 0, exclude: "bob" } },
    ]);
  });

  test("takes back without a strike what no screen has shown", () => {
    const talk = waiting();
    talk.tell(assignTo("bob", 1));
    expect(talk.pass(30_000)).toMatchObject([
      { message: { outcome: "released", strike: false } },
      { to: "employee.bob" },
      { to: "dispatcher.main" },
      { message: { type: "ManualReviewRequired" } },
      { message: { exclude: "bob" } },
    ]);
  });

  test("case 29: after an outage waits again for the acknowledgement, warning and end included, and strikes nobody", () => {
    const talk = waiting();
    talk.tell(assignTo("bob", 1));
    const said = talk.sleep(45 * minute);
    expect(talk.state.value).toBe("reviewing");
    expect(said.filter(({ message }) => message.type === "ReviewEnded")).toEqual([]);
    talk.tell(acknowledge());
    expect(talk.state.context.deadlineAt).toBeGreaterThanOrEqual(talk.now + 5 * minute);
  });

  test("extends when the clock rang late by our fault", () => {
    const talk = reviewing();
    talk.pass(16 * minute);
    const said = talk.sleep(10 * minute);
    expect(talk.state.value).toBe("reviewing");
    expect(said.filter(({ message }) => message.type === "ReviewExtended")).toMatchObject([
      { to: "fact", message: { type: "ReviewExtended", deadlineAt: talk.now + 5 * minute } },
      { to: "employee.bob", message: { type: "ReviewExtended" } },
    ]);
  });

  test("gives the full warning time when the warning came late", () => {
    const talk = reviewing();
    talk.sleep(19 * minute);
    expect(talk.state.context.deadlineAt).toBe(talk.now + 5 * minute);
    const warnedAt = talk.now;
    const said = talk.pass(5 * minute + 2_000);
    expect(said).toContainEqual({
      to: "fact",
      message: expect.objectContaining({ outcome: "missed", strike: true }),
    });
    // The notice of it was the warning: nobody is excused for want of one.
    expect(said).toContainEqual({
      to: "employee.bob",
      message: expect.objectContaining({ evidence: expect.objectContaining({ warnedAt }) }),
    });
  });

  test("tolerates a clock that rings a little late", () => {
    const talk = reviewing();
    talk.pass(20 * minute);
    expect(talk.sleep(6_000)[0]).toMatchObject({ message: { outcome: "missed" } });
  });

  test("sends the reviewer's version and answers", () => {
    const talk = reviewing();
    const said = talk.tell({ ...complete(), answers: [{ question: "Why?", answer: "Because." }] });
    expect(said.map(({ to, message }) => [to, message.type])).toEqual([
      ["fact", "ReviewEnded"],
      ["employee.bob", "ReviewEnded"],
      ["dispatcher.main", "ReviewOver"],
      ["candidate.ada", "LearnAnswers"],
      ["fact", "ApplicationApproved"],
      ["reply asker", "Accepted"],
      ["applier.acme", "Apply"],
    ]);
    expect(said[6]?.message.request).toMatchObject({
      resumeVersion: "ada/7",
      answers: [{ answer: "Because." }],
    });
  });

  test("accepts the same completion twice, and applies once", () => {
    const talk = reviewing();
    talk.tell(complete());
    expect(talk.tell(complete())).toMatchObject([{ to: "reply asker", message: { type: "Accepted" } }]);
  });

  test("case 2: accepts a completion that is late but not handed on; the miss stands, and is the only end", () => {
    const talk = reviewing();
    talk.pass(21 * minute);
    const said = talk.tell(complete());
    expect(said.map(({ message }) => message.type)).toEqual([
      "ReviewCompletedLate",
      "ApplicationApproved",
      "Accepted",
      "Apply",
    ]);
    expect(talk.tell(assignTo("eve", 2))).toMatchObject([{ message: { type: "AssignRefused" } }]);
  });

  test("case 2: refuses a completion after it was handed on, in plain words", () => {
    const talk = reviewing();
    talk.pass(21 * minute);
    talk.tell(assignTo("eve", 2));
    expect(talk.tell(complete())).toMatchObject([
      {
        message: {
          type: "Rejected",
          reason: "AssignmentOver",
          message: expect.stringContaining("another reviewer"),
        },
      },
    ]);
    expect(talk.state.context.employee).toBe("eve");
  });

  test.each([
    "AcknowledgeReview",
    "OpenReview",
    "AcknowledgeWarning",
    "ExtendReview",
    "SaveDraft",
    "CompleteReview",
    "RejectPosting",
    "ReturnReview",
  ])("case 3: %s with a wrong number or from somebody else changes nothing", (type) => {
    const talk = reviewing();
    const before = JSON.stringify(talk.state.context);
    const body = { type, resumeVersion: "x", answers: [], reason: "x", replyTo: "asker" };
    for (const wrong of [
      { employee: "bob", assignment: 0 },
      { employee: "eve", assignment: 1 },
    ])
      expect(talk.tell({ ...body, ...wrong })).toMatchObject([
        { to: "reply asker", message: { type: "Rejected" } },
      ]);
    expect(JSON.stringify(talk.state.context)).toBe(before);
  });

  test("case 22: keeps the draft for the next reviewer, also one that came just after the end", () => {
    const talk = reviewing();
    talk.tell({ type: "SaveDraft", ...mine(), resumeVersion: "ada/2" });
    talk.pass(21 * minute);
    // Said as any other: the next reviewer finds it among the versions.
    expect(talk.tell({ type: "SaveDraft", ...mine(), resumeVersion: "ada/3" })).toMatchObject([
      { to: "fact", message: { type: "DraftSaved", employee: "bob", assignment: 1, resumeVersion: "ada/3" } },
      { message: { type: "Accepted" } },
    ]);
    talk.tell(assignTo("eve", 2));
    talk.tell({ type: "Describe", replyTo: "asker" });
    expect(talk.said.at(-1)?.message).toMatchObject({
      employee: "eve",
      assignment: 2,
      resumeVersion: "ada/3",
    });
  });

  test("case 17: returns a review without a strike, as an outcome of its own, and it is not handed back at once", () => {
    const talk = reviewing();
    expect(talk.tell({ type: "ReturnReview", ...mine() })).toMatchObject([
      { message: { outcome: "returned", strike: false } },
      {},
      {},
      {},
      { to: "topic review.main.0", message: { exclude: "bob" } },
      { message: { type: "Accepted" } },
    ]);
  });

  test("goes back into the queue when the employee refuses", () => {
    const talk = waiting();
    talk.tell(assignTo("bob", 1));
    const said = talk.tell({ type: "OfferRefused", employee: "bob", assignment: 1, reason: "away" });
    expect(said).toMatchObject([
      { message: { outcome: "released", strike: false } },
      {},
      {},
      {},
      { message: { request: 2 } },
    ]);
  });

  test("ends when the reviewer turns the job down", () => {
    const talk = reviewing();
    talk.tell({ type: "RejectPosting", ...mine(), reason: "Not for her." });
    expect(talk.state.value).toBe("rejected");
  });

  test("case 30: more time can be taken from the warning on, as often as the queue allows, and the warning comes anew", () => {
    const talk = reviewing();
    const extend = { type: "ExtendReview", ...mine(), reason: "" } as const;
    expect(talk.tell(extend)).toMatchObject([{ message: { type: "Rejected", reason: "NotYet" } }]);
    talk.pass(15 * minute);
    expect(talk.tell(extend).map(({ message }) => message.type)).toEqual([
      "ReviewExtended",
      "ReviewExtended",
      "Accepted",
    ]);
    expect(talk.state.context.deadlineAt).toBe(talk.now + 10 * minute);
    expect(talk.pass(5 * minute)[0]).toMatchObject({ message: { type: "ReviewWarned" } });
    expect(talk.tell(extend)).toMatchObject([{ message: { type: "Rejected", reason: "NothingToDecide" } }]);
  });

  test("an incident moves the deadline once, however often it is told", () => {
    const talk = reviewing();
    const before = talk.state.context.deadlineAt;
    const ours = { type: "ExtendLive", incident: "i1", ms: 3 * minute, reason: "ours" } as const;
    expect(talk.tell(ours)).toMatchObject([{ message: { type: "ReviewExtended", reason: "ours" } }, {}]);
    expect(talk.tell(ours)).toEqual([]);
    expect(talk.state.context.deadlineAt).toBe(before + 3 * minute);
  });

  test("an incident gives back what it took of this assignment, and nothing where it was over before", () => {
    const talk = reviewing();
    const { deadlineAt: before, assignedAt } = talk.state.context;
    talk.pass(5 * minute);
    const hours = {
      type: "ExtendLive",
      ms: 600 * minute,
      from: talk.now - 600 * minute,
      reason: "ours",
    } as const;
    talk.tell({ ...hours, incident: "i1", to: assignedAt });
    expect(talk.state.context.deadlineAt).toBe(before);
    talk.tell({ ...hours, incident: "i2", to: talk.now - minute });
    expect(talk.state.context.deadlineAt).toBe(before + 4 * minute);
    talk.tell({ ...hours, incident: "i3", from: talk.now - minute, to: talk.now + 60 * minute });
    expect(talk.state.context.deadlineAt).toBe(before + 5 * minute);
    // All of it was given back by the three before.
    talk.tell({ ...hours, incident: "i4", from: assignedAt, to: talk.now });
    expect(talk.state.context.deadlineAt).toBe(before + 5 * minute);
  });

  test("the numbers of the queue hold for the assignment that they came with, and more time for who needs it", () => {
    const talk = waiting();
    const terms = {
      ...defaultQueueSettings.terms,
      reviewMaxMs: 30 * minute,
      extendMs: minute,
      lastWarnMs: 0,
    };
    talk.tell({ ...assignTo("bob", 1), terms, timeFactor: 1.5 });
    expect(talk.state.context).toMatchObject({ extendMs: minute, deadlineAt: talk.now + 45 * minute });
    const policy = { ...defaultQueueSettings.strikes, warnAtStrike: 2 };
    const given = {
      type: "GiveTo",
      employee: "eve",
      by: "lena",
      reason: "knows it",
      replyTo: "manager",
    } as const;
    talk.tell({ ...given, terms, policy, timeFactor: 2 });
    expect(talk.state.context).toMatchObject({ policy, deadlineAt: talk.now + 60 * minute });
    expect(applicationMachine.id).toBe("application@2");
  });

  test("tells an employee who believes to hold it that it is over", () => {
    const talk = waiting();
    expect(talk.tell({ type: "StillMine", employee: "eve", assignment: 0 })).toMatchObject([
      { to: "employee.eve", message: { type: "ReviewEnded", outcome: "released", strike: false } },
    ]);
  });

  test("case 19: a manager's hand and the reviewer's: the first wins, the other is told so", () => {
    const takeBack = { type: "TakeBack", by: "lena", reason: "urgent", replyTo: "manager" } as const;
    const taken = reviewing();
    expect(taken.tell(takeBack).map(({ to, message }) => [to, message.type])).toEqual([
      ["fact", "ReviewManaged"],
      ["reply manager", "Accepted"],
      ["fact", "ReviewEnded"],
      ["employee.bob", "ReviewEnded"],
      ["dispatcher.main", "ReviewOver"],
      ["fact", "ManualReviewRequired"],
      ["topic review.main.0", "ReviewRequested"],
    ]);
    expect(taken.tell(complete())).toMatchObject([
      { message: { type: "Rejected", reason: "AssignmentOver" } },
    ]);
    const done = reviewing();
    done.tell(complete());
    expect(done.tell(takeBack)).toMatchObject([{ to: "reply manager", message: { type: "Rejected" } }]);
  });

  test("a manager gives time, gives it to somebody, raises it and drops it, each with who and why", () => {
    const by = { by: "lena", reason: "urgent", replyTo: "manager" } as const;
    const talk = reviewing();
    const before = Number(talk.state.context.deadlineAt);
    talk.tell({ type: "GiveTime", ms: 2 * minute, ...by });
    expect(talk.state.context.deadlineAt).toBe(before + 2 * minute);
    const given = talk.tell({ type: "GiveTo", employee: "eve", ...by });
    expect(given.map(({ to, message }) => [to, message.type])).toContainEqual([
      "employee.eve",
      "OfferReview",
    ]);
    expect(given.map(({ to, message }) => [to, message.type])).toContainEqual([
      "dispatcher.main",
      "ReviewAssigned",
    ]);
    expect(talk.state.context).toMatchObject({ employee: "eve", assignment: 2 });
    const waits = waiting();
    expect(waits.tell({ type: "SetPriority", priority: 0, ...by }).at(-1)).toMatchObject({
      to: "topic review.main.0",
      message: { request: 2 },
    });
    expect(waits.tell(assignTo("bob", 1))).toMatchObject([{ message: { type: "AssignRefused" } }]);
    expect(waits.tell({ type: "DropReview", ...by }).map(({ message }) => message.type)).toContain(
      "ApplicationRejected",
    );
    expect(waits.state.value).toBe("rejected");
  });

  test("case 16 and 13: escalates after three different people missed it, strikes no further, and is never forgotten", () => {
    const talk = waiting();
    for (const [i, who] of ["bob", "eve", "bob"].entries()) miss(talk, who, i + 1);
    expect(talk.state.value).toBe("waiting");
    expect(miss(talk, "mia", 4).map(({ message }) => message.type)).toContain("ReviewEscalated");
    expect(talk.state.value).toBe("escalated");
    expect(talk.said.filter(({ to, message }) => to === "fact" && message.strike === true)).toHaveLength(4);
    expect(talk.pass(60 * minute).at(-1)).toMatchObject({ to: "topic review.main.0" });
    expect(talk.state.value).toBe("waiting");
    miss(talk, "ian", 5);
    expect(talk.state.value).toBe("escalated");
    expect(talk.said.filter(({ to, message }) => to === "fact" && message.strike === true)).toHaveLength(4);
    talk.tell({ type: "GiveTo", employee: "ada", by: "lena", reason: "knows it", replyTo: "manager" });
    expect(talk.state.context.employee).toBe("ada");
  });

  test("follows the applier's report", () => {
    const ends: [string, Record<string, unknown>, unknown, string][] = [
      ["SubmissionConfirmed", { proof }, "submitted", "ApplicationSubmitted"],
      ["SubmissionDuplicate", { detail: "before" }, "duplicate", "ApplicationDuplicate"],
      ["SubmissionFailed", { reason: "changed", evidence: [] }, "failed", "ApplicationFailed"],
      ["SubmissionReady", { evidence: ["a.png"] }, "ready", "ApplicationReady"],
      ["SubmissionUncertain", { detail: "lost" }, "uncertain", "ApplicationUncertain"],
      ["SubmissionNeedsPerson", { questions: ["Why us?"], evidence: [] }, "waiting", "ManualReviewRequired"],
    ];
    for (const [type, body, state, fact] of ends) {
      const talk = applying();
      expect(talk.tell({ type, attempt: 2, ...body })).toEqual([]);
      expect(talk.tell({ type, attempt: 1, ...body })[0]?.message.type).toBe(fact);
      expect(talk.state.value).toBe(state);
    }
  });

  test("stands ready after a dry run until a person sends it, and shows what was filled", () => {
    const talk = applying();
    talk.tell({ type: "SubmissionReady", attempt: 1, evidence: ["a/1-before.png"] });
    expect(talk.pass(30 * 24 * 60 * minute)).toEqual([]);
    talk.tell({ type: "Describe", replyTo: "asker" });
    expect(talk.said.at(-1)?.message).toMatchObject({ status: "ready", evidence: ["a/1-before.png"] });
    expect(talk.tell({ type: "Send", by: "mia", replyTo: "asker" })).toMatchObject([
      { message: { type: "Accepted" } },
      { to: "applier.acme", message: { request: { attempt: 2, send: true } } },
    ]);
    expect(talk.tell({ type: "Send", by: "mia", replyTo: "asker" })).toMatchObject([
      { message: { type: "Rejected", reason: "NothingToDecide" } },
    ]);
  });

  test("teaches the candidate what a reviewer answered", () => {
    const talk = applying();
    talk.tell({ type: "SubmissionNeedsPerson", attempt: 1, questions: ["Why us?"], evidence: ["x.png"] });
    talk.tell(assignTo("bob", 1));
    const answers = [{ question: "Why us?", answer: "Because." }];
    expect(talk.tell({ ...complete(), answers })).toContainEqual(
      expect.objectContaining({
        to: "candidate.ada",
        message: expect.objectContaining({ type: "LearnAnswers", answers }),
      }),
    );
  });

  test("writes a dead letter when the form can't be done", () => {
    const talk = applying();
    const said = talk.tell({ type: "SubmissionFailed", attempt: 1, reason: "changed", evidence: [] });
    expect(said[1]?.to).toBe("topic dead.application.ada-f00d");
  });

  test("shows a reviewer the questions that the bot could not answer, and carries the answers to the next attempt", () => {
    const talk = applying();
    talk.tell({ type: "SubmissionNeedsPerson", attempt: 1, questions: ["Why us?"], evidence: [] });
    talk.tell(assignTo("bob", 1));
    talk.tell({ type: "Describe", replyTo: "asker" });
    expect(talk.said.at(-1)?.message).toMatchObject({ questions: ["Why us?"], status: "reviewing" });
    const answers = [{ question: "Why us?", answer: "Beca" }];
    talk.tell({ type: "SaveDraft", ...mine(), resumeVersion: "ada/2", answers });
    talk.tell({ type: "SaveDraft", ...mine(), resumeVersion: "ada/3" }); // By a page of before.
    talk.tell({ type: "Describe", replyTo: "asker" });
    expect(talk.said.at(-1)?.message).toMatchObject({ resumeVersion: "ada/3", answers });
    expect(talk.tell(complete()).at(-1)).toMatchObject({
      to: "applier.acme",
      message: { request: { attempt: 2 } },
    });
  });

  test("asks a busy applier again, as a new attempt", () => {
    const talk = applying();
    talk.tell({ type: "ApplierBusy", attempt: 1, retryAfterMs: 30_000 });
    expect(talk.pass(29_999)).toEqual([]);
    expect(talk.pass(1)).toMatchObject([{ to: "applier.acme", message: { request: { attempt: 2 } } }]);
  });

  test("never presses again by itself what is uncertain; a manager decides", () => {
    const uncertain = () => {
      const talk = applying();
      talk.tell({ type: "SubmissionUncertain", attempt: 1, detail: "lost" });
      return talk;
    };
    const decide = (decision: string) => ({
      type: "Resolve",
      decision,
      by: "mia",
      reason: "called them",
      replyTo: "asker",
    });
    expect(uncertain().pass(30 * 24 * 60 * minute)).toEqual([]);
    for (const [decision, state] of [
      ["submitted", "submitted"],
      ["retry", { applying: "asked" }],
      ["give-up", "rejected"],
    ] as const) {
      const talk = uncertain();
      expect(talk.tell(decide(decision)).map(({ message }) => message.type)).toContain("Accepted");
      expect(talk.state.value).toEqual(state);
      if (decision !== "retry")
        expect(talk.tell(decide("retry"))).toMatchObject([
          { message: { type: "Rejected", reason: "NothingToDecide" } },
        ]);
    }
  });

  test("case 1: a completion and its expiry around T=0: one end, whatever the order (10,000 interleavings)", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        fc.record({
          sendAt: fc.integer({ min: -3_000, max: 9_000 }),
          wakeAt: fc.integer({ min: -3_000, max: 9_000 }),
          twice: fc.boolean(),
          handedOn: fc.boolean(),
        }),
        ({ sendAt, wakeAt, twice, handedOn }) => {
          const talk = reviewing();
          talk.pass(20 * minute - 4_000);
          const deadline = talk.now + 4_000;
          const from = talk.said.length;
          // The node is away until wakeAt; what came meanwhile is heard in either order.
          talk.now = deadline + Math.min(sendAt, wakeAt);
          if (sendAt < wakeAt) talk.tell(complete());
          talk.now = deadline + wakeAt;
          talk.pass(0);
          if (handedOn && talk.state.value === "waiting") talk.tell(assignTo("eve", 2));
          talk.now = Math.max(talk.now, deadline + sendAt);
          if (sendAt >= wakeAt || twice) talk.tell(complete());
          const said = talk.said.slice(from);
          const ends = said.filter(({ to, message }) => to === "fact" && message.type === "ReviewEnded");
          const replies = said.filter(({ to }) => to === "reply asker").map(({ message }) => message.type);
          const accepted = replies.includes("Accepted");
          expect(ends.length).toBeLessThanOrEqual(1);
          const outcome = ends[0]?.message.outcome;
          // Never both, never neither: the work is used, or its author was told that another one has it.
          if (accepted) expect(talk.state.value).toEqual({ applying: "asked" });
          else
            expect([talk.state.value, outcome, talk.state.context.employee]).toEqual([
              "reviewing",
              "missed",
              "eve",
            ]);
          expect(said.filter(({ message }) => message.type === "Apply").length).toBe(accepted ? 1 : 0);
          seen.add(`${outcome} ${accepted}`);
        },
      ),
      { numRuns: persisted ? 500 : 10_000 },
    );
    expect([...seen].sort()).toEqual(["completed true", "missed false", "missed true"]);
  }, 180_000);

  test("every message is heard in every state, or on this list", () => {
    const withApplier = ["applying"];
    const ends = ["submitted", "duplicate", "rejected", "closed"];
    const all = [
      "new",
      "waiting",
      "escalated",
      "reviewing",
      "applying",
      "ready",
      "uncertain",
      "failed",
      ...ends,
    ];
    const allBut = (...heardIn: readonly string[]) => all.filter((state) => !heardIn.includes(state));
    const ignored: Record<string, readonly string[]> = {
      Propose: allBut("new", "closed"),
      OfferRefused: allBut("reviewing"),
      ReleaseReview: allBut("reviewing"),
      StillMine: ["reviewing"], // It is: nothing to say.
      ExtendLive: allBut("reviewing"),
      SubmissionConfirmed: allBut("applying", "uncertain"),
      SubmissionDuplicate: allBut("applying", "uncertain"),
      SubmissionFailed: allBut(...withApplier),
      SubmissionNeedsPerson: allBut(...withApplier),
      SubmissionUncertain: allBut(...withApplier),
      ApplierBusy: allBut(...withApplier),
      SubmissionWithdrawn: allBut(...withApplier),
      // What may have been sent is not called closed, and what is over stays as it ended.
      PostingClosed: allBut("waiting", "escalated", "reviewing", "applying", "ready", "failed"),
      SubmissionReady: allBut(...withApplier),
    };
    const report = (body: object) => {
      const talk = applying();
      talk.tell({ attempt: 1, ...body } as never);
      return talk;
    };
    const rejectedOne = reviewing();
    rejectedOne.tell({ type: "RejectPosting", ...mine(), reason: "no" });
    const closedOne = waiting();
    closedOne.tell({ type: "PostingClosed", reason: "gone" });
    const escalatedOne = waiting();
    for (const [i, who] of ["bob", "eve", "mia"].entries()) miss(escalatedOne, who, i + 1);
    const states: Record<string, Conversation> = {
      escalated: escalatedOne,
      closed: closedOne,
      new: fresh(),
      waiting: waiting(),
      reviewing: reviewing(),
      applying: applying(),
      ready: report({ type: "SubmissionReady", evidence: [] }),
      uncertain: report({ type: "SubmissionUncertain", detail: "" }),
      failed: report({ type: "SubmissionFailed", reason: "", evidence: [] }),
      submitted: report({ type: "SubmissionConfirmed", proof }),
      duplicate: report({ type: "SubmissionDuplicate", detail: "" }),
      rejected: rejectedOne,
    };
    const messages = oneOfEach("bob", 1, 1, 1);
    expect(new Set(messages.map(({ type }) => type)).size).toBe(ApplicationMessage.members.length);
    for (const [name, talk] of Object.entries(states))
      for (const message of messages)
        expect([name, message.type, talk.hears(message)]).toEqual([
          name,
          message.type,
          !(ignored[message.type] ?? []).includes(name),
        ]);
    for (const [name, talk] of Object.entries(states)) {
      const [said] = talk.tell({ type: "Describe", replyTo: "asker" });
      expect(Schema.decodeUnknownSync(ApplicationReply)(said?.message).status).toBe(name);
    }
  });
});

test("is an actor kind that can be made durable, with settings of its own", () => {
  expect(applicationActor({ threshold: 80 }).settings).toEqual({ threshold: 80 });
});
