/**
 * What must hold whatever broke, judged by what lies outside of the program: facts in their order in EVENTS, the portal's own
 * records, and what the simulated people were told. Pure: each takes what was found and returns what is wrong, a line each.
 */
import type { StoredFact } from "../../protocols/event.ts";
import type { Acknowledged, LetPass, Notes } from "./reviewer.ts";

/** At most one holder per review, at any time in the order of events; assignments count up by one. */
export function oneHolder(facts: readonly StoredFact[]): string[] {
  const holders = new Map<string, { employee: string; assignment: number } | null>();
  const assignments = new Map<string, number>();
  const wrong: string[] = [];
  for (const fact of facts) {
    if (fact.type === "ReviewAssigned") {
      const { application, employee } = fact;
      const { assignment } = fact.offer;
      const holder = holders.get(application) ?? null;
      if (holder !== null)
        wrong.push(
          `${application}: given to ${employee} (${assignment}) while ${holder.employee} held it (${holder.assignment})`,
        );
      const before = assignments.get(application) ?? 0;
      if (assignment !== before + 1)
        wrong.push(`${application}: assignment ${assignment} came after ${before}`);
      assignments.set(application, assignment);
      holders.set(application, { employee, assignment });
    } else if (fact.type === "ReviewEnded") {
      const holder = holders.get(fact.application) ?? null;
      if (holder?.employee !== fact.employee || holder.assignment !== fact.assignment)
        wrong.push(
          `${fact.application}: ended for ${fact.employee} (${fact.assignment}), but held by ${JSON.stringify(holder)}`,
        );
      holders.set(fact.application, null);
    }
  }
  return wrong;
}

/** How many strikes of a person count after this fact; undefined if it changes nothing. */
export function strikesAfter(fact: StoredFact, before: number): number | undefined {
  switch (fact.type) {
    case "StrikeRecorded":
      return before + 1;
    case "StrikeVoided":
      return before - 1;
    case "StrikeDecided":
      return fact.decision === "void" ? before - 1 : undefined;
    default:
      return undefined;
  }
}

const about = ({ employee, application, assignment }: LetPass) => `${employee} ${application} ${assignment}`;
const misses = (facts: readonly StoredFact[]) =>
  facts.flatMap((fact) => (fact.type === "ReviewEnded" && fact.outcome === "missed" ? [fact] : []));
const strikes = (facts: readonly StoredFact[]) =>
  facts.flatMap((fact) => (fact.type === "StrikeRecorded" ? [about(fact)] : []));
const excuses = (facts: readonly StoredFact[]) =>
  facts.flatMap((fact) => (fact.type === "MissExcused" ? [about({ ...fact.entry, ...fact })] : []));

/** Strikes that were none after all. One that is cleared as its account is unlocked was one. */
export const takenBack = (facts: readonly StoredFact[]) =>
  facts.flatMap((fact) =>
    fact.type === "StrikeVoided" && fact.entry.state !== "cleared" ? [about({ ...fact.entry, ...fact })] : [],
  );

/** Misses that are neither a strike nor excused, yet. */
export const unjudged = (facts: readonly StoredFact[]): string[] =>
  missing(misses(facts).map(about), [...strikes(facts), ...excuses(facts)]).map(
    (one) => `a miss that was not judged: ${one}`,
  );

/** Each miss is judged once: a strike, counted up one by one, or excused with its reason. */
export function strikesAreMisses(facts: readonly StoredFact[]): string[] {
  const wrong = unjudged(facts);
  const struck = strikes(facts);
  const mayStrike = misses(facts).filter(({ strike }) => strike);
  wrong.push(...repeated([...struck, ...excuses(facts)]).map((one) => `a miss judged twice: ${one}`));
  wrong.push(...missing(struck, mayStrike.map(about)).map((one) => `a strike without a miss: ${one}`));
  const counts = new Map<string, number>();
  for (const fact of facts) {
    if (!("employee" in fact) || fact.employee === null) continue;
    const { employee } = fact;
    const before = counts.get(employee) ?? 0;
    const after = strikesAfter(fact, before);
    if (after !== undefined) counts.set(employee, after);
    if (fact.type === "StrikeRecorded" && fact.count !== after)
      wrong.push(`${employee}: strike ${fact.count} came after ${before}`);
  }
  return wrong;
}

