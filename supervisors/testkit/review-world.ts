/**
 * Dispatcher, employees and applications together in one simulation, with a world around them: people who come, go, work, sleep and
 * press the button late; outages, duplicates, crashes. One seed is one schedule.
 */
import { applicationActor } from "../../actors/application/actor.ts";
import { proof, propose, scoreOf } from "../../actors/application/example.ts";
import type { ActorDefinition } from "../../actors/define-actor.ts";
import { dispatcherActor } from "../../actors/dispatcher/actor.ts";
import { employeeActor } from "../../actors/employee/actor.ts";
import { incidentsActor } from "../../actors/incidents/actor.ts";
import type { Offer } from "../../protocols/employee.ts";
import type { StrikeEntry } from "../../protocols/strike.ts";
import {
  checkAgreement,
  checkEnd,
  checkFacts,
  checkStrikes,
  people,
  type World,
  workOf,
} from "./review-invariants.ts";
import { type Chance, chanceFrom, Simulation } from "./simulation.ts";

const minute = 60_000;

export interface Schedule {
  readonly tasks: number;
  readonly steps: number;
  /** One in so many messages comes twice; 0 = none. */
  readonly duplicateOneIn: number;
  /** One in so many steps an actor's node dies; 0 = none. */
  readonly crashOneIn?: number;
  /** Save and reload each actor's state before each event. */
  readonly persisted?: boolean;
  /** Each actor's clock is wrong by up to this, milliseconds. */
  readonly skewMs?: number;
  /** In the place of the real ones: to see that a bug is found. */
  readonly kinds?: readonly ActorDefinition[];
}

/** More work than three people can do, so that nobody waits for it: about a hundred assignments. */
export const longSchedule: Schedule = {
  tasks: 60,
  steps: 3_000,
  duplicateOneIn: 12,
  crashOneIn: 30,
  skewMs: 2_000,
};

export const realKinds = [applicationActor(), employeeActor(), dispatcherActor(), incidentsActor];

export function worldOf(seed: number, options: Omit<Schedule, "steps">): World {
  const chance = chanceFrom(seed);
  const sim = new Simulation({
    chance,
    ...options,
    kinds: options.kinds ?? realKinds,
    world: (to, message) => {
      if (!to.startsWith("applier.") || message.type !== "Apply") return;
      const { application, attempt } = (
        message as unknown as { request: { application: string; attempt: number } }
      ).request;
      sim.tell("applier.acme", `application.${application}`, report(chance, attempt));
    },
  });
  return {
    sim,
    chance,
    tasks: options.tasks,
    checked: 0,
    hands: [],
    open: new Map(),
    latest: new Map(),
    ends: new Map(),
    skewMs: options.skewMs ?? 0,
    unanswered: new Map(),
    owedStrikes: new Set(),
    givenStrikes: new Set(),
    struck: new Map(),
  };
}

function report(chance: Chance, attempt: number): { type: string; [key: string]: unknown } {
  switch (chance(8)) {
    case 0:
      return { type: "ApplierBusy", attempt, retryAfterMs: 30_000 };
    case 1:
      return { type: "SubmissionNeedsPerson", attempt, questions: ["Why us?"], evidence: [] };
    case 2:
      return { type: "SubmissionUncertain", attempt, detail: "lost" };
    default:
      return { type: "SubmissionConfirmed", attempt, proof };
  }
}

type Offered = { readonly employee: string; readonly application: string; readonly offer: Offer };

