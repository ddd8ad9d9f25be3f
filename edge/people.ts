/**
 * The employees as this edge sees them: how each stands (asked of their actor after every fact that does not say it), whether their
 * switch is on, and the grace period when their last socket is gone.
 */
import { addressOf } from "../protocols/address.ts";
import type { EmployeeRow, Me } from "../protocols/api/http.ts";
import type { Because, MyState } from "../protocols/api/socket.ts";
import type { Fact } from "../protocols/event.ts";
import type { EdgeLink } from "../supervisors/edge-link.ts";
import { commandActor } from "./command.ts";
import { commandKey } from "./command-key.ts";
import { paced } from "./paced.ts";
import { Refusal } from "./problem.ts";
import { createStandings, type Standing } from "./standings.ts";

export interface People {
  /** As the actor says it now. */
  standing(employee: string): Promise<Standing>;
  /** They hold it as far as is known here, without a question. */
  holds(employee: string, held: { readonly application: string; readonly assignment: number }): boolean;
  signIn(employee: string): Promise<void>;
  signOut(employee: string): Promise<void>;
  /** Tells an employee's actor and waits for its decision. @throws Refusal 409 with the actor's own reason */
  tell(employee: string, message: { readonly type: string }): Promise<void>;
  /** A socket of this person was opened; `close` when it is gone. */
  opened(employee: string): { close(): void };
  row(person: Me): Promise<EmployeeRow>;
  heard(fact: Fact): void;
  /** Facts may have been missed: everybody who is here is asked again. */
  refreshAll(): void;
  /** Ends the timers. Whoever is on stays so: they come back through another edge within the grace period. */
  close(): void;
}

interface Person {
  sockets: number;
  on: boolean;
  graceTimer: NodeJS.Timeout | null;
  /** News that waits for the answer of the actor. */
  news: Because[];
  asking: boolean;
}

export interface PeopleOptions {
  readonly link: EdgeLink;
  readonly graceMs: number;
  /** Somebody who is here stands otherwise than before. */
  readonly changed: (employee: string, state: MyState) => void;
  /** Something happened to this employee, here or not. */
  readonly concerned: (employee: string) => void;
  readonly log: (line: string) => void;
}

/** Who could not be asked now is asked again after this long. */
const tellAgainMs = 1_000;
/** By then an actor has long heard of an offer. */
const confirmAfterMs = 2_000;

