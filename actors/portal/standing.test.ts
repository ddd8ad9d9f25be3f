/** What a portal actor says of itself, what people may do with it, and what it tells of postings that are gone. */
import { Schema } from "effect";
import { describe, expect, test } from "vitest";
import { Fact } from "../../protocols/event.ts";
import { type Board, BoardStanding, CatalogMessage, type Discovery } from "../../protocols/portal.ts";
import type { Posting } from "../../protocols/posting.ts";
import { catalogGroup } from "../catalog/group.ts";
import { Conversation, type Said } from "../conversation.ts";
import { portalMachine } from "./machine.ts";

const board: Board = {
  portal: "greenhouse-acme",
  adapter: "greenhouse",
  company: "Acme",
  region: "eu",
  url: "http://127.0.0.1/v1/boards/acme",
};
const job = (externalId: string): Posting => ({
  id: externalId,
  portal: board.portal,
  externalId,
  title: "Engineer",
  company: "Acme",
  locations: ["Berlin"],
  remote: "no",
  employmentType: "",
  salary: null,
  datePosted: null,
  description: "Build.",
  descriptionHtml: "",
  region: "eu",
  url: "http://127.0.0.1/1",
  applyUrl: "http://127.0.0.1/1",
  fingerprint: externalId,
});
const group = catalogGroup(job("1"));
type Found = Extract<Discovery, { outcome: "postings" }>;
const page = (change: Partial<Found> = {}): Found => ({
  outcome: "postings",
  postings: [],
  rejected: [],
  known: [],
  more: false,
  etag: null,
  ...change,
});
const listing = (...keys: string[]) => page({ known: keys.map((key) => `${key}:aa`), complete: true });

