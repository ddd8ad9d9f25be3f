import { Schema } from "effect";
import { describe, expect, test } from "vitest";
import { EmployeeMessage, StandingReply, StrikeRecord } from "../../protocols/employee.ts";
import { Conversation } from "../conversation.ts";
import { employeeActor } from "./actor.ts";
import { employeeMachine } from "./machine.ts";
import { recentBound } from "./setup.ts";

const signIn = { type: "SignIn", edge: "e1" } as const;
const signOut = { type: "SignOut", replyTo: "asker" } as const;
const linkLost = { type: "LinkLost", edge: "e1" } as const;
const unlock = { type: "Unlock", by: "mia", reason: "talked", replyTo: "asker" } as const;
const standing = { type: "Standing", replyTo: "asker" } as const;
const offer = (application: string, assignment = 1) =>
  ({
    type: "OfferReview",
    queue: "main",
    offer: {
      application,
      assignment,
      title: "Engineer",
      company: "Acme",
      candidateName: "Ada",
      score: 80,
      assignedAt: 1_000_000,
      deadlineAt: 2_000_000,
    },
  }) as const;
const ended = (application: string, outcome: string, strike = false, assignment = 1) =>
  ({ type: "ReviewEnded", application, assignment, outcome, strike, reason: "x" }) as const;
const names = (said: { to: string; message: { type: string } }[]) =>
  said.map(({ to, message }) => `${to} ${message.type}`);