export const createPeople = ({ link, graceMs, changed, concerned, log }: PeopleOptions): People => {
  const people = new Map<string, Person>();
  let closed = false;
  const addressOfEmployee = (employee: string) => addressOf("employee", employee);
  const personOf = (employee: string): Person => {
    const known = people.get(employee);
    if (known) return known;
    const made: Person = { sockets: 0, on: false, graceTimer: null, news: [], asking: false };
    people.set(employee, made);
    return made;
  };
  const forget = (employee: string) => {
    const person = people.get(employee);
    if (person && person.sockets === 0 && !person.on && !person.asking) people.delete(employee);
  };

  const standings = createStandings(link);
  /** When an edge starts again, all its people are taken over at once. */
  const inTurn = paced(200);
  const standing = standings.of;

  /** Asks once for all news that came meanwhile, in order: an answer is never older than what it was asked for. */
  const tellNews = async (employee: string, person: Person) => {
    if (person.asking) return;
    person.asking = true;
    let news: Because[] = [];
    try {
      while (person.news.length > 0) {
        news = person.news.splice(0);
        const state = await standing(employee);
        for (const because of news) changed(employee, { ...state, because });
      }
    } catch (error) {
      log(`${employee} could not be told how they stand: ${error}`);
      if (closed || person.sockets === 0) return; // Whoever comes back is told all anew.
      person.news.unshift(...news);
      setTimeout(() => void tellNews(employee, person), tellAgainMs).unref();
    } finally {
      person.asking = false;
      forget(employee);
    }
  };

  /**
   * An offer to somebody who was free is shown as its application tells it, without asking their actor, which would take longer than
   * all else on its way. What their actor has made of it is looked at later; if it has refused, the truth follows.
   */
  const tellAhead = (employee: string, expected: Standing, because: Because) => {
    const isExpected = ({ status, offer }: Standing) =>
      status === expected.status && offer?.assignment === expected.offer?.assignment;
    const confirm = async () => {
      // A fact since then: it was asked for that.
      if (standings.last(employee) !== expected || isExpected(await standings.stored(employee))) return;
      standings.changed(employee);
      const seen = await standing(employee);
      if (!isExpected(seen)) changed(employee, { ...seen, because: null });
    };
    standings.expect(employee, expected);
    changed(employee, { ...expected, because });
    setTimeout(() => {
      confirm().catch((error) => log(`${employee} could not be asked about an offer: ${error}`));
    }, confirmAfterMs).unref();
  };

  const off = (employee: string) => {
    const person = personOf(employee);
    person.on = false;
    if (person.graceTimer) clearTimeout(person.graceTimer);
    person.graceTimer = null;
    link.gone(employee).catch((error) => log(`the presence of ${employee} could not be removed: ${error}`));
    forget(employee);
  };

  const startGrace = (employee: string) => {
    const person = people.get(employee);
    if (!person?.on || person.sockets > 0 || person.graceTimer) return;
    person.graceTimer = setTimeout(() => {
      person.graceTimer = null;
      if (person.sockets > 0 || !person.on) return;
      link
        .tell(addressOfEmployee(employee), { type: "LinkLost", edge: link.edgeId } as { type: string })
        .then(() => off(employee))
        // The broker is away: then the nodes see this edge's lease run out, and tell it themselves.
        .catch(() => startGrace(employee));
    }, graceMs);
  };

  /** Tells the actor that this person is here with the switch on, and notes it for the case that this edge dies. */
  const hold = (employee: string, type: "SignIn" | "LinkUp") =>
    inTurn(async () => {
      const address = addressOfEmployee(employee);
      const message = { type, edge: link.edgeId } as { type: string };
      // Said before, with the same key: it was done then, and what came after it stays.
      if (!(await link.tell(address, message, commandKey(address, message.type)))) return;
      // They may have gone meanwhile, and come back.
      personOf(employee).on = true;
      await link.present(employee);
      startGrace(employee);
    });
  /** Their socket is open here, whatever was said of their line before. */
  const takeOver = (employee: string) => {
    hold(employee, "LinkUp").catch((error) => log(`${employee} could not be taken over: ${error}`));
  };

  const tell: People["tell"] = async (employee, message) => {
    await commandActor(link, addressOfEmployee(employee), message);
    standings.changed(employee);
    // What comes after the review in hand is no fact yet: their other tabs hear of it from here.
    if ((people.get(employee)?.sockets ?? 0) > 0)
      changed(employee, { ...(await standing(employee)), because: null });
  };

  return {
    standing,
    holds: (employee, { application, assignment }) =>
      standings
        .last(employee)
        ?.offers.some((offer) => offer.application === application && offer.assignment === assignment) ??
      false,
    signIn: async (employee) => {
      await hold(employee, "SignIn");
      standings.changed(employee);
      const state = await standing(employee);
      // That nothing follows the review in hand any more is no fact: see `tell`.
      if (state.status === "reviewing") changed(employee, { ...state, because: null });
      if (state.status !== "locked") return;
      off(employee);
      throw new Refusal(
        409,
        "Locked",
        "Your account is locked after a violation. A manager has to review it first.",
      );
    },
    signOut: async (employee) => {
      await tell(employee, { type: "SignOut" });
      // With a review in hand their line matters until it ends; that they have left is a fact then.
      if ((await standing(employee)).status !== "reviewing") off(employee);
    },
    tell,
    opened: (employee) => {
      const person = personOf(employee);
      person.sockets++;
      if (person.graceTimer) clearTimeout(person.graceTimer);
      person.graceTimer = null;
      // Signed in before, through another edge or an earlier life of this one: from now on through this one.
      if (!person.on)
        standing(employee)
          .then(({ intent }) => {
            // A socket changes nothing of what they have set; it may be closed by now.
            if (intent !== "offline" && !person.on && person.sockets > 0) takeOver(employee);
          })
          .catch((error) => log(`${employee} could not be asked how they stand: ${error}`));
      let open = true;
      return {
        close: () => {
          if (!open) return;
          open = false;
          person.sockets--;
          startGrace(employee);
          forget(employee);
        },
      };
    },
    row: async (person) => {
      const here = (people.get(person.id)?.sockets ?? 0) > 0;
      const [how, present] = await Promise.all([standing(person.id), here || link.isPresent(person.id)]);
      return { employee: person.id, name: person.name, email: person.email, connected: present, ...how };
    },
    heard: (fact) => {
      if (!("employee" in fact) || fact.employee === null) return;
      const { employee } = fact;
      const before = standings.last(employee);
      standings.changed(employee);
      concerned(employee);
      const person = people.get(employee);
      if (person === undefined) return;
      if (fact.type === "EmployeeSignedOut" || fact.type === "EmployeeLocked") off(employee);
      // Another edge has lost them, or the nodes believe that this one is gone, since its own line was cut.
      if (fact.type === "EmployeeLinkLost" && person.sockets > 0) takeOver(employee);
      const because = becauseOf(fact);
      if (because === null || person.sockets === 0) return;
      if (fact.type === "ReviewAssigned" && before?.status === "free")
        return void tellAhead(
          employee,
          {
            ...before,
            status: "reviewing",
            since: fact.offer.assignedAt,
            offer: fact.offer,
            offers: [fact.offer],
          },
          because,
        );
      person.news.push(because);
      void tellNews(employee, person);
    },
    refreshAll: () => {
      standings.forgetAll();
      for (const [employee, person] of people) {
        if (person.sockets === 0) continue;
        standing(employee)
          .then((state) => changed(employee, { ...state, because: null }))
          .catch((error) => log(`${employee} could not be asked again: ${error}`));
      }
    },
    close: () => {
      closed = true;
      for (const { graceTimer } of people.values()) if (graceTimer) clearTimeout(graceTimer);
      people.clear();
    },
  };
};