describe.each([
  ["in memory", false],
  ["saved and reloaded between any two events", true],
])("portal, %s", (_, persisted) => {
  const start = () => {
    const talk = new Conversation(
      portalMachine,
      { id: "greenhouse-acme", minBackoffMs: 1_000, maxBackoffMs: 60_000 },
      persisted,
    );
    talk.tell({ type: "Watch", board, pollEveryMs: 10_000, by: "lena", replyTo: "asker" });
    return talk;
  };
  const look = (talk: Conversation, output: Discovery) =>
    talk.tell({ type: `xstate.done.actor.0.portal@1.${String(talk.state.value)}`, output });
  const again = (talk: Conversation, output: Discovery) => {
    talk.tell({ type: "PollNow", by: "omar" });
    return look(talk, output);
  };
  const standing = (said: readonly Said[]) =>
    Schema.decodeUnknownSync(BoardStanding)(
      said.filter(({ to }) => to === "record boards/greenhouse-acme").at(-1)?.message,
    );
  const facts = (said: readonly Said[]) =>
    said.filter(({ to }) => to === "fact").map(({ message }) => Schema.decodeUnknownSync(Fact)(message).type);
  const goneKeys = (said: readonly Said[]) =>
    said
      .filter(({ to }) => to === `catalog.${group}`)
      .map(({ message }) => Schema.decodeUnknownSync(CatalogMessage)(message))
      .map((message) => message.type === "PostingGone" && message.key);
  /** Two postings are known. */
  const withTwo = () => {
    const talk = start();
    look(talk, { ...listing("1", "2"), postings: [job("1"), job("2")] });
    return talk;
  };

  test("answers who added it, and keeps its place in the bucket up to date", () => {
    const talk = start();
    expect(facts(talk.said)).toEqual(["BoardAdded"]);
    expect(talk.said.find(({ to }) => to === "reply asker")?.message).toEqual({ type: "Accepted" });
    expect(standing(talk.said)).toMatchObject({ state: "closed", lastLookAt: null, nextLookAt: null });
    const said = look(talk, { ...listing("1"), postings: [job("1")] });
    expect(standing(said)).toMatchObject({
      state: "closed",
      lastLookAt: talk.now,
      nextLookAt: talk.now + 10_000,
      found: 1,
      rejected: 0,
      listed: 1,
    });
  });

  test("shows the breaker open with its reason and probe, half-open, and closed again, each as a fact", () => {
    const talk = start();
    const since = talk.now;
    const open = look(talk, { outcome: "blocked", reason: "429", retryAfterMs: 5_000 });
    expect(facts(open)).toEqual(["PortalBlocked"]);
    const shown = standing(open);
    expect(shown).toMatchObject({ state: "open", reason: "429", since });
    const probe = talk.pass((shown.nextLookAt ?? 0) - talk.now);
    expect(facts(probe)).toEqual(["PortalProbed"]);
    expect(standing(probe)).toMatchObject({ state: "half-open", reason: "429" });
    const closed = look(talk, page());
    expect(facts(closed)).toEqual(["PortalPolled", "PortalRecovered"]);
    expect(standing(closed)).toMatchObject({ state: "closed", reason: "" });
  });

  test("refuses a look while the breaker is open, and resets it in the name of who asks", () => {
    const talk = start();
    look(talk, { outcome: "changed", reason: "no list" });
    expect(talk.tell({ type: "PollNow", by: "omar", replyTo: "asker" })).toMatchObject([
      { to: "reply asker", message: { type: "Rejected", reason: "BreakerOpen" } },
    ]);
    const said = talk.tell({ type: "ResetBreaker", by: "omar", replyTo: "asker" });
    expect(said.find(({ to }) => to === "fact")?.message).toMatchObject({
      type: "PortalRecovered",
      by: "omar",
    });
    expect(talk.state.value).toBe("polling");
  });

  test("switched off it does nothing until it is switched on; the boot's Watch does not switch it on", () => {
    const talk = withTwo();
    const off = talk.tell({ type: "SwitchOff", by: "omar" });
    expect(facts(off)).toEqual(["BoardSwitchedOff"]);
    expect(standing(off)).toMatchObject({ state: "off", nextLookAt: null, listed: 2 });
    expect(talk.pass(86_400_000)).toEqual([]);
    talk.tell({ type: "Watch", board, pollEveryMs: 10_000 });
    expect(talk.state.value).toBe("off");
    expect(facts(talk.tell({ type: "SwitchOn", by: "omar" }))).toEqual(["BoardSwitchedOn"]);
    expect(talk.state.value).toBe("polling");
  });

  test("switched off for an hour it goes on by itself, unless it was switched off for good meanwhile", () => {
    const talk = withTwo();
    const hour = 3_600_000;
    const off = talk.tell({ type: "SwitchOff", by: "omar", forMs: hour });
    expect(standing(off)).toMatchObject({ state: "off", nextLookAt: standing(off).since + hour });
    expect(facts(talk.pass(hour))).toEqual(["BoardSwitchedOn"]);
    expect(talk.state.value).toBe("polling");
    talk.tell({ type: "SwitchOff", by: "omar", forMs: hour });
    const forGood = talk.tell({ type: "SwitchOff", by: "lena" });
    expect(standing(forGood)).toMatchObject({ state: "off", nextLookAt: null });
    expect(talk.pass(86_400_000)).toEqual([]);
    expect(talk.state.value).toBe("off");
  });

  test("removed it is forgotten, and says so", () => {
    const talk = withTwo();
    const said = talk.tell({ type: "Remove", by: "lena" });
    expect(facts(said)).toEqual(["BoardRemoved"]);
    expect(standing(said).state).toBe("removed");
    expect(talk.state.context).toMatchObject({ board: null, known: [] });
    expect(talk.pass(86_400_000)).toEqual([]);
  });

  test("a kind that an operator has switched off is not asked, said once, and asked about again", () => {
    const talk = start();
    const said = look(talk, { outcome: "off", reason: "its terms" });
    expect(facts(said)).toEqual(["PortalNotAllowed"]);
    expect(standing(said)).toMatchObject({ state: "not-allowed", reason: "its terms" });
    talk.pass(600_000);
    expect(talk.state.value).toBe("polling");
    expect(facts(look(talk, { outcome: "off", reason: "its terms" }))).toEqual([]);
  });

  test("tells the catalog of a posting that two looks in a row have missed, once", () => {
    const talk = withTwo();
    expect(goneKeys(again(talk, listing("1")))).toEqual([]);
    expect(goneKeys(again(talk, listing("1")))).toEqual(["2"]);
    expect(goneKeys(again(talk, listing("1")))).toEqual([]);
    expect(talk.state.context.known).toEqual([`1:aa:${group}`]);
  });

  test("a posting that is back at the second look was never gone", () => {
    const talk = withTwo();
    again(talk, listing("1"));
    again(talk, listing("1", "2"));
    expect(goneKeys(again(talk, listing("1")))).toEqual([]);
  });

  test("an unchanged board still lacks what it lacked; an incomplete look proves nothing", () => {
    const talk = withTwo();
    again(talk, listing("1"));
    expect(goneKeys(again(talk, page({ known: ["1:aa"] })))).toEqual([]);
    expect(goneKeys(again(talk, page({ unchanged: true })))).toEqual(["2"]);
  });

  test("a board that says itself that a posting is closed is believed at once", () => {
    const talk = withTwo();
    const said = again(talk, page({ closed: [{ key: "2", reason: "No longer accepting applications." }] }));
    expect(goneKeys(said)).toEqual(["2"]);
  });

  test("only the last page of a long answer tells what is gone", () => {
    const talk = withTwo();
    again(talk, { ...listing("1", "2", "3"), more: true, postings: [job("3")] });
    const said = look(talk, { ...listing("1", "2", "3", "4"), postings: [job("4")] });
    expect([goneKeys(said), talk.state.context.missing]).toEqual([[], []]);
  });

  test("uses an adapter's own keys", () => {
    const talk = start();
    look(talk, { ...listing("a", "b"), postings: [job("1"), job("2")], keys: ["a", "b"] });
    again(talk, listing("a"));
    expect(goneKeys(again(talk, listing("a")))).toEqual(["b"]);
  });
});

test("goes on from a state that an older build stored", () => {
  const talk = new Conversation(portalMachine, { id: "greenhouse-acme" });
  talk.tell({ type: "Watch", board, pollEveryMs: 10_000 });
  const {
    missing: _m,
    state: _s,
    since: _since,
    lastLookAt: _l,
    found: _f,
    rejected: _r,
    ...older
  } = talk.state.context;
  talk.state = { ...talk.state, context: { ...older, known: ["1:aa", "2:bb"] } } as typeof talk.state;
  talk.tell({ type: "xstate.done.actor.0.portal@1.polling", output: listing("1") });
  expect(talk.state.value).toBe("idle");
  expect(talk.state.context).toMatchObject({ missing: ["2"], found: 0 });
});
