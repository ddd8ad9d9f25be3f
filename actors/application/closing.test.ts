/** A job that closes: what was not sent stops, and whoever reviews it is told why and gets no strike (dispatch, edge case 20). */
import { describe, expect, test } from "vitest";
import { Conversation } from "../conversation.ts";
import { proof, propose, scoreOf } from "./example.ts";
import { applicationMachine } from "./machine.ts";

const closed = {
  type: "PostingClosed",
  reason: "Its board has not listed it at two looks in a row.",
} as const;
const about = { employee: "bob", assignment: 1, replyTo: "asker" } as const;

describe.each([
  ["in memory", false],
  ["saved and reloaded between any two events", true],
])("an application whose job closes, %s", (_, persisted) => {
  const proposed = (score: number) => {
    const talk = new Conversation(applicationMachine, { id: "ada-f00d" }, persisted);
    talk.tell(propose(scoreOf(score)));
    return talk;
  };
  const reviewing = () => {
    const talk = proposed(60);
    talk.tell({ type: "AssignReview", employee: "bob", request: 1, queue: "main" });
    talk.tell({ type: "AcknowledgeReview", ...about });
    return talk;
  };
  const to = (said: readonly { to: string; message: { type: string } }[]) =>
    said.map(({ to, message }) => [to, message.type]);

  test("while it waits: it leaves the queue when the dispatcher takes it out", () => {
    const talk = proposed(60);
    expect(to(talk.tell(closed))).toEqual([["fact", "ApplicationClosed"]]);
    expect(talk.state.value).toBe("closed");
    const [said] = talk.tell({ type: "AssignReview", employee: "bob", request: 1, queue: "main" });
    expect(said).toMatchObject({ to: "dispatcher.main", message: { type: "AssignRefused" } });
  });

  test("case 20: in review: rescinded, without a strike, with a sentence that says why; its timers are gone", () => {
    const talk = reviewing();
    const said = talk.tell(closed);
    const ended = said.filter(({ message }) => message.type === "ReviewEnded");
    expect(ended.map(({ to }) => to).sort()).toEqual(["employee.bob", "fact"]);
    for (const { message } of ended)
      expect(message).toMatchObject({
        outcome: "rescinded",
        strike: false,
        reason: expect.stringMatching(/^The job is closed.*two looks in a row/),
      });
    expect(talk.pass(60 * 60_000)).toEqual([]);
    const [late] = talk.tell({ type: "CompleteReview", ...about, resumeVersion: "ada/9", answers: [] });
    expect(late).toMatchObject({
      to: "reply asker",
      message: {
        type: "Rejected",
        reason: "AssignmentOver",
        message: expect.stringContaining("job was closed"),
      },
    });
  });

  test("with the applier: asked to drop it, closed when it did, and never when it was sent", () => {
    const talk = proposed(95);
    expect(to(talk.tell(closed))).toEqual([["applier.acme", "Withdraw"]]);
    expect(talk.state.value).toEqual({ applying: "asked" });
    talk.tell({ type: "SubmissionWithdrawn", attempt: 1 });
    expect(talk.state.value).toBe("closed");

    const sent = proposed(95);
    sent.tell(closed);
    sent.tell({ type: "SubmissionConfirmed", attempt: 1, proof });
    expect(sent.state.value).toBe("submitted");
    expect(sent.tell(closed)).toEqual([]);
  });

  test("with the applier: asks nobody any more and does not come back for room", () => {
    for (const answer of [
      { type: "SubmissionNeedsPerson", attempt: 1, questions: ["Why?"], evidence: [] },
      { type: "ApplierBusy", attempt: 1, retryAfterMs: 60_000 },
    ]) {
      const talk = proposed(95);
      talk.tell(closed);
      expect(to(talk.tell(answer))).toEqual([["fact", "ApplicationClosed"]]);
      expect(talk.state.value).toBe("closed");
    }
    const pausing = proposed(95);
    pausing.tell({ type: "ApplierBusy", attempt: 1, retryAfterMs: 60_000 });
    pausing.tell(closed);
    expect([pausing.state.value, pausing.pass(3_600_000)]).toEqual(["closed", []]);
  });

  test("what is uncertain stays so: it may have been sent", () => {
    const talk = proposed(95);
    talk.tell({ type: "SubmissionUncertain", attempt: 1, detail: "cut" });
    expect(talk.tell(closed)).toEqual([]);
    expect(talk.state.value).toBe("uncertain");
  });

  test("goes on when its job is open again, with the draft that was written", () => {
    const talk = reviewing();
    talk.tell({ type: "SaveDraft", ...about, resumeVersion: "ada/4" });
    talk.tell(closed);
    const said = talk.tell(propose(scoreOf(60)));
    expect(talk.state.value).toBe("waiting");
    expect(talk.state.context).toMatchObject({ resumeVersion: "ada/4", closing: null });
    expect(said.at(-1)).toMatchObject({ to: "topic review.main.1", message: { request: 2 } });
  });

  test("opened again, it waits from then on: the time that it was closed lifts it over nobody", () => {
    const talk = proposed(60);
    talk.tell(closed);
    talk.pass(24 * 60 * 60_000);
    expect(talk.tell(propose(scoreOf(60))).at(-1)).toMatchObject({
      to: "topic review.main.1",
      message: { requestedAt: talk.now },
    });
  });
});

test("hears it in a state that an older build stored", () => {
  const talk = new Conversation(applicationMachine, { id: "ada-f00d" });
  talk.tell(propose(scoreOf(95)));
  const { closing: _younger, ...older } = talk.state.context;
  talk.state = { ...talk.state, context: older } as typeof talk.state;
  talk.tell({ type: "ApplierBusy", attempt: 1, retryAfterMs: 60_000 });
  expect(talk.state.value).toEqual({ applying: "pausing" });
  talk.tell(closed);
  expect(talk.state.value).toBe("closed");
});