const becauseOf = (fact: Fact): Because | null => {
  switch (fact.type) {
    case "ReviewAssigned":
      return { type: "Offered" };
    case "ReviewWarned":
      return { type: "Warned", application: fact.application, deadlineAt: fact.deadlineAt };
    case "ReviewExtended": {
      const { application, deadlineAt, reason } = fact;
      return { type: "Extended", application, deadlineAt, reason };
    }
    case "ReviewEnded": {
      const { application, assignment, outcome, strike, reason } = fact;
      return { type: "Ended", application, assignment, outcome, strike, reason };
    }
    case "StrikeRecorded":
      return { type: "Struck", count: fact.count, level: fact.level };
    case "MissExcused": {
      const { application, assignment, reason } = fact.entry;
      return { type: "Excused", application, assignment, reason };
    }
    case "StrikeVoided":
    case "StrikeDecided":
    case "StrikeAppealed": {
      const { application, assignment, state, reason } = fact.entry;
      return { type: "StrikeChanged", application, assignment, state, reason };
    }
    case "EmployeeOnBreak":
      return { type: "OnBreak" };
    case "EmployeeProfileSet":
      return { type: "ProfileSet" };
    case "EmployeeLinkLost":
    case "EmployeeLinkBack":
      return { type: "LinkChanged" };
    case "EmployeeLocked":
      return { type: "Locked" };
    case "EmployeeUnlocked":
      return { type: "Unlocked", reason: fact.reason };
    case "EmployeeSignedIn":
      return { type: "SignedIn" };
    case "EmployeeSignedOut":
      return { type: "SignedOut", reason: fact.reason };
    default:
      return null;
  }
};
