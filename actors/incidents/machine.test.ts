import { Schema } from "effect";
import { describe, expect, test } from "vitest";
import { IncidentsMessage, IncidentsReply } from "../../protocols/incident.ts";
import { Conversation } from "../conversation.ts";
import { incidentsActor } from "./actor.ts";
import { missedTogether } from "./correlated.ts";
import { incidentsMachine } from "./machine.ts";

const minute = 60_000;
const start = 1_000_000_000;
const rules = { correlatedPeople: 3, correlatedShare: 0.3, correlatedWithinMs: 5 * minute };

/** Twenty minutes that end now. */
const missed = (employee: string, now: number, change: { excused?: boolean; live?: number } = {}) =>
  ({
    type: "JudgeMiss",
    ...{ employee, application: `of-${employee}`, assignment: 1, from: now - 20 * minute, to: now },
    ...{ excused: false, live: 8, ...rules, ...change },
  }) as const;
const declare = (from: number, to: number | null, incident = "i1") =>
  ({
    type: "DeclareIncident",
    ...{ incident, from, to, by: "lena", reason: "The gateway was down.", replyTo: "asker" },
  }) as const;

describe.each([
  ["in memory", false],
  ["saved and reloaded between any two events", true],
])("the incidents of a queue, %s", (_, persisted) => {
  const upon = (...events: { type: string; [field: string]: unknown }[]) => {
    const talk = new Conversation(incidentsMachine, { id: "main" }, persisted, start);
    for (const event of events) talk.tell(event);
    return talk;
  };
  const verdicts = (talk: Conversation) =>
    talk.said
      .filter(({ message }) => message.type === "MissJudged")
      .map(({ to, message }) => [to, message.verdict]);

  test("a miss alone is the person's, and one that was excused already is only counted", () => {
    const talk = upon(missed("bob", start), missed("eve", start, { excused: true }));
    expect(verdicts(talk)).toEqual([["employee.bob", "person"]]);
  });

  test("case 14: what was missed in an incident is no strike; declared afterwards, it takes the strikes back", () => {
    const during = upon(declare(start - 10 * minute, null));
    during.tell(missed("bob", start));
    expect(verdicts(during)).toEqual([["employee.bob", "incident"]]);
    const after = upon(
      missed("bob", start),
      missed("eve", start - 60 * minute),
      missed("mia", start, { excused: true }),
    );
    expect(
      after.tell(declare(start - 10 * minute, start)).map(({ to, message }) => [to, message.type]),
    ).toEqual([
      ["fact", "IncidentOpened"],
      ["fact", "IncidentClosed"],
      ["employee.bob", "VoidStrikes"],
      ["dispatcher.main", "ExtendLive"],
      ["reply asker", "Accepted"],
    ]);
  });

  test("an incident that took no more than a tenth of the time had no part in the miss", () => {
    const talk = upon(declare(start - 2 * minute, start));
    talk.tell(missed("bob", start));
    const other = upon(declare(start - 2 * minute - 1, start));
    other.tell(missed("bob", start));
    expect([verdicts(talk)[0]?.[1], verdicts(other)[0]?.[1]]).toEqual(["person", "incident"]);
  });

  test("many who miss at once are one event, and the strikes before it are taken back", () => {
    const talk = upon(missed("bob", start - minute), missed("eve", start));
    expect(verdicts(talk).map(([, verdict]) => verdict)).toEqual(["person", "person"]);
    const said = talk.tell(missed("mia", start));
    expect(said.map(({ to, message }) => [to, message.type])).toEqual([
      ["fact", "IncidentOpened"],
      ["employee.bob", "VoidStrikes"],
      ["employee.eve", "VoidStrikes"],
      ["employee.mia", "MissJudged"],
    ]);
    expect(said[0]?.message).toMatchObject({ incident: { kind: "correlated", voided: 2 } });
  });

  test("said twice, a miss is answered as before, and an incident is declared once", () => {
    const talk = upon(missed("bob", start), missed("bob", start), declare(start - 10 * minute, start));
    expect(verdicts(talk)).toHaveLength(2);
    expect(talk.tell(declare(start - 10 * minute, start)).map(({ message }) => message.type)).toEqual([
      "Accepted",
    ]);
    const list = talk.tell({ type: "ListIncidents", from: start - minute * 30, replyTo: "asker" });
    const { incidents, touched } = Schema.decodeUnknownSync(IncidentsReply)(list[0]?.message);
    expect([incidents.length, touched.length, touched[0]?.struck]).toEqual([1, 1, false]);
  });

  test("over, it gives everybody at work the time back that it took, once", () => {
    const talk = upon(declare(start, null));
    talk.pass(7 * minute);
    const close = { type: "CloseIncident", incident: "i1", by: "lena", replyTo: "asker" } as const;
    expect(talk.tell(close)).toContainEqual({
      to: "dispatcher.main",
      message: expect.objectContaining({
        ...{ type: "ExtendLive", incident: "i1", ms: 7 * minute, from: start, to: start + 7 * minute },
      }),
    });
    expect(talk.tell(close)).toMatchObject([{ message: { type: "Rejected", reason: "UnknownIncident" } }]);
  });

  test("every message is heard", () => {
    const heard: IncidentsMessage[] = [
      missed("bob", start),
      declare(start, null),
      { type: "CloseIncident", incident: "i1", by: "lena" },
      { type: "ListIncidents", replyTo: "asker" },
    ];
    expect(new Set(heard.map(({ type }) => type)).size).toBe(IncidentsMessage.members.length);
    for (const message of heard) expect(upon().hears(message)).toBe(true);
  });
});

test("together means enough people, enough of those at work, and close in time", () => {
  const one = (employee: string, to: number) => ({
    ...{ employee, application: employee, assignment: 1, from: to - minute, to, struck: true },
  });
  const three = [one("a", 0), one("b", 0), one("c", 0)];
  expect(missedTogether(three, 0, { ...rules, live: 8 })).toHaveLength(3);
  expect(missedTogether(three, 0, { ...rules, live: 9 })).toEqual([]);
  expect(missedTogether(three.slice(1), 0, { ...rules, live: 2 })).toEqual([]);
  expect(missedTogether(three, 5 * minute + 1, { ...rules, live: 3 })).toEqual([]);
  expect(missedTogether([...three, one("a", 1)], 1, { ...rules, live: 8 })).toHaveLength(4);
});

test("is an actor kind that can be made durable", () => {
  expect(incidentsActor.kind).toBe("incidents");
});
