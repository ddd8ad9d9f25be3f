/** The test that a miss must pass before it may be a strike (as far as the employee's own actor knows), and the ledger. */
import { describe, expect, test } from "vitest";
import { defaultQueueSettings } from "../../protocols/queue-settings.ts";
import type { MissEvidence } from "../../protocols/strike.ts";
import { Conversation } from "../conversation.ts";
import { employeeMachine } from "./machine.ts";
import { excuseOf, gapsWithin, type Miss, triesAt, wasKeptFromIt } from "./misses.ts";
import { unansweredBound } from "./setup.ts";

const policy = defaultQueueSettings.strikes;
const minute = 60_000;
const evidence: MissEvidence = {
  ...{ assignedAt: 0, deliveredAt: 1_000, openedAt: 2_000, lastEditAt: null, drafts: 0 },
  ...{ warnedAt: 15 * minute, warningSeenAt: 15 * minute, deadlineAt: 20 * minute, endedAt: 20 * minute },
  extensions: 0,
};
const miss = (change: Partial<Miss> = {}): Miss => ({
  ...{ strike: true, reason: "over", evidence, tries: [], gaps: [], pardons: [], at: 20 * minute },
  ...change,
});

test("delivered, warned, connected and its own fault: it may be a strike", () => {
  expect(excuseOf(miss(), policy)).toBeNull();
  // Two channels were tried and the line was up: that counts as warned.
  expect(excuseOf(miss({ evidence: { ...evidence, warningSeenAt: null } }), policy)).toBeNull();
});

test.each([
  ["never shown", { evidence: { ...evidence, deliveredAt: null } }, /No screen/],
  ["shown late", { evidence: { ...evidence, deliveredAt: 2 * minute + 1 } }, /reached your screen late/],
  ["never warned", { evidence: { ...evidence, warnedAt: null } }, /not warned/],
  [
    "warned while the line was down",
    { evidence: { ...evidence, warningSeenAt: null }, gaps: [{ from: 14 * minute, to: 16 * minute }] },
    /could not reach/,
  ],
  [
    "tried in time, without an answer",
    { tries: [{ review: null, command: "complete", triedAt: 10 * minute }] },
    /we did not answer/,
  ],
  ["excused by the application itself", { strike: false, reason: "Too many people." }, /Too many people/],
] as const)("case 15: %s, and it is none", (_, change, reason) => {
  expect(excuseOf(miss(change as Partial<Miss>), policy)?.reason).toMatch(reason);
});

test.each([
  ["in time, and nothing came through after it", {}, {}, true],
  ["in the last second", { triedAt: 20 * minute }, {}, true],
  ["when the time was over", { triedAt: 20 * minute + 1 }, {}, false],
  ["and went on working soon after", {}, { lastEditAt: 12 * minute }, false],
  ["and could go on only after long", {}, { lastEditAt: 12 * minute + 1 }, true],
  ["and had worked before", {}, { lastEditAt: 9 * minute }, true],
  [
    "to open it, which worked at last, with little time left",
    { triedAt: minute },
    { openedAt: 19 * minute },
    true,
  ],
  ["at another review", { review: { application: "a2", assignment: 1 } }, {}, false],
  ["in an earlier assignment", { review: { application: "a1", assignment: 0 } }, {}, false],
  ["which was not known, while it was in hand", { review: null }, {}, true],
  ["which was not known, before it was in hand", { review: null, triedAt: -1 }, {}, false],
] as const)("case 15: tried without an answer, %s", (_, change, seen, kept) => {
  const about = { application: "a1", assignment: 1 };
  const tried = { review: about, command: "complete", triedAt: 10 * minute, ...change } as const;
  const all = { ...evidence, ...seen };
  expect(wasKeptFromIt(triesAt([tried], about, all), all)).toBe(kept);
});

test("a broken line is forgiven twice in seven days, and only if it was down long enough", () => {
  const gaps = [{ from: minute, to: 7 * minute }];
  expect(excuseOf(miss({ gaps }), policy)).toMatchObject({ pardon: true });
  expect(excuseOf(miss({ gaps, pardons: [0, 1] }), policy)).toBeNull();
  expect(excuseOf(miss({ gaps, pardons: [0, 1], at: 8 * 24 * 60 * minute }), policy)).toMatchObject({
    pardon: true,
  });
  expect(excuseOf(miss({ gaps: [{ from: minute, to: 6 * minute }] }), policy)).toBeNull();
});

