/** An offer is shown as its application tells it, and what the employee's actor has made of it has the last word. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { MyState } from "../protocols/api/socket.ts";
import type { Fact } from "../protocols/event.ts";
import type { EdgeLink } from "../supervisors/edge-link.ts";
import { createPeople } from "./people.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const offer = { application: "a1", assignment: 3, assignedAt: 5 };
const assigned = { type: "ReviewAssigned", employee: "mira", offer } as unknown as Fact;

/** An edge with one socket of Mira's; her actor stands as the test says, and each question for it is noted. */
const miraIsHere = async () => {
  let actor: Record<string, unknown> | null = { status: "free", offer: null, offers: [] };
  const asked: string[] = [];
  const told: string[] = [];
  const seen: MyState[] = [];
  const rest = { link: "online", linkSince: 0, intent: "available", next: null, since: 0, strikes: 0 };
  const link = {
    edgeId: "e1",
    ask: async (_: string, { type }: { type: string }, { onlyReads = false } = {}) => {
      if (type !== "Standing") {
        told.push(type);
        return { type: "Accepted" };
      }
      asked.push(onlyReads ? "look" : "mail");
      if (actor === null) throw new Error("no answer");
      return {
        ...{ type: "StandingReply", ...rest, warnAtStrike: 3, lockAtStrike: 4 },
        ...{ profile: { capacity: 1, skills: [], timeFactor: 1 }, ...actor },
      };
    },
    tell: async (_: string, { type }: { type: string }) => {
      told.push(type);
      return true;
    },
    present: async () => void told.push("present"),
    gone: async () => void told.push("gone"),
  } as unknown as EdgeLink;
  const people = createPeople({
    ...{ link, graceMs: 60_000, concerned: () => {}, log: () => {} },
    changed: (_, state) => void seen.push(state),
  });
  const socket = people.opened("mira");
  await people.standing("mira");
  await vi.advanceTimersByTimeAsync(0);
  asked.length = 0;
  told.length = 0;
  return {
    people,
    socket,
    asked,
    told,
    seen,
    /** null: nobody answers */
    stands: (as: Record<string, unknown> | null) => {
      actor = as;
    },
  };
};

test("an offer is on the screen without a question, and the actor is only looked at afterwards", async () => {
  const { people, asked, seen, stands } = await miraIsHere();
  people.heard(assigned);
  expect(seen).toMatchObject([{ status: "reviewing", because: { type: "Offered" }, offer }]);
  expect(await people.standing("mira")).toMatchObject({ status: "reviewing", offer });
  expect(people.holds("mira", offer)).toBe(true);
  expect(people.holds("mira", { ...offer, assignment: 2 })).toBe(false);
  expect(people.holds("noah", offer)).toBe(false);
  expect(asked).toEqual([]);
  stands({ status: "reviewing", offer, offers: [offer] });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked).toEqual(["look"]);
  expect(seen).toHaveLength(1);
});

test("an offer that the actor did not take leaves the screen again", async () => {
  const { people, asked, seen, stands } = await miraIsHere();
  people.heard(assigned);
  stands({ status: "away", offer: null, offers: [] });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked).toEqual(["look", "mail"]);
  expect(seen.at(-1)).toMatchObject({ status: "away", because: null, offer: null });
});

test("what nobody could be asked about is told once there is an answer", async () => {
  const { people, seen, stands } = await miraIsHere();
  stands(null);
  people.heard({ type: "EmployeeLocked", employee: "mira", strikes: 4 } as unknown as Fact);
  await vi.advanceTimersByTimeAsync(100);
  expect(seen).toEqual([]);
  stands({ status: "locked", offer: null, offers: [] });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(seen).toMatchObject([{ status: "locked", because: { type: "Locked" } }]);
});

test("who is said to be lost and has a socket open here is taken over again", async () => {
  const { people, told, socket } = await miraIsHere();
  people.heard({ type: "EmployeeLinkLost", employee: "mira" } as Fact);
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual(["LinkUp", "present"]);
  socket.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told.slice(2)).toEqual(["LinkLost", "gone"]);
  people.heard({ type: "EmployeeLinkLost", employee: "mira" } as Fact);
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toHaveLength(4);
});

test("a socket that closes before it is known how its person stands loses nobody who is back", async () => {
  const { people, told, socket } = await miraIsHere();
  socket.close();
  people.heard({ type: "EmployeeSignedOut", employee: "mira", reason: "" } as Fact); // Nothing of her is known here.
  told.length = 0;
  people.opened("mira").close();
  people.opened("mira");
  await vi.advanceTimersByTimeAsync(120_000);
  expect(told).toEqual(["LinkUp", "present"]);
});

test("with a review in hand all tabs hear what follows it, and that nothing does; the line matters until it ends", async () => {
  const { people, told, seen, stands, socket } = await miraIsHere();
  const shown = { ...offer, title: "", company: "", candidateName: "", score: 0, deadlineAt: 9 };
  stands({ status: "reviewing", next: "offline", offer: shown, offers: [shown] });
  await people.signOut("mira");
  expect(seen).toMatchObject([{ status: "reviewing", next: "offline", because: null }]);
  stands({ status: "reviewing", next: null, offer: shown, offers: [shown] });
  await people.signIn("mira");
  expect(seen.slice(1)).toMatchObject([{ status: "reviewing", next: null, because: null }]);
  stands({ status: "reviewing", next: "offline", offer: shown, offers: [shown] });
  await people.signOut("mira");
  expect(told).toEqual(["SignOut", "SignIn", "present", "SignOut"]);
  socket.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told.slice(4)).toEqual(["LinkLost", "gone"]);
});
