/** What must hold after every message of a simulated review, and what must hold when all mail has been heard. */
import { leastOverlap, overlap } from "../../actors/incidents/correlated.ts";
import type { Offer } from "../../protocols/employee.ts";
import type { Incident } from "../../protocols/incident.ts";
import { countsAsStrike, type StrikeEntry } from "../../protocols/strike.ts";
import type { Chance, Simulation } from "./simulation.ts";

export const people = ["bob", "eve", "mia"];

export interface World {
  readonly sim: Simulation;
  readonly chance: Chance;
  /** Applications `a0` to `a<tasks - 1>`. */
  readonly tasks: number;
  /** Facts that were looked at already. */
  checked: number;
  /** What each of the people had in hand when it was last looked at. */
  hands: readonly (readonly Offer[] | undefined)[];
  /** `<application>:<assignment>` -> who holds it, by the facts. */
  readonly open: Map<string, string>;
  /** Application -> the work of its latest assignment, by the facts, open or over. */
  readonly latest: Map<string, string>;
  readonly ends: Map<string, string>;
  /** How much any actor's clock may be wrong. */
  readonly skewMs: number;
  /** `<employee> <application>:<assignment>` -> when they last tried something at it that no edge answered. */
  readonly unanswered: Map<string, number>;
  readonly owedStrikes: Set<string>;
  readonly givenStrikes: Set<string>;
  /** Strikes that were issued, and nobody has decided about or taken back since. */
  readonly struck: Map<string, StrikeEntry>;
}

/** @throws Error that names what was violated and by whom */
function must(holds: boolean, rule: string, seen: unknown): void {
  if (!holds) throw new Error(`Violated: ${rule}. Seen: ${JSON.stringify(seen)}`);
}

/** The version of the résumé that somebody hands in for an assignment: so it is seen whose work goes out. */
export const workOf = (employee: unknown, assignment: number | undefined) => `ada/${employee}/${assignment}`;

/** At most one holder per review, ends and strikes once and with their reason. Looks at the facts said since it last looked. */
export function checkFacts(world: World): void {
  const { sim, open, latest, ends, owedStrikes, givenStrikes, struck } = world;
  for (; world.checked < sim.facts.length; world.checked++) {
    const fact: Record<string, unknown> | undefined = sim.facts[world.checked]?.fact;
    if (fact === undefined) continue;
    const key = `${fact.application}:${(fact.offer as Offer | undefined)?.assignment ?? fact.assignment}`;
    if (fact.type === "ReviewAssigned") {
      const holders = [...open.keys()].filter((other) => other.startsWith(`${fact.application}:`));
      must(holders.length === 0, "a task has one holder", { key, holders });
      open.set(key, String(fact.employee));
      latest.set(String(fact.application), workOf(fact.employee, (fact.offer as Offer).assignment));
    } else if (fact.type === "ReviewEnded") {
      must(open.get(key) === fact.employee, "who loses it held it", { fact, holder: open.get(key) });
      must(!ends.has(key), "an assignment ends once", fact);
      must(Number(fact.heldMs) >= 0, "nothing lasts less than no time", fact);
      open.delete(key);
      ends.set(key, String(fact.outcome));
      if (fact.strike) owedStrikes.add(`${fact.employee} ${key}`);
    } else if (fact.type === "ApplicationApproved" && fact.by === "employee") {
      const whose = latest.get(String(fact.application));
      must(fact.resumeVersion === whose, "only the work of whose it is or was last goes out", {
        fact,
        whose,
      });
    } else if (fact.type === "StrikeIssued" || fact.type === "MissExcused") {
      const { application, assignment, evidence } = fact.entry as StrikeEntry;
      const strike = `${fact.employee} ${application}:${assignment}`;
      must(!givenStrikes.has(strike), "a miss is judged once", strike);
      must(ends.get(`${application}:${assignment}`) === "missed", "what is judged was missed", strike);
      givenStrikes.add(strike);
      if (fact.type === "MissExcused") continue;
      must(owedStrikes.has(strike), "a strike has its miss", strike);
      must(evidence?.deliveredAt !== null, "no strike for what nobody has shown", fact);
      must(evidence?.warnedAt !== null, "no strike without a warning", fact);
      struck.set(strike, fact.entry as StrikeEntry);
    } else if (fact.type === "StrikeVoided" || fact.type === "StrikeDecided") {
      const { application, assignment } = fact.entry as StrikeEntry;
      struck.delete(`${fact.employee} ${application}:${assignment}`);
    }
  }
  checkHands(world);
}

