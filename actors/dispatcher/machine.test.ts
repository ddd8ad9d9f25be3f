import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DispatcherMessage, type PendingReview } from "../../protocols/dispatcher.ts";
import { defaultQueueSettings } from "../../protocols/queue-settings.ts";
import { Conversation } from "../conversation.ts";
import { dispatcherActor } from "./actor.ts";
import { dispatcherMachine } from "./machine.ts";
import { freed, gone, type Hand, maxHands } from "./round-robin.ts";
import { maxPending, maxTries, resendAfterMs } from "./setup.ts";

const free = (employee: string) => ({ type: "EmployeeFree", employee }) as const;
const goneAway = (employee: string) => ({ type: "EmployeeGone", employee }) as const;
const review = (application: string, change: Partial<PendingReview> = {}): PendingReview => ({
  type: "ReviewRequested",
  application,
  request: 1,
  queue: "main",
  priority: 1,
  exclude: null,
  reason: "",
  ...change,
});
const assigned = (application: string, employee: string, request = 1) =>
  ({ type: "ReviewAssigned", application, request, employee }) as const;
const refused = (application: string, employee: string, request = 1) =>
  ({ type: "AssignRefused", application, request, employee, reason: "old" }) as const;

describe.each([
  ["in memory", false],
  ["saved and reloaded between any two events", true],
])("dispatcher machine, %s", (_, persisted) => {
  const upon = (...events: { type: string }[]) => {
    const talk = new Conversation(dispatcherMachine, { id: "main" }, persisted);
    for (const event of events) talk.tell(event);
    return talk;
  };
  const took = (talk: Conversation, what: PendingReview | null) => talk.done("takeReview", what);
  const givenTo = (said: { to: string; message: { [key: string]: unknown } }[]) =>
    said.filter(({ message }) => message.type === "AssignReview").map(({ message }) => message.employee);

  test("takes a review only while someone is free", () => {
    const talk = upon();
    expect(talk.said).toEqual([]);
    expect(talk.tell(free("bob"))).toMatchObject([
      { to: "task", message: { type: "takeReview", input: { queue: "main" } } },
    ]);
    expect(took(talk, review("a1"))).toMatchObject([
      { to: "application.a1", message: { type: "AssignReview", employee: "bob", request: 1, queue: "main" } },
    ]);
    expect(talk.state.value).toEqual({ matching: "idle", window: "empty", answers: "awaiting" });
  });

  test("takes the next at once while another hand is free", () => {
    const talk = upon(free("bob"), free("eve"));
    expect(took(talk, review("a1")).map(({ to }) => to)).toEqual(["application.a1", "task"]);
  });

  test("asks again when no review came for a while", () => {
    expect(took(upon(free("bob")), null)).toMatchObject([{ to: "task" }]);
  });

  test("case 8: when nobody can take one, none is given to anybody; the first who comes back gets the oldest", () => {
    const talk = upon(free("bob"), free("eve"), goneAway("bob"), goneAway("eve"));
    expect(
      talk.done("takeReview", [review("new", { requestedAt: 2 }), review("old", { requestedAt: 1 })]),
    ).toEqual([]);
    expect(talk.pass(3_600_000)).toEqual([]);
    talk.tell({ type: "Roster", replyTo: "asker" });
    expect(talk.said.at(-1)?.message).toMatchObject({ free: [], window: [{ application: "old" }, {}] });
    expect(talk.tell(free("eve")).map(({ to }) => to)).toContain("application.old");
  });

  test("case 10: one person online and 500 waiting: exactly one is assigned", () => {
    const talk = upon(free("bob"), free("bob"));
    took(talk, review("a1"));
    expect(talk.state.value.matching).toBe("idle");
    expect(givenTo(talk.said)).toEqual(["bob"]);
  });

  test("case 24: goes round by least recently assigned, also within one millisecond and after signing in again", () => {
    const talk = upon(free("bob"), free("eve"), free("mia"));
    const order: unknown[] = [];
    for (let i = 0; i < 9; i++) {
      const [who] = givenTo(took(talk, review(`a${i}`)));
      order.push(who);
      talk.tell(assigned(`a${i}`, String(who)));
      if (i % 2 === 0) talk.tell(goneAway(String(who)));
      talk.tell(free(String(who)));
    }
    expect(order).toEqual(["bob", "eve", "mia", "bob", "eve", "mia", "bob", "eve", "mia"]);
  });

  test("tells anybody's place in line, and none to who is not in it", () => {
    const talk = upon(free("bob"), free("eve"), free("mia"));
    took(talk, review("a1"));
    talk.tell(assigned("a1", "bob"));
    const placeOf = (employee: string) => {
      talk.tell({ type: "PlaceInLine", employee, replyTo: "asker" });
      return talk.said.at(-1)?.message;
    };
    expect(placeOf("mia")).toEqual({ type: "PlaceReply", position: 2, free: 2 });
    expect(placeOf("bob")).toEqual({ type: "PlaceReply", position: null, free: 2 });
    talk.tell(free("bob"));
    expect(placeOf("bob")).toEqual({ type: "PlaceReply", position: 3, free: 3 });
  });

  test("does not hand it back to who missed it while anyone else is free", () => {
    expect(givenTo(took(upon(free("bob"), free("eve")), review("a1", { exclude: "bob" })))).toEqual(["eve"]);
  });

  test("case 12: who has just missed it gets it after all when nobody else could have it for two minutes, or their time is over", () => {
    const alone = upon(free("bob"));
    expect(givenTo(took(alone, review("a1", { exclude: "bob" })))).toEqual([]);
    expect(givenTo(alone.pass(119_000))).toEqual([]);
    expect(givenTo(alone.pass(7_000))).toEqual(["bob"]);
    const other = upon(free("bob"));
    took(other, review("a1", { exclude: "bob" }));
    expect(givenTo(other.tell(free("eve")))).toEqual(["eve"]);
    const over = upon(free("bob"));
    expect(givenTo(took(over, review("a1", { exclude: "bob", excludeUntil: over.now })))).toEqual(["bob"]);
  });

  test("calls the taking off when nobody is free any more, and keeps a review that was taken already", () => {
    const talk = upon(free("bob"), goneAway("bob"));
    expect(talk.state.value.matching).toBe("idle");
    expect(took(talk, review("a1", { priority: 0 }))).toEqual([]);
    expect(givenTo(talk.tell(free("eve")))).toEqual(["eve"]);
  });

  test("brings as many as there are hands, and gives them out in one turn", () => {
    const talk = upon(free("bob"), free("eve"), free("mia"));
    expect(talk.said.at(-1)?.message).toMatchObject({ input: { queue: "main" } });
    expect(
      givenTo(talk.done("takeReview", [review("a1"), review("a2"), review("a3"), review("a4")])),
    ).toEqual(["bob", "eve", "mia"]);
    expect(talk.state.context.window).toHaveLength(1);
  });

  test("case 9: what has waited long enough comes before what is urgent and new; oldest first inside a level", () => {
    const talk = upon(free("bob"), goneAway("bob"));
    const hour = 3_600_000;
    const since = (ms: number) => ({ requestedAt: talk.now - ms });
    talk.done("takeReview", [
      review("urgent", { priority: 0, ...since(0) }),
      review("old", { priority: 3, ...since(hour) }),
      review("older", { priority: 3, ...since(hour + 1_000) }),
      review("new", { priority: 1, ...since(1_000) }),
    ]);
    const order: unknown[] = [];
    for (let i = 0; i < 4; i++) {
      const [given] = talk.tell(free("bob"));
      order.push(given?.to);
      talk.tell(assigned(String(given?.to).slice("application.".length), "bob"));
    }
    expect(order).toEqual(["application.older", "application.old", "application.urgent", "application.new"]);
  });

  test("case 25: by load, the lowest share of what each can take comes first, and nobody is flooded", () => {
    const talk = upon();
    talk.tell({
      type: "ChangeSettings",
      settings: { ...defaultQueueSettings, strategy: "load_balanced" },
      version: 0,
      by: "lena",
      reason: "x",
    } as never);
    const has = (employee: string, open: number, capacity: number) =>
      talk.tell({ ...free(employee), open, capacity } as never);
    has("bob", 2, 4);
    has("eve", 0, 2);
    has("mia", 1, 1);
    expect(givenTo(talk.done("takeReview", [review("a1"), review("a2"), review("a3")]))).toEqual([
      "eve",
      "bob",
      "mia",
    ]);
    has("eve", 1, 2);
    expect(givenTo(talk.done("takeReview", [review("a4"), review("a5")]))).toEqual(["eve"]);
  });

  test("skills are asked for, and asked for less the longer it waits", () => {
    const talk = upon();
    const settings = {
      ...defaultQueueSettings,
      skillRules: [
        { match: "nurse", skill: "nursing" },
        { match: "acme", skill: "lang:de" },
      ],
    };
    talk.tell({ type: "ChangeSettings", settings, version: 0, by: "lena", reason: "x" } as never);
    const able = (employee: string, ...skills: string[]) => talk.tell({ ...free(employee), skills } as never);
    able("bob");
    able("eve", "nursing");
    const asks = review("a1", { title: "Nurse", company: "Acme", requestedAt: talk.now });
    expect(givenTo(talk.done("takeReview", [asks]))).toEqual([]);
    expect(givenTo(talk.pass(5 * 60_000 + 5_000))).toEqual(["eve"]);
    expect(givenTo(talk.done("takeReview", [review("a2", { title: "Baker" })]))).toEqual(["bob"]);
  });

  test("a pause gives nothing out, a manager's change of the numbers goes with the next assignment, and is made on the newest", () => {
    const talk = upon(free("bob"));
    const pause = (paused: boolean) =>
      ({ type: "PauseDispatch", paused, by: "lena", reason: "x", replyTo: "asker" }) as const;
    expect(talk.tell(pause(true)).map(({ message }) => message.type)).toEqual(["DispatchPaused", "Accepted"]);
    expect(took(talk, review("a1"))).toEqual([]);
    const terms = { ...defaultQueueSettings.terms, selfExtensions: 3 };
    const change = {
      type: "ChangeSettings",
      settings: { ...defaultQueueSettings, terms },
      version: 0,
      by: "lena",
      reason: "x",
      replyTo: "asker",
    } as const;
    expect(talk.tell(change).map(({ message }) => message.type)).toEqual([
      "QueueSettingsChanged",
      "Accepted",
    ]);
    expect(talk.tell(change)).toMatchObject([{ message: { type: "Rejected", reason: "SettingsChanged" } }]);
    expect(talk.tell(pause(false))).toContainEqual({
      to: "application.a1",
      message: expect.objectContaining({ type: "AssignReview", terms }),
    });
  });

  test("a refused assignment frees the hand, in its old place", () => {
    const talk = upon(free("bob"), free("eve"));
    took(talk, review("a1"));
    talk.tell(refused("a1", "bob"));
    expect(givenTo(took(talk, review("a2")))).toEqual(["bob"]);
  });

  test("a refused assignment does not bring back somebody who has gone", () => {
    const talk = upon(free("bob"));
    took(talk, review("a1"));
    talk.tell(goneAway("bob"));
    talk.tell(refused("a1", "bob"));
    expect(talk.state.value).toEqual({ matching: "idle", window: "empty", answers: "quiet" });
    talk.tell({ type: "Roster", replyTo: "asker" });
    expect(talk.said.at(-1)?.message).toMatchObject({ type: "RosterReply", free: [] });
  });

  test("ignores answers about what is not pending", () => {
    const talk = upon(free("bob"));
    took(talk, review("a1"));
    talk.tell(assigned("a1", "bob"));
    talk.tell(refused("a1", "bob"));
    talk.tell({ type: "Roster", replyTo: "asker" });
    expect(talk.said.at(-1)).toMatchObject({
      to: "reply asker",
      message: { free: [], freeCount: 0, liveCount: 1 },
    });
  });

  test("a second answer to what was asked twice makes no free hand busy", () => {
    const talk = upon(free("bob"));
    took(talk, review("a1"));
    talk.tell(assigned("a1", "bob"));
    talk.tell({ ...free("bob"), open: 1, capacity: 2 });
    talk.tell(assigned("a1", "bob"));
    expect(givenTo(took(talk, review("a2")))).toEqual(["bob"]);
  });

  test("says it again until the application answers, and frees the hand when it never does", () => {
    const talk = upon(free("bob"));
    took(talk, review("a1"));
    expect(givenTo(talk.pass(resendAfterMs - 1))).toEqual([]);
    expect(givenTo(talk.pass(1))).toEqual(["bob"]);
    expect(givenTo(talk.pass(maxTries * resendAfterMs))).toHaveLength(maxTries - 2);
    expect(talk.state.value).toEqual({ matching: "taking", window: "empty", answers: "quiet" });
    const answered = upon(free("bob"));
    took(answered, review("a1"));
    answered.tell(assigned("a1", "bob"));
    expect(answered.pass(10 * resendAfterMs)).toEqual([]);
  });

  test("backs off when the queue can't be read, longer each time, and comes back", () => {
    const talk = upon(free("bob"));
    const fail = () =>
      talk.tell({ type: "xstate.error.actor.takeReview", error: { name: "E", message: "away" } });
    fail();
    expect(talk.state.value.matching).toBe("backingOff");
    expect(talk.pass(1_300)).toMatchObject([{ to: "task" }]);
    for (let i = 0; i < 5; i++) {
      fail();
      talk.pass(100_000);
    }
    expect(talk.state.value.matching).toBe("taking");
    took(talk, review("a1"));
    expect(talk.state.context.failures).toBe(0);
  });

  test("keeps hands and unanswered assignments bounded", () => {
    const talk = upon();
    for (let i = 0; i < maxPending + 10; i++) {
      talk.tell(free(`p${i}`));
      if (talk.state.value.matching === "taking") took(talk, review(`a${i}`));
    }
    expect(talk.state.context.pending).toHaveLength(maxPending);
    expect(talk.state.value.matching).toBe("idle");
    const [hand] = freed([], { employee: "p" }) as [Hand];
    const hands = Array.from({ length: maxHands }, (_, i) => ({ ...hand, employee: `p${i}` }));
    const comes = (known: readonly Hand[]) => freed(known, { employee: "new" });
    expect(comes(hands)).toHaveLength(maxHands);
    expect(comes(gone(hands, "p7")).filter(({ employee }) => ["new", "p7"].includes(employee))).toMatchObject(
      [{ employee: "new" }],
    );
  });

  test("every message is heard in every state, or on this list", () => {
    const waiting = upon(free("bob"));
    const failing = upon(free("bob"));
    failing.tell({ type: "xstate.error.actor.takeReview", error: {} });
    const pending = upon(free("bob"));
    took(pending, review("a1"));
    const ignored: Record<string, readonly string[]> = {
      AssignRefused: ["idle", "taking", "backingOff"], // about nothing pending
    };
    const messages: DispatcherMessage[] = [
      free("eve"),
      goneAway("eve"),
      assigned("a1", "bob"),
      refused("a1", "bob"),
      { type: "ReviewOver", application: "a1", employee: "bob", assignment: 1 },
      {
        type: "MissReported",
        employee: "bob",
        application: "a1",
        assignment: 1,
        from: 1,
        to: 2,
        excused: false,
      },
      { type: "ExtendLive", incident: "i", ms: 1, reason: "" },
      { type: "ChangeSettings", settings: defaultQueueSettings, version: 0, by: "lena", reason: "" },
      { type: "PauseDispatch", paused: false, by: "lena", reason: "" },
      { type: "Roster", replyTo: "asker" },
      { type: "PlaceInLine", employee: "bob", replyTo: "asker" },
    ];
    expect(new Set(messages.map(({ type }) => type)).size).toBe(DispatcherMessage.members.length);
    const states = { idle: upon(), taking: waiting, backingOff: failing, awaiting: pending };
    for (const [name, talk] of Object.entries(states))
      for (const message of messages)
        expect([name, message.type, talk.hears(message)]).toEqual([
          name,
          message.type,
          !(ignored[message.type] ?? []).includes(name),
        ]);
  });

  test("is fair within one among people who are there, whatever comes and goes beside them", () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant("review" as const), exclude: fc.constant<string | null>(null) }),
      fc.record({
        do: fc.constantFrom("comes" as const, "goes" as const),
        who: fc.constantFrom("x", "y", "z"),
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 60 }), (people, steps) => {
        const steady = Array.from({ length: people }, (_, i) => `p${i}`);
        const talk = upon(...steady.map(free));
        const given = new Map(steady.map((who) => [who, 0]));
        let count = 0;
        for (const now of steps) {
          if (now.do === "comes") talk.tell(free(now.who));
          else if (now.do === "goes") talk.tell(goneAway(now.who));
          else {
            const name = `a${count++}`;
            const [who] = givenTo(took(talk, review(name)));
            given.set(String(who), (given.get(String(who)) ?? 0) + 1);
            talk.tell(assigned(name, String(who)));
            talk.tell(free(String(who)));
          }
          const counts = steady.map((who) => given.get(who) ?? 0);
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: persisted ? 30 : 300 },
    );
  });
});

test("is an actor kind that can be made durable", () => {
  expect(dispatcherActor().tasks).toHaveProperty("takeReview");
});
