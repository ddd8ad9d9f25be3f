import { Schema } from "effect";
import { describe, expect, test } from "vitest";
import { EmployeeMessage, StandingReply } from "../../protocols/employee.ts";
import { StrikeRecord } from "../../protocols/strike.ts";
import { Conversation } from "../conversation.ts";
import { employeeActor } from "./actor.ts";
import { employeeMachine } from "./machine.ts";
import { recentBound } from "./setup.ts";

const signIn = { type: "SignIn", edge: "e1" } as const;
const signOut = { type: "SignOut", replyTo: "asker" } as const;
const linkLost = { type: "LinkLost", edge: "e1" } as const;
const linkUp = { type: "LinkUp", edge: "e1" } as const;
const takeBreak = { type: "TakeBreak", replyTo: "asker" } as const;
const setProfile = {
  type: "SetProfile",
  profile: { capacity: 1, skills: [], timeFactor: 1 },
  by: "lena",
  reason: "x",
} as const;
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
  const upon = (...events: { type: string; [field: string]: unknown }[]) => {
    const talk = new Conversation(employeeMachine, { id: "bob" }, persisted);
    for (const event of events) talk.tell(event);
    return talk;
  };
  const judged = (application: string, verdict: "person" | "incident" = "person", assignment = 1) =>
    ({ type: "MissJudged", application, assignment, verdict, reason: "ours" }) as const;
  const misses = (talk: Conversation, from: number, count: number) => {
    for (let i = from; i < from + count; i++)
      for (const event of [signIn, offer(`a${i}`), ended(`a${i}`, "missed", true), judged(`a${i}`)])
        talk.tell(event);
    return talk;
  };
  const count = (talk: Conversation) =>
    Schema.decodeUnknownSync(StandingReply)(talk.tell(standing)[0]?.message).strikes;

  test("offers a free hand on sign-in, once however many tabs", () => {
    const talk = upon(signIn);
    expect(names(talk.said)).toEqual(["fact EmployeeSignedIn", "dispatcher.main EmployeeFree"]);
    expect(talk.tell({ ...signIn, edge: "e2" })).toEqual([]);
  });

  test("goes away on sign-out", () => {
    expect(names(upon(signIn).tell(signOut))).toEqual([
      "dispatcher.main EmployeeGone",
      "fact EmployeeSignedOut",
      "reply asker Accepted",
    ]);
  });

  test("case 23: a line that flickers changes nothing; one that is gone is offered nothing, and comes back as it was", () => {
    const talk = upon(signIn);
    expect(talk.tell({ ...linkLost, edge: "e0" })).toEqual([]);
    for (let i = 0; i < 5; i++) {
      expect(names(talk.tell(linkLost))).toEqual(["fact EmployeeLinkLost"]);
      expect(talk.pass(20_000)).toEqual([]);
      expect(names(talk.tell(linkUp))).toEqual(["fact EmployeeLinkBack"]);
    }
    expect(talk.state.matches("free")).toBe(true);
    talk.tell(linkLost);
    expect(names(talk.pass(30_000))).toEqual(["dispatcher.main EmployeeGone"]);
    expect(talk.state.value).toBe("lost");
    expect(names(talk.tell(linkUp))).toEqual(["fact EmployeeLinkBack", "dispatcher.main EmployeeFree"]);
    talk.tell(linkLost);
    expect(names(talk.pass(120_000))).toEqual(["dispatcher.main EmployeeGone", "fact EmployeeSignedOut"]);
    expect(talk.state.value).toBe("away");
  });

  test("case 7: opening a tab never changes what was set", () => {
    for (const before of [[], [signIn, takeBreak], [signIn], [signIn, offer("a1")]] as const) {
      const talk = upon(...before);
      const was = talk.state.value;
      for (let i = 0; i < 5; i++) talk.tell({ ...linkUp, edge: `e${i}` });
      expect(talk.state.value).toEqual(was);
    }
  });

  test("case 18: a break or the end of the shift comes after the review in hand, on the server", () => {
    for (const [command, state] of [
      [takeBreak, "break"],
      [{ type: "EndShift" }, "away"],
      [signOut, "away"],
    ] as const) {
      expect(upon(signIn, command).state.value).toBe(state);
      const talk = upon(signIn, offer("a1"), command);
      expect(talk.state.matches("reviewing")).toBe(true);
      expect(talk.tell(ended("a1", "completed")).map(({ message }) => message.type)).not.toContain(
        "EmployeeFree",
      );
      expect(talk.state.value).toBe(state);
    }
    expect(names(upon(signIn, takeBreak).tell(signIn))).toContain("dispatcher.main EmployeeFree");
  });

  test("case 4: a line lost for five minutes gives the review back, without a strike; inside that all goes on", () => {
    for (let second = 0; second < 270; second += 30) {
      const talk = upon(signIn, offer("a1"), linkLost);
      expect(talk.pass(second * 1_000)).toEqual([]);
      talk.tell(linkUp);
      expect(talk.state.context.offers).toHaveLength(1);
      expect(names(talk.pass(270_000))).toEqual([]);
    }
    const gone = upon(signIn, offer("a1"), linkLost);
    expect(gone.pass(270_000)).toMatchObject([
      { to: "application.a1", message: { type: "ReleaseReview", employee: "bob", assignment: 1 } },
    ]);
    gone.tell(ended("a1", "released"));
    expect(gone.state.value).toBe("away");
    expect(gone.state.context.entries).toEqual([]);
  });

  test("case 21: a lock takes back what is in hand, without a further strike", () => {
    const talk = misses(upon(), 1, 3);
    talk.tell(signIn);
    talk.tell(offer("a4"));
    talk.tell(ended("a4", "missed", true));
    for (const event of [signIn, offer("a5")]) talk.tell(event);
    const said = talk.tell(judged("a4"));
    expect(said).toContainEqual({
      to: "application.a5",
      message: expect.objectContaining({ type: "ReleaseReview", assignment: 1 }),
    });
    expect(talk.state.value).toBe("locked");
    talk.tell(ended("a5", "missed", true));
    expect(count(talk)).toBe(4);
  });

  test("takes as many as a manager allows, the next only when the one before has been shown", () => {
    const talk = upon(signIn, {
      ...setProfile,
      profile: { capacity: 2, skills: ["lang:de"], timeFactor: 1.5 },
    });
    expect(talk.said.at(-1)?.message).toMatchObject({
      capacity: 2,
      skills: ["lang:de"],
      timeFactor: 1.5,
      open: 0,
    });
    talk.tell(offer("a1"));
    expect(talk.tell({ type: "ReviewShown", application: "a1", assignment: 1 })).toMatchObject([
      { message: { type: "EmployeeFree", open: 1, capacity: 2 } },
    ]);
    talk.tell(offer("a2"));
    expect(talk.tell(offer("a3"))).toMatchObject([{ message: { type: "OfferRefused" } }]);
    // One is done: there is room for the next beside the other.
    expect(talk.tell(ended("a1", "completed"))).toMatchObject([
      { to: "dispatcher.main", message: { type: "EmployeeFree", open: 1, capacity: 2 } },
    ]);
    expect(talk.state.matches("reviewing")).toBe(true);
    talk.tell(ended("a2", "completed"));
    expect(talk.state.matches("free")).toBe(true);
  });

  test("more that a manager allows, or a line that is back, gives room beside the review in hand; who is about to leave has none", () => {
    const allowed = (capacity: number) => ({
      ...setProfile,
      profile: { capacity, skills: [], timeFactor: 1 },
    });
    const talk = upon(signIn, offer("a1"));
    expect(names(talk.tell(allowed(2)))).toContain("dispatcher.main EmployeeFree");
    talk.tell({ type: "LinkLost", edge: "e1" });
    expect(names(talk.tell(allowed(3)))).not.toContain("dispatcher.main EmployeeFree");
    expect(names(talk.tell({ type: "LinkUp", edge: "e1" }))).toContain("dispatcher.main EmployeeFree");
    expect(names(talk.tell({ type: "LinkUp", edge: "e1" }))).toEqual([]);
    talk.tell({ type: "SignOut", replyTo: "asker" });
    expect(names(talk.tell(allowed(4)))).not.toContain("dispatcher.main EmployeeFree");
    expect(names(talk.tell(signIn))).toContain("dispatcher.main EmployeeFree");
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
    expect(talk.state.context.offers[0].application).toBe("a1");
    expect(upon().tell(offer("a1"))).toMatchObject([{ message: { type: "OfferRefused" } }]);
  });

  test("does not take an offer twice, neither while in hand nor after its end", () => {
    const talk = upon(signIn, offer("a1"));
    expect(talk.tell(offer("a1"))).toEqual([]);
    talk.tell(ended("a1", "completed"));
    expect(talk.tell(offer("a1"))).toEqual([]);
    expect(talk.state.matches("free")).toBe(true);
    talk.tell(offer("a1", 2));
    expect(talk.state.matches("reviewing")).toBe(true);
  });

  test("does not take what it refused while away, when that comes again after a sign-in", () => {
    const talk = upon(offer("a1"), signIn);
    expect(talk.tell(offer("a1"))).toEqual([]);
    expect(talk.state.matches("free")).toBe(true);
  });

  test.each([
    ["completed", "free"],
    ["returned", "free"],
    ["rescinded", "free"],
    ["taken-back", "free"],
    ["missed", "away"],
    ["released", "away"],
  ])("after a %s review is %s", (outcome, state) => {
    const talk = upon(signIn, offer("a1"));
    const said = names(talk.tell(ended("a1", outcome)));
    expect(talk.state.matches(state as never)).toBe(true);
    expect(said.filter((what) => !/MissExcused|MissReported/.test(what))).toEqual(
      state === "free" ? ["dispatcher.main EmployeeFree"] : ["fact EmployeeSignedOut"],
    );
  });

  test("ignores the end of an earlier review", () => {
    const talk = upon(signIn, offer("a1", 2));
    expect(talk.tell(ended("a1", "completed", false, 1))).toEqual([]);
    expect(talk.tell(ended("a1", "missed", true, 1))).toMatchObject([{ message: { type: "MissExcused" } }]);
    expect(talk.tell(ended("a1", "missed", true, 1))).toEqual([]);
    expect(talk.state.matches("reviewing")).toBe(true);
  });

  test("case 17: keeps the review on sign-out, with its clock, and leaves at its end, unless signed in again before", () => {
    expect(upon(signIn, offer("a1"), signOut, ended("a1", "completed")).state.value).toBe("away");
    expect(upon(signIn, offer("a1"), signOut, signIn, ended("a1", "completed")).state.matches("free")).toBe(
      true,
    );
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
    expect(talk.state.context.offers[0].deadlineAt).toBe(3_000_000);
    expect(talk.pass(2_059_999)).toEqual([]);
    expect(talk.pass(1)).toMatchObject([{ to: "application.a1", message: { type: "StillMine" } }]);
  });

  test("strikes one and two are recorded, the third warns, the fourth locks", () => {
    const talk = misses(upon(), 1, 3);
    expect(talk.state.value).toBe("away");
    talk.said = [];
    misses(talk, 4, 1);
    expect(talk.state.value).toBe("locked");
    expect(names(talk.said).slice(-6)).toEqual([
      "fact StrikeRecorded",
      "fact StrikeIssued",
      "record strikes/employee.bob StrikeRecord",
      "fact EmployeeLocked",
      "dispatcher.main EmployeeGone",
      "fact EmployeeSignedOut",
    ]);
    const record = Schema.decodeUnknownSync(StrikeRecord)(talk.said.at(-4)?.message);
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
    expect(talk.tell(judged("a1"))).toEqual([]);
    expect(count(talk)).toBe(1);
  });

  test("stays locked until a manager has looked, and starts anew then", () => {
    const talk = misses(upon(), 1, 4);
    expect(talk.tell(signIn)).toEqual([]);
    expect(talk.tell(offer("a9"))).toMatchObject([{ message: { type: "OfferRefused" } }]);
    expect(names(talk.tell(unlock))).toEqual([
      ...Array(4).fill("fact StrikeVoided"),
      "record strikes/employee.bob StrikeRecord",
      "reply asker Accepted",
      "fact EmployeeUnlocked",
    ]);
    expect(count(talk)).toBe(0);
    talk.tell(signIn);
    expect(talk.state.matches("free")).toBe(true);
    expect(talk.tell(unlock)).toMatchObject([{ message: { type: "Rejected", reason: "NothingToDecide" } }]);
  });

  test("remembers a bounded number of ended reviews", () => {
    const talk = upon(signIn);
    for (let i = 0; i < 100; i++)
      for (const event of [offer(`a${i}`), ended(`a${i}`, "completed")]) talk.tell(event);
    expect(talk.state.context.recent).toHaveLength(recentBound);
  });

  test("every message is heard in every state, or on this list", () => {
    const held = ["OfferReview"]; // the one in hand
    const ignored: Record<string, readonly string[]> = {
      away: ["LinkLost", "WarnReview", "ReviewExtended", "ReviewEnded", "ReviewShown"],
      free: ["WarnReview", "ReviewExtended", "ReviewEnded", "ReviewShown"],
      break: ["LinkLost", "WarnReview", "ReviewExtended", "ReviewEnded", "ReviewShown"],
      lost: ["LinkLost", "WarnReview", "ReviewExtended", "ReviewEnded", "ReviewShown"],
      reviewing: [...held, "ReviewShown"], // and no room for another
      releasing: [...held, "LinkLost", "WarnReview", "ReviewExtended", "ReviewShown"],
      locked: ["SignIn", "LinkLost", "WarnReview", "ReviewExtended", "ReviewEnded", "ReviewShown"],
    };
    const later = (talk: Conversation, ms: number) => {
      talk.pass(ms);
      return talk;
    };
    const states = {
      away: upon(),
      free: upon(signIn),
      break: upon(signIn, takeBreak),
      lost: later(upon(signIn, linkLost), 31_000),
      reviewing: upon(signIn, offer("a1")),
      releasing: later(upon(signIn, offer("a1"), linkLost), 271_000),
      locked: misses(upon(), 10, 4),
    };
    const about = { application: "a1", assignment: 1 };
    const by = { by: "lena", reason: "x" };
    const messages: EmployeeMessage[] = [
      signIn,
      signOut,
      linkLost,
      linkUp,
      takeBreak,
      { type: "EndShift" },
      offer("a1"),
      { type: "ReviewShown", ...about },
      { type: "WarnReview", ...about, deadlineAt: 1 },
      { type: "ReviewExtended", ...about, deadlineAt: 1, reason: "" },
      { type: "ReviewEnded", ...about, outcome: "completed", strike: false, reason: "" },
      judged("a1"),
      { type: "CommandUnanswered", review: null, command: "open", triedAt: 1 },
      { type: "VoidStrikes", incident: "i", misses: [], reason: "x" },
      { type: "AppealStrike", ...about, text: "no" },
      { type: "DecideStrike", ...about, decision: "void", ...by },
      setProfile,
      { type: "SetIntent", intent: "break", ...by },
      { type: "Ledger", replyTo: "asker" },
      unlock,
      standing,
    ];
    expect(new Set(messages.map(({ type }) => type)).size).toBe(EmployeeMessage.members.length);
    const seenAs: Record<string, string> = { lost: "away", releasing: "reviewing" };
    for (const [name, talk] of Object.entries(states)) {
      expect([name, talk.state.matches(name as never)]).toEqual([name, true]);
      for (const message of messages)
        expect([name, message.type, talk.hears(message)]).toEqual([
          name,
          message.type,
          !(ignored[name] ?? []).includes(message.type),
        ]);
      const [said] = talk.tell(standing);
      expect(Schema.decodeUnknownSync(StandingReply)(said?.message).status).toBe(seenAs[name] ?? name);
    }
  });
});

test("is an actor kind that can be made durable, with a queue of its own", () => {
  expect(employeeActor({ queue: "eu" }).settings).toEqual({ queue: "eu" });
});