/** One thing that a person, a socket or a manager may do now. */
function act({ sim, chance, tasks, unanswered }: World) {
  const who = people[chance(people.length)] ?? "bob";
  const address = `employee.${who}`;
  const held = (sim.contextOf(address)?.offers ?? []) as readonly Offer[];
  const offer = held[chance(Math.max(1, held.length))];
  const told = { employee: who, assignment: offer?.assignment, replyTo: "asker" };
  const tellTask = (message: { type: string; [key: string]: unknown }) =>
    offer && sim.tell(`edge-${who}`, `application.${offer.application}`, { ...told, ...message });
  const tell = (from: string, to: string, type: string, fields: object = {}) =>
    sim.tell(from, to, { type, ...fields } as never);
  const manager = { by: "lena", reason: "so", replyTo: "asker" };
  const some = `application.a${chance(tasks)}`;
  switch (chance(27)) {
    case 0:
    case 1:
    case 2:
      return tell(`edge-${who}`, address, "SignIn", { edge: "e1" });
    case 3:
      return tell(`edge-${who}`, address, "SignOut");
    case 4:
      return tell("presence", address, "LinkLost", { edge: "e1" });
    case 5:
    case 6:
    case 7:
      return tellTask({ type: "AcknowledgeReview" });
    case 8:
      return tellTask({ type: "SaveDraft", resumeVersion: `ada/${chance(9)}` });
    case 9:
    case 10:
      return tellTask({
        type: "CompleteReview",
        resumeVersion: workOf(who, offer?.assignment),
        answers: [],
      });
    case 11:
      return tellTask({ type: "ReturnReview" });
    case 12: {
      // Somebody clicks in an old tab.
      const assignment = 1 + chance(4);
      return tell(`edge-${who}`, some, "CompleteReview", {
        ...told,
        assignment,
        resumeVersion: workOf(who, assignment),
        answers: [],
      });
    }
    case 13:
      return tell(`edge-${who}`, address, "LinkUp", { edge: "e1" });
    case 14:
      return tell(`edge-${who}`, address, chance(2) === 0 ? "TakeBreak" : "EndShift", { replyTo: "asker" });
    case 15:
      return tellTask({ type: chance(2) === 0 ? "AcknowledgeWarning" : "OpenReview" });
    case 16:
      return tellTask({ type: "ExtendReview", reason: "" });
    case 17:
      return tell("edge-lena", some, chance(2) === 0 ? "TakeBack" : "Requeue", manager);
    case 18:
      return tell("edge-lena", some, "GiveTo", { ...manager, employee: who });
    case 19:
      return tell("edge-lena", some, "SetPriority", { ...manager, priority: chance(4) });
    case 20:
      return tell("edge-lena", "incidents.main", "DeclareIncident", {
        ...manager,
        incident: `i${sim.facts.length}`,
        from: sim.now - chance(40 * minute),
        to: chance(2) === 0 ? null : sim.now,
      });
    case 21: {
      const open = (
        (sim.contextOf("incidents.main")?.incidents ?? []) as readonly { id: string; to: number | null }[]
      ).find(({ to }) => to === null);
      return open && tell("edge-lena", "incidents.main", "CloseIncident", { ...manager, incident: open.id });
    }
    case 22: {
      const entry = ((sim.contextOf(address)?.entries ?? []) as readonly StrikeEntry[]).at(-1);
      const about = entry && { application: entry.application, assignment: entry.assignment };
      if (chance(2) === 0)
        return (
          about && tell(`edge-${who}`, address, "AppealStrike", { ...about, text: "no", replyTo: "asker" })
        );
      const decision = (["void", "uphold", "keep-locked"] as const)[chance(3)];
      return about && tell("edge-lena", address, "DecideStrike", { ...about, ...manager, decision });
    }
    case 23:
      return tell("edge-lena", address, "SetProfile", {
        ...manager,
        profile: { capacity: 1 + chance(2), skills: [], timeFactor: 1 + chance(2) },
      });
    case 24:
      return tell("edge-lena", "dispatcher.main", "PauseDispatch", { ...manager, paused: chance(3) === 0 });
    case 25: {
      // Their edge can't reach anybody: what they do is lost, and it says so when its line is back.
      if (offer === undefined) return;
      const { application, assignment } = offer;
      const isKnown = chance(3) > 0;
      if (isKnown) unanswered.set(`${who} ${application}:${assignment}`, sim.now);
      return tell(`edge-${who}`, address, "CommandUnanswered", {
        review: isKnown ? { application, assignment } : null,
        command: "complete",
        triedAt: sim.now,
      });
    }
    default:
      return tell("edge-lena", address, "Unlock", manager);
  }
}

/** What was assigned since the facts were last looked at appears on a screen, if one is open, which says so. */
function show({ sim, chance, checked }: World) {
  for (const { fact } of sim.facts.slice(checked))
    if (fact.type === "ReviewAssigned" && chance(2) === 0) {
      const { employee, application, offer } = fact as unknown as Offered;
      const { assignment } = offer;
      const shown = { type: "AcknowledgeReview", employee, assignment, replyTo: "asker" };
      sim.tell(`edge-${employee}`, `application.${application}`, shown);
    }
}