describe.each([
  ["in memory", false],
  ["saved and reloaded between any two events", true],
])("employee machine, %s", (_, persisted) => {
  const upon = (...events: { type: string }[]) => {
    const talk = new Conversation(employeeMachine, { id: "bob" }, persisted);
    for (const event of events) talk.tell(event);
    return talk;
  };
  const misses = (talk: Conversation, from: number, count: number) => {
    for (let i = from; i < from + count; i++)
      for (const event of [signIn, offer(`a${i}`), ended(`a${i}`, "missed", true)]) talk.tell(event);
    return talk;
  };

  test("offers a free hand on sign-in, once however many tabs", () => {
    const talk = upon(signIn);
    expect(names(talk.said)).toEqual(["fact EmployeeSignedIn", "dispatcher.main EmployeeFree"]);
    expect(talk.tell({ ...signIn, edge: "e2" })).toEqual([]);
  });

  test("goes away on sign-out, and when the edge that holds it loses the link", () => {
    expect(names(upon(signIn).tell(signOut))).toEqual([
      "dispatcher.main EmployeeGone",
      "fact EmployeeSignedOut",
      "reply asker Accepted",
    ]);
    expect(upon(signIn).tell({ ...linkLost, edge: "e0" })).toEqual([]);
    expect(upon(signIn, linkLost).state.value).toBe("away");
  });

  test("says again now and then that the hand is free", () => {
    expect(names(upon(signIn).pass(10 * 60_000))).toEqual([
      "dispatcher.main EmployeeFree",
      "dispatcher.main EmployeeFree",
    ]);
  });

  test("refuses a second review while one is in hand, and any while away", () => {
    const talk = upon(signIn, offer("a1"));
    expect(talk.tell(offer("a2"))).toMatchObject([
      { to: "application.a2", message: { type: "OfferRefused", employee: "bob", assignment: 1 } },
    ]);
    expect(talk.state.context.offer.application).toBe("a1");
    expect(upon().tell(offer("a1"))).toMatchObject([{ message: { type: "OfferRefused" } }]);
  });

  test("does not take an offer twice, neither while in hand nor after its end", () => {
    const talk = upon(signIn, offer("a1"));
    expect(talk.tell(offer("a1"))).toEqual([]);
    talk.tell(ended("a1", "completed"));
    expect(talk.tell(offer("a1"))).toEqual([]);
    expect(talk.state.value).toBe("free");
    talk.tell(offer("a1", 2));
    expect(talk.state.value).toBe("reviewing");
  });

  test("does not take what it refused while away, when that comes again after a sign-in", () => {
    const talk = upon(offer("a1"), signIn);
    expect(talk.tell(offer("a1"))).toEqual([]);
    expect(talk.state.value).toBe("free");
  });

  test.each([
    ["completed", "free"],
    ["returned", "free"],
    ["rescinded", "free"],
    ["missed", "away"],
    ["released", "away"],
  ])("after a %s review is %s", (outcome, state) => {
    const talk = upon(signIn, offer("a1"));
    const said = names(talk.tell(ended("a1", outcome)));
    expect(talk.state.value).toBe(state);
    expect(said).toEqual(state === "free" ? ["dispatcher.main EmployeeFree"] : ["fact EmployeeSignedOut"]);
  });

  test("ignores the end of an earlier review", () => {
    const talk = upon(signIn, offer("a1", 2));
    expect(talk.tell(ended("a1", "missed", true, 1))).toEqual([]);
    expect(talk.state.value).toBe("reviewing");
  });

  test("keeps the review on sign-out and leaves at its end, unless signed in again before", () => {
    expect(upon(signIn, offer("a1"), signOut, ended("a1", "completed")).state.value).toBe("away");
    expect(upon(signIn, offer("a1"), signOut, signIn, ended("a1", "completed")).state.value).toBe("free");
  });

  test("asks for time when the link is lost, keeps the review, and comes back", () => {
    const talk = upon(signIn, offer("a1"));
    expect(talk.tell(linkLost)).toMatchObject([{ to: "application.a1", message: { type: "ExtendReview" } }]);
    expect(talk.tell(linkLost)).toEqual([]);
    expect(talk.state.value).toBe("reviewing");
    talk.tell(signIn);
    talk.tell(ended("a1", "completed"));
    expect(talk.state.value).toBe("free");
    expect(upon(signIn, offer("a1"), linkLost, ended("a1", "completed")).state.value).toBe("away");
  });

  test("follows the deadline, and asks when an end is overdue", () => {
    const talk = upon(signIn, offer("a1"));
    talk.tell({
      type: "ReviewExtended",
      application: "a1",
      assignment: 1,
      deadlineAt: 3_000_000,
      reason: "x",
    });
    talk.tell({ type: "WarnReview", application: "a0", assignment: 1, deadlineAt: 9 });
    expect(talk.state.context.offer.deadlineAt).toBe(3_000_000);
    expect(talk.pass(2_059_999)).toEqual([]);
    expect(talk.pass(1)).toMatchObject([{ to: "application.a1", message: { type: "ExtendReview" } }]);
  });

  test("strikes one and two are recorded, the third warns, the fourth locks", () => {
    const talk = misses(upon(), 1, 3);
    expect(talk.state.value).toBe("away");
    talk.said = [];
    misses(talk, 4, 1);
    expect(talk.state.value).toBe("locked");
    expect(names(talk.said).slice(-4)).toEqual([
      "fact StrikeRecorded",
      "record strikes/employee.bob StrikeRecord",
      "fact EmployeeLocked",
      "fact EmployeeSignedOut",
    ]);
    const record = Schema.decodeUnknownSync(StrikeRecord)(talk.said.at(-3)?.message);
    expect(record).toMatchObject({ count: 4, level: "violation", application: "a4" });
    const levels = misses(upon(), 1, 4).said.filter(({ message }) => message.type === "StrikeRecorded");
    expect(levels.map(({ message }) => message.level)).toEqual([
      "recorded",
      "recorded",
      "warning",
      "violation",
    ]);
  });

  test("counts a miss once, however often it is said", () => {
    const talk = misses(upon(), 1, 1);
    expect(talk.tell(ended("a1", "missed", true))).toEqual([]);
    talk.tell(signIn);
    talk.tell(ended("a1", "missed", true));
    expect(talk.state.context.strikes).toBe(1);
  });

  test("stays locked until a manager has looked, and starts anew then", () => {
    const talk = misses(upon(), 1, 4);
    expect(talk.tell(signIn)).toEqual([]);
    expect(talk.tell(offer("a9"))).toMatchObject([{ message: { type: "OfferRefused" } }]);
    expect(names(talk.tell(unlock))).toEqual([
      "fact EmployeeUnlocked",
      "record strikes/employee.bob StrikeRecord",
      "reply asker Accepted",
    ]);
    talk.tell(signIn);
    expect(talk.state.value).toBe("free");
    expect(talk.tell(unlock)).toMatchObject([{ message: { type: "Rejected", reason: "NothingToDecide" } }]);
  });

  test("remembers a bounded number of ended reviews", () => {
    const talk = upon(signIn);
    for (let i = 0; i < 100; i++)
      for (const event of [offer(`a${i}`), ended(`a${i}`, "completed")]) talk.tell(event);
    expect(talk.state.context.recent).toHaveLength(recentBound);
  });

  test("every message is heard in every state, or on this list", () => {
    const ignored: Record<string, readonly string[]> = {
      SignIn: ["locked"],
      LinkLost: ["away", "locked"],
      OfferReview: ["reviewing"], // the one in hand
      WarnReview: ["away", "free", "locked"],
      ReviewExtended: ["away", "free", "locked"],
      ReviewEnded: ["away", "free", "locked"],
    };
    const states = {
      away: upon(),
      free: upon(signIn),
      reviewing: upon(signIn, offer("a1")),
      locked: misses(upon(), 10, 4),
    };
    const about = { application: "a1", assignment: 1 };
    const messages: EmployeeMessage[] = [
      signIn,
      signOut,
      linkLost,
      offer("a1"),
      { type: "WarnReview", ...about, deadlineAt: 1 },
      { type: "ReviewExtended", ...about, deadlineAt: 1, reason: "" },
      { type: "ReviewEnded", ...about, outcome: "completed", strike: false, reason: "" },
      unlock,
      standing,
    ];
    expect(new Set(messages.map(({ type }) => type)).size).toBe(EmployeeMessage.members.length);
    for (const [name, talk] of Object.entries(states)) {
      for (const message of messages)
        expect([name, message.type, talk.hears(message)]).toEqual([
          name,
          message.type,
          !(ignored[message.type] ?? []).includes(name),
        ]);
      const [said] = talk.tell(standing);
      expect(Schema.decodeUnknownSync(StandingReply)(said?.message).status).toBe(name);
    }
  });
});

test("is an actor kind that can be made durable, with a queue of its own", () => {
  expect(employeeActor({ queue: "eu" }).settings).toEqual({ queue: "eu" });
});
