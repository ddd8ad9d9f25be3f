/** What happened as a sentence for people: with names instead of ids as far as they are known, and a plain fallback for new facts. */
import type { FactLine } from "../../../protocols/api/http.ts";

/** What is known of ids: people, and the job of an application as the facts themselves tell it. */
export interface Names {
  readonly person: (id: string) => string;
  readonly application: (id: string) => string;
}

type Said = FactLine["fact"];

export function factWords(
  { fact, type, about }: Pick<FactLine, "fact" | "type" | "about">,
  names: Names,
): string {
  const who = names.person(text(fact, "employee"));
  const by = names.person(text(fact, "by"));
  const what = jobOf(fact) || names.application(text(fact, "application") || about);
  const why = text(fact, "reason") || text(fact, "detail");
  const entry = [text(fact.entry, "title"), text(fact.entry, "company")].filter(Boolean).join(" · ");
  const board = readableId(text(fact, "portal"));
  const sentences: Readonly<Record<string, string>> = {
    PortalPolled: `${board}: ${number(fact, "found")} new or changed`,
    PortalBlocked: `${board} is blocked: ${why}`,
    PortalChanged: `${board} answers otherwise than before: ${why}`,
    PortalProbed: `${board} is probed`,
    PortalRecovered: `${board} answers again`,
    BoardAdded: `${by} added the board ${board}`,
    JobListed: `New job: ${what}`,
    JobSeenAgain: `${names.application(about)} is listed at ${board} too`,
    JobUpdated: `Changed: ${what}`,
    JobClosed: `${names.application(text(fact, "job"))} is closed: ${why}`,
    JobMatched: `${names.application(text(fact, "job"))} is matched: ${number(fact, "considered")} candidates considered, ${number(fact, "proposed")} proposed`,
    ApplicationScored: `${text(fact, "candidateName")} and ${what}: ${score(fact)}`,
    ApplicationApproved: `${what} is approved by ${fact.by === "machine" ? "the machine" : who}`,
    ManualReviewRequired: `${what} needs a person: ${why}`,
    ReviewAssigned: `${who} has ${what}`,
    ReviewWarned: `${who} is warned: little time left for ${what}`,
    ReviewExtended: `${who} has more time for ${what}: ${why}`,
    ReviewEnded: `${who}: ${what} ${text(fact, "outcome")}. ${why}`,
    DraftSaved: `${who} saved a draft of ${what}`,
    ApplicationSubmitted: `${what} is submitted: ${text(fact.proof, "reference")}`,
    ApplicationFailed: `${what} failed: ${why}`,
    ApplicationUncertain: `${what} may or may not have arrived: ${why}`,
    ApplicationDuplicate: `${what} had been applied for before`,
    ApplicationRejected: `${what} is rejected by ${by}: ${why}`,
    ApplicationClosed: `${what} is closed: ${why}`,
    EmployeeSignedIn: `${who} is available`,
    EmployeeSignedOut: `${who} is offline. ${why}`,
    StrikeRecorded: `${who} has strike ${number(fact, "count")} for ${what}`,
    EmployeeLocked: `${who} is locked after ${number(fact, "strikes")} strikes`,
    EmployeeUnlocked: `${who} is unlocked by ${by}: ${why}`,
    ReviewOpened: `${who} has opened ${what}`,
    WarningSeen: `${who} has seen the warning for ${what}`,
    ReviewCompletedLate: `${who} finished ${what} after its time; the work is used`,
    ReviewEscalated: `${what} was missed by several people: a manager decides`,
    ReviewManaged: `${by}: ${text(fact, "action").replaceAll("-", " ")} ${what}. ${why}`,
    MissExcused: `${who}: no strike for ${entry}. ${text(fact.entry, "reason")}`,
    StrikeIssued: `${who} has a strike for ${entry}`,
    StrikeAppealed: `${who} appeals the strike for ${entry}`,
    StrikeDecided: `${who}: the strike for ${entry} is decided: ${text(fact, "decision").replaceAll("-", " ")}`,
    StrikeVoided: `${who}: the strike for ${entry} counts no more`,
    EmployeeProfileSet: `${by} set what ${who} works with: ${why}`,
    EmployeeOnBreak: `${who} is on a break`,
    EmployeeLinkLost: `${who} lost the connection`,
    EmployeeLinkBack: `${who} is connected again`,
    IncidentOpened: `Incident: ${text(fact.incident, "reason")}`,
    IncidentClosed: `The incident is over: ${text(fact.incident, "reason")}`,
    QueueSettingsChanged: `${by} changed the numbers of the queue: ${why}`,
    DispatchPaused: `${by} paused dispatch: ${why}`,
    DispatchResumed: `${by} resumed dispatch: ${why}`,
    DeadLetterReplayed: `${by} sent letter ${number(fact, "letter")} again: ${why}`,
    DeadLetterDropped: `${by} dropped letter ${number(fact, "letter")}: ${why}`,
    ActorResumed: `${by} resumed ${text(fact, "address")}: ${why}`,
  };
  const fallback = [spaced(type), who || readableId(about), jobOf(fact), why];
  const sentence = sentences[type] ?? fallback.filter(Boolean).join(" · ");
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** The jobs that the facts tell of, by the ids of the jobs and of the applications for them. */
export function jobsIn(facts: readonly Pick<FactLine, "fact" | "about">[]): ReadonlyMap<string, string> {
  const jobs = new Map<string, string>();
  for (const { fact, about } of facts) {
    const job = jobOf(fact);
    for (const id of [about, text(fact.job, "id"), text(fact, "job")])
      if (job !== "" && id !== "" && !jobs.has(id)) jobs.set(id, job);
  }
  return jobs;
}

/** An application or a job of which no more than the id is known: of the former it says whose it is. */
export function unknownWork(id: string): string {
  if (/^[0-9a-f]{12,}$/.test(id)) return `the job ${id.slice(0, 8)}`;
  return /-[0-9a-f]{12,}$/.test(id) ? `the application of ${readableId(id)}` : readableId(id);
}

/** "ReviewAssigned" -> "Review assigned". */
export function spaced(type: string): string {
  const words = type.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "sofia-marchetti-3604f472cdf6f540" -> "Sofia Marchetti": what a person can read of an id. */
export function readableId(id: string): string {
  const words = id.replace(/-[0-9a-f]{12,}$/, "").replace(/[-_]+/g, " ");
  return words.replace(/(^| )\p{Ll}/gu, (first) => first.toUpperCase());
}

/** The job that a fact itself names: "Data Analyst · Northwind". */
export function jobOf(fact: Said): string {
  for (const value of [fact.job, fact.offer, fact.posting]) {
    const title = text(value, "title");
    if (title) return [title, text(value, "company")].filter(Boolean).join(" · ");
  }
  return "";
}

function text(value: unknown, name: string): string {
  if (typeof value !== "object" || value === null) return "";
  const found: unknown = Reflect.get(value, name);
  return typeof found === "string" ? found : "";
}

function number(value: unknown, name: string): string {
  if (typeof value !== "object" || value === null) return "";
  const found: unknown = Reflect.get(value, name);
  return typeof found === "number" ? String(found) : "";
}

function score(fact: Said): string {
  const points = number(fact.score, "score");
  return points && Number(points).toFixed(1);
}