/** Time: to the next timer of a review or of anybody, a little, or far over it, as in an outage. */
function letTimePass({ sim, chance }: World) {
  const dice = chance(10);
  const next = (dice < 6 ? sim.nextTimerAt("application.") : null) ?? sim.nextTimerAt();
  if (next === null) return sim.passTo(sim.now + chance(minute));
  if (dice === 9) return sim.passTo(next + chance(30 * minute));
  if (dice === 8) return sim.passTo(sim.now + chance(5_000));
  return sim.passTo(next + chance(3_000));
}

/** Runs one schedule with everything checked after every message. @throws Error at the first violation */
export function play(seed: number, schedule: Schedule): World {
  const world = worldOf(seed, schedule);
  const { sim, chance } = world;
  const { tasks, steps, crashOneIn = 0 } = schedule;
  for (let i = 0; i < tasks; i++) {
    const score = chance(3) === 0 ? 95 : 60 + chance(30);
    sim.tell(`matcher.${i}`, `application.a${i}`, propose(scoreOf(score)) as never);
  }
  for (let i = 0; i < steps; i++) {
    if (crashOneIn > 0 && chance(crashOneIn) === 0) sim.crash();
    const dice = chance(10);
    if (dice === 0) letTimePass(world);
    else if (dice <= 2) act(world);
    else if (!sim.step()) {
      // Where nothing waits, somebody does something.
      checkStrikes(world);
      act(world);
    }
    show(world);
    checkFacts(world);
  }
  return world;
}

/** Plays a schedule, then lets everybody work until all has ended. @throws Error that names the seed and what to run */
export function playToTheEnd(seed: number, schedule: Schedule): World {
  try {
    const world = play(seed, schedule);
    finish(world, schedule);
    checkEnd(world);
    return world;
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    const command = schedule === longSchedule ? "simulation:million" : "simulation";
    throw new Error(`Seed ${seed}: ${what}\nAgain: SIMULATION_SEED=${seed} npm run ${command}`, {
      cause: error,
    });
  }
}

/** From here on all people behave: people sign in, acknowledge and complete. Everything must come to its end. */
function finish(world: World, { duplicateOneIn, crashOneIn = 0 }: Schedule) {
  const { sim, chance } = world;
  const uncertain = duplicateOneIn > 0 || crashOneIn > 0;
  const settle = () => {
    while (sim.step()) {
      if (crashOneIn > 0 && chance(crashOneIn) === 0) sim.crash();
      checkFacts(world);
    }
  };
  for (let round = 0; round < 200; round++) {
    settle();
    checkAgreement(world, uncertain);
    const unfinished = [...sim.actors.values()].filter(
      ({ address, snapshot }) => address.startsWith("application.") && !isAtEnd(snapshot.value),
    );
    if (unfinished.length === 0) return;
    for (const who of people) {
      const offers: readonly Offer[] = sim.contextOf(`employee.${who}`)?.offers ?? [];
      for (const offer of offers)
        sim.tell(`edge-${who}`, `application.${offer.application}`, {
          type: "CompleteReview",
          employee: who,
          assignment: offer.assignment,
          resumeVersion: workOf(who, offer.assignment),
          answers: [],
        } as never);
      const { snapshot } = sim.actors.get(`employee.${who}`) ?? {};
      if (snapshot?.matches("locked"))
        sim.tell("edge-boss", `employee.${who}`, { type: "Unlock", by: "boss", reason: "new day" } as never);
      else if (!snapshot?.matches({ free: "here" }) && offers.length === 0)
        sim.tell(`edge-${who}`, `employee.${who}`, { type: "SignIn", edge: "e2" } as never);
    }
    const goOn = { type: "PauseDispatch", paused: false, by: "boss", reason: "new day" };
    if (sim.contextOf("dispatcher.main")?.paused) sim.tell("edge-boss", "dispatcher.main", goOn as never);
    settle();
    // Nobody lets a review lie: time passes only when there is none at hand.
    if (people.some((who) => sim.contextOf(`employee.${who}`)?.offers?.length > 0)) continue;
    const next = sim.nextTimerAt();
    if (next !== null) sim.passTo(next);
  }
  const left = [...sim.actors.values()].map(
    ({ address, snapshot }) => `${address} ${JSON.stringify(snapshot.value)}`,
  );
  throw new Error(`After 200 rounds with everybody at work something still hangs: ${left.join(", ")}`);
}

const isAtEnd = (value: unknown) =>
  ["submitted", "duplicate", "failed", "rejected", "uncertain"].includes(String(value));