/** Looks again only if what somebody has in hand has changed. */
function checkHands(world: World) {
  const hands: World["hands"] = people.map((who) => world.sim.contextOf(`employee.${who}`)?.offers);
  if (hands.every((offers, index) => offers === world.hands[index])) return;
  world.hands = hands;
  const held = hands.flatMap((offers = []) =>
    offers.map((offer) => `${offer.application}:${offer.assignment}`),
  );
  must(new Set(held).size === held.length, "no two people hold one assignment", held);
}

/** The actors agree with each other. To be asked when no mail waits. */
export function checkAgreement({ sim }: World, duplicates: boolean): void {
  const hands: { employee: string; free: boolean }[] | undefined = sim.contextOf("dispatcher.main")?.hands;
  for (const who of people) {
    const actor = sim.actors.get(`employee.${who}`);
    for (const offer of (actor?.snapshot.context.offers ?? []) as readonly Offer[]) {
      const { employee, assignment } = sim.contextOf(`application.${offer.application}`) ?? {};
      must(employee === who && assignment === offer.assignment, "who works on it is whose it is", {
        who,
        offer,
        employee,
        assignment,
      });
    }
    // A sign-off that comes twice may hide a hand until it is announced again.
    if (actor?.snapshot.matches("free") && !duplicates)
      must(hands?.find((hand) => hand.employee === who)?.free === true, "no free hand is forgotten", hands);
  }
  for (const who of people) {
    const { offers = [], profile } = sim.contextOf(`employee.${who}`) ?? {};
    // A manager may lower it, or give them one by hand, while they are at work.
    must(offers.length <= Math.max(2, profile?.capacity ?? 1), "nobody has more than they can take", {
      who,
      offers,
    });
  }
}

/** Who tried in time and got no answer has no strike for it. To be asked when no mail waits. */
export function checkStrikes({ struck, unanswered, skewMs }: World): void {
  for (const [strike, { evidence }] of struck) {
    const triedAt = unanswered.get(strike);
    if (triedAt === undefined || evidence === null) continue;
    const { deadlineAt, openedAt, lastEditAt } = evidence;
    const wasInTime = triedAt <= deadlineAt - skewMs;
    const cameThrough = Math.max(openedAt ?? 0, lastEditAt ?? 0) > triedAt - skewMs;
    must(!wasInTime || cameThrough, "no strike for who tried in time and got no answer", {
      strike,
      evidence,
    });
  }
}

/** When everything has ended. */
export function checkEnd(world: World): void {
  const { sim, open, owedStrikes, givenStrikes } = world;
  must(open.size === 0, "nobody holds what has ended", [...open]);
  const missing = [...owedStrikes].filter((strike) => !givenStrikes.has(strike));
  must(missing.length === 0, "every miss is judged", missing);
  checkStrikes(world);
  const incidents: readonly Incident[] = sim.contextOf("incidents.main")?.incidents ?? [];
  for (const who of people) {
    const entries: readonly StrikeEntry[] = sim.contextOf(`employee.${who}`)?.entries ?? [];
    for (const entry of entries.filter(countsAsStrike)) {
      const { assignedAt = 0, endedAt = 0 } = entry.evidence ?? {};
      const ours = incidents.find(
        (incident) => overlap(incident, { from: assignedAt, to: endedAt }) > leastOverlap,
      );
      must(ours === undefined, "no strike within an incident", { who, entry, ours });
    }
  }
}