/** What the people themselves know of each strike that still stands: that they let it pass, or came too late. */
export function strikesAreTheirFault(
  facts: readonly StoredFact[],
  { attempts, missed, acknowledged }: Notes,
): string[] {
  const wrong: string[] = [];
  const letPass = new Set(missed.map(about));
  const completed = facts.flatMap((fact) =>
    fact.type === "ReviewEnded" && fact.outcome === "completed" ? [about(fact)] : [],
  );
  for (const one of completed) if (letPass.has(one)) wrong.push(`completed, and they did nothing: ${one}`);
  // What was taken back since does no harm.
  const voided = new Set(takenBack(facts));
  const tried = new Map(attempts.map((attempt) => [about(attempt), attempt]));
  const ended = new Set(acknowledged.flatMap((one) => (one.command === "draft" ? [] : [about(one)])));
  for (const one of strikes(facts)) {
    if (voided.has(one) || letPass.has(one)) continue;
    const attempt = tried.get(one);
    if (attempt === undefined) wrong.push(`struck for what they never looked at: ${one}`);
    else if (ended.has(one)) wrong.push(`struck although an edge had said that it was done: ${one}`);
    // Whoever tried to finish in good time, and tried on, was kept from it by us.
    else if (attempt.deadlineAt - attempt.firstTriedAt >= inGoodTimeMs)
      wrong.push(
        `struck although they tried ${attempt.deadlineAt - attempt.firstTriedAt} ms before the end: ${one}`,
      );
  }
  return wrong;
}
/** Earlier than this before its deadline a try counts as in good time. */
const inGoodTimeMs = 8_000;

/** What an edge acknowledged has happened: each command left its fact. */
export function commandsTookEffect(
  facts: readonly StoredFact[],
  acknowledged: readonly Acknowledged[],
): string[] {
  const found = new Set<string>();
  for (const fact of facts) {
    if (fact.type === "DraftSaved")
      found.add(`draft ${fact.application} ${fact.employee} ${fact.resumeVersion}`);
    if (fact.type === "ApplicationApproved" && fact.by === "employee")
      found.add(`complete ${fact.application} ${fact.employee} ${fact.resumeVersion}`);
    if (fact.type === "ApplicationRejected") found.add(`reject ${fact.application} ${fact.by}`);
    if (fact.type === "ReviewEnded" && fact.outcome === "returned")
      found.add(`return ${fact.application} ${fact.employee} ${fact.assignment}`);
  }
  return acknowledged.flatMap(({ command, application, employee, assignment, resumeVersion }) => {
    const wanted =
      command === "draft" || command === "complete"
        ? `${command} ${application} ${employee} ${resumeVersion}`
        : command === "reject"
          ? `reject ${application} ${employee}`
          : `return ${application} ${employee} ${assignment}`;
    if (found.has(wanted)) return [];
    return [`acknowledged, and no fact of it: ${wanted}`];
  });
}

/** Of each witness every number that was acknowledged came out once, in order. */
export function witnessesHeard(
  facts: readonly StoredFact[],
  acknowledged: ReadonlyMap<string, number>,
): string[] {
  const wrong: string[] = [];
  const heard = new Map<string, number[]>();
  for (const fact of facts)
    if (fact.type === "CandidateRegistered" && acknowledged.has(fact.profile.id))
      heard.set(fact.profile.id, [...(heard.get(fact.profile.id) ?? []), Number(fact.profile.name.slice(1))]);
  for (const [id, count] of acknowledged) {
    const numbers = heard.get(id) ?? [];
    const at = numbers.findIndex((n, index) => n !== index + 1);
    if (at >= 0) wrong.push(`${id}: v${numbers[at]} came where v${at + 1} should have`);
    else if (numbers.length < count)
      wrong.push(`${id}: ${count} were acknowledged, ${numbers.length} came out`);
  }
  return wrong;
}