test("only what of a gap lies within counts, and one that lasts ends with it", () => {
  expect(
    gapsWithin(
      [
        { from: 0, to: 5 },
        { from: 8, to: 20 },
      ],
      null,
      3,
      10,
    ),
  ).toEqual([
    { from: 3, to: 5 },
    { from: 8, to: 10 },
  ]);
  expect(gapsWithin([], 7, 3, 10)).toEqual([{ from: 7, to: 10 }]);
  expect(gapsWithin([{ from: 0, to: 2 }], 11, 3, 10)).toEqual([]);
});

describe.each([
  ["in memory", false],
  ["saved and reloaded between any two events", true],
])("strikes, appeals and decisions, %s", (_, persisted) => {
  const offer = (application: string, expiry: object = {}) => ({
    type: "OfferReview",
    queue: "main",
    policy: { ...policy, ...expiry },
    offer: {
      ...{ application, assignment: 1, title: "Engineer", company: "Acme", candidateName: "Ada" },
      ...{ score: 80, assignedAt: 0, deadlineAt: 1 },
    },
  });
  const about = (application: string) => ({ application, assignment: 1 });
  const missedOnes = (count: number, expiry: object = {}) => {
    const talk = new Conversation(employeeMachine, { id: "bob" }, persisted);
    for (let i = 1; i <= count; i++)
      for (const event of [
        { type: "SignIn", edge: "e1" },
        offer(`a${i}`, expiry),
        { type: "ReviewEnded", ...about(`a${i}`), outcome: "missed", strike: true, reason: "over" },
        { type: "MissJudged", ...about(`a${i}`), verdict: "person", reason: "" },
      ])
        talk.tell(event);
    return talk;
  };
  const finish = (talk: Conversation, application: string, expiry: object) => {
    for (const event of [
      { type: "SignIn", edge: "e1" },
      offer(application, expiry),
      { type: "ReviewEnded", ...about(application), outcome: "completed", strike: false, reason: "" },
    ])
      talk.tell(event);
  };
  const states = (talk: Conversation) =>
    talk.state.context.entries.map(({ state }: { state: string }) => state);
  const decide = (application: string, decision: string) => ({
    type: "DecideStrike",
    ...{ ...about(application), decision, by: "lena", reason: "looked", replyTo: "asker" },
  });

  test("whoever is not to blame gets no strike, and the reason is kept", () => {
    const talk = new Conversation(employeeMachine, { id: "bob" }, persisted);
    for (const event of [
      { type: "SignIn", edge: "e1" },
      offer("a1"),
      { type: "ReviewEnded", ...about("a1"), outcome: "missed", strike: true, reason: "over" },
    ])
      talk.tell(event);
    expect(states(talk)).toEqual(["judging"]);
    const [said] = talk.tell({ type: "MissJudged", ...about("a1"), verdict: "incident", reason: "ours" });
    expect(said?.message).toMatchObject({ type: "MissExcused", entry: { state: "excused", reason: "ours" } });
  });

  const unanswered = (application: string, triedAt: number) => ({
    type: "CommandUnanswered",
    ...{ review: about(application), command: "complete", triedAt },
  });
  const missedWithEvidence = (application: string) => ({
    type: "ReviewEnded",
    ...{ ...about(application), outcome: "missed", strike: true, reason: "over", evidence },
  });

  test("an edge's word that it had no answer excuses the miss, before or while it is judged, or takes the strike back", () => {
    const upon = (...events: { type: string }[]) => {
      const talk = new Conversation(employeeMachine, { id: "bob" }, persisted);
      for (const event of [{ type: "SignIn", edge: "e1" }, offer("a1"), ...events]) talk.tell(event);
      return talk;
    };
    const verdict = { type: "MissJudged", ...about("a1"), verdict: "person", reason: "" };
    const tried = unanswered("a1", 10 * minute);
    expect(states(upon(tried, missedWithEvidence("a1"), verdict))).toEqual(["excused"]);
    expect(states(upon(missedWithEvidence("a1"), tried, verdict))).toEqual(["excused"]);
    const struck = upon(missedWithEvidence("a1"), verdict);
    expect(struck.tell(tried).map(({ message }) => message.type)).toEqual(["StrikeVoided", "StrikeRecord"]);
    expect(states(struck)).toEqual(["voided"]);
    // Who looks at it later sees what was tried, and when.
    const { review, command, triedAt } = tried;
    expect(struck.state.context.entries[0].unanswered).toEqual([{ review, command, triedAt }]);
    expect(struck.tell(tried)).toEqual([]);
    const late = unanswered("a1", 21 * minute);
    expect(states(upon(late, missedWithEvidence("a1"), verdict, late))).toEqual(["issued"]);
    const upheld = upon(missedWithEvidence("a1"), verdict, decide("a1", "uphold"));
    expect(upheld.tell(tried)).toEqual([]);
    expect(states(upheld)).toEqual(["upheld"]);
  });

  test("so many are kept, the latest", () => {
    const talk = new Conversation(employeeMachine, { id: "bob" }, persisted);
    for (let i = 0; i <= unansweredBound; i++) talk.tell(unanswered(`a${i}`, i));
    const kept = talk.state.context.unanswered as { triedAt: number }[];
    expect([kept.length, kept[0]?.triedAt]).toEqual([unansweredBound, 1]);
  });

  test("an appeal can be changed until it is decided, in writing; voided, it unlocks", () => {
    const talk = missedOnes(4);
    expect(talk.state.value).toBe("locked");
    const appeal = (text: string) => ({ type: "AppealStrike", ...about("a4"), text, replyTo: "asker" });
    talk.tell(appeal("first"));
    expect(talk.tell(appeal("The page froze."))[0]?.message).toMatchObject({
      type: "StrikeAppealed",
      entry: { state: "appealed", appeal: { text: "The page froze." } },
    });
    expect(talk.tell(decide("a4", "void")).map(({ message }) => message.type)).toEqual([
      "StrikeDecided",
      "StrikeRecord",
      "Accepted",
      "EmployeeUnlocked",
    ]);
    expect(talk.state.value).toBe("away");
    expect(states(talk)).toEqual(["issued", "issued", "issued", "voided"]);
    expect(talk.tell(appeal("again"))).toMatchObject([
      { message: { type: "Rejected", reason: "UnknownStrike" } },
    ]);
  });

  test("upheld, the account is unlocked with a warning, or stays locked", () => {
    const warned = missedOnes(4);
    warned.tell(decide("a4", "uphold"));
    expect([warned.state.value, ...states(warned)]).toEqual([
      "away",
      "cleared",
      "issued",
      "issued",
      "upheld",
    ]);
    const kept = missedOnes(4);
    kept.tell(decide("a4", "keep-locked"));
    expect(kept.state.value).toBe("locked");
  });

  test("unlocked, each strike that is cleared is said with its entry, and no other", () => {
    const cleared = (said: ReturnType<Conversation["tell"]>) =>
      said.flatMap(({ message: { type, entry } }) => (type === "StrikeVoided" ? [entry] : []));
    const warned = missedOnes(4);
    expect(cleared(warned.tell(decide("a4", "uphold")))).toMatchObject([
      { ...about("a1"), state: "cleared", reason: "Unlocked with a warning.", decidedBy: "lena" },
    ]);
    const kept = missedOnes(4);
    kept.tell(decide("a4", "keep-locked"));
    const unlock = { type: "Unlock", by: "lena", reason: "talked", replyTo: "asker" };
    expect(cleared(kept.tell(unlock))).toMatchObject(
      ["a1", "a2", "a3", "a4"].map((application) => ({
        ...{ ...about(application), state: "cleared" },
        ...{ reason: "talked", decidedBy: "lena" },
      })),
    );
  });

  test("case 14: an incident voids strikes inside it, and unlocks who falls below four", () => {
    const talk = missedOnes(4);
    const said = talk.tell({
      type: "VoidStrikes",
      incident: "i1",
      misses: [about("a2"), about("zz")],
      reason: "ours",
    });
    expect(said.map(({ message }) => message.type)).toEqual([
      "StrikeVoided",
      "StrikeRecord",
      "EmployeeUnlocked",
    ]);
    expect(talk.state.value).toBe("away");
  });

  test("strikes expire after so many days, or after a clean streak, where the queue says so", () => {
    const days = { expireAfterDays: 30 };
    const old = missedOnes(2, days);
    old.now += 31 * 24 * 60 * minute;
    finish(old, "b1", days);
    expect(states(old)).toEqual(["expired", "expired"]);
    const streak = { cleanStreak: 3 };
    const clean = missedOnes(2, streak);
    for (let i = 0; i < 3; i++) finish(clean, `b${i}`, streak);
    expect(states(clean)).toEqual(["expired", "issued"]);
    const literal = missedOnes(2);
    literal.now += 400 * 24 * 60 * minute;
    for (let i = 0; i < 5; i++) finish(literal, `b${i}`, {});
    expect(states(literal)).toEqual(["issued", "issued"]);
  });
});