/** The portal's own records. */
export interface Received {
  readonly email: string;
  /** The same for all the places where one job is posted. */
  readonly openingId: number;
  readonly reference: string;
  readonly confirmationLost?: boolean;
}

/** What it said no to, with the application that was there first. */
export interface Refused {
  readonly reference: string;
}

/**
 * No submission twice; and what the portal has, we know of: confirmed, or uncertain and waiting for a person. A form whose answer
 * was cut off is sent once more by the browser itself, without our knowing: the portal then says that it has it.
 */
export function submittedOnce(
  facts: readonly StoredFact[],
  received: readonly Received[],
  refused: readonly Refused[],
): string[] {
  const wrong = repeated(received.map(({ email, openingId }) => `${email} for opening ${openingId}`)).map(
    (one) => `submitted twice: ${one}`,
  );
  const cutOff = new Set(received.flatMap((one) => (one.confirmationLost ? [one.reference] : [])));
  const sentAgain = new Set(refused.flatMap(({ reference }) => (cutOff.has(reference) ? [reference] : [])));
  if (refused.length > sentAgain.size)
    wrong.push(`the portal refused ${refused.length - sentAgain.size}: ${JSON.stringify(refused)}`);
  const references = facts.flatMap((fact) =>
    fact.type === "ApplicationSubmitted" ? [fact.proof.reference] : [],
  );
  wrong.push(...repeated(references).map((one) => `confirmed twice: ${one}`));
  const known = new Set(received.map(({ reference }) => reference));
  wrong.push(
    ...references.filter((one) => !known.has(one)).map((one) => `confirmed, and the portal has no ${one}`),
  );
  const uncertain = facts.filter(({ type }) => type === "ApplicationUncertain").length;
  if (received.length > references.length + uncertain + sentAgain.size)
    wrong.push(
      `the portal has ${received.length}, we know of ${references.length}, ${uncertain} uncertain and ${sentAgain.size} sent again`,
    );
  return wrong;
}

/** About an application, but not where it stands: some are said by others, and later than what follows them. */
const beside: ReadonlySet<string> = new Set([
  "StrikeRecorded",
  "DraftSaved",
  "AnswersLearned",
  "ReviewOpened",
  "WarningSeen",
  "ReviewCompletedLate",
  "ReviewManaged",
]);

/** Where each application stands by its last fact. */
export function standings(facts: readonly StoredFact[]): ReadonlyMap<string, string> {
  const last = new Map<string, string>();
  for (const fact of facts) {
    if (!("application" in fact) || beside.has(fact.type)) continue;
    last.set(fact.application, fact.type);
  }
  return last;
}
/** After these a person or nobody has the next word. */
const ended: ReadonlySet<string> = new Set([
  "ApplicationSubmitted",
  "ApplicationDuplicate",
  "ApplicationUncertain",
  "ApplicationFailed",
  "ApplicationRejected",
  "ApplicationClosed",
  "ReviewEscalated",
]);
/** Applications that are neither at their end nor wait visibly for a person. */
export const owed = (facts: readonly StoredFact[]): string[] =>
  [...standings(facts)]
    .filter(([, type]) => !ended.has(type))
    .map(([application, type]) => `${application} is at ${type}`);

export function repeated(all: readonly string[]): string[] {
  const seen = new Set<string>();
  return all.filter((one) => seen.size === seen.add(one).size);
}
const missing = (wanted: readonly string[], among: readonly string[]) => {
  const there = new Set(among);
  return wanted.filter((one) => !there.has(one));
};
