/**
 * What each fact changes in the read models. Every change is harmless twice and needs no fact to be there before: a stream that
 * has forgotten its beginning still gives what it can.
 */
import type { TransactionSql } from "postgres";
import type { Fact } from "../../../protocols/event.ts";
import type { Posting } from "../../../protocols/posting.ts";
import type { MissCause } from "../../../protocols/read-models.ts";
import type { ReadFact } from "./stored-fact.ts";

const ms = (at: number) => new Date(at);

/** Starts the queries of one fact and returns them; they run in order on the transaction's connection. */
export const projectFact = (tx: TransactionSql, { seq, at, fact }: ReadFact): Promise<unknown>[] =>
  fact === null ? [] : queriesOf(tx, seq, at, fact).map((query) => query.then(() => undefined));

/** Not sent before somebody waits for it. */
type Query = Promise<unknown>;

const queriesOf = (tx: TransactionSql, seq: number, at: Date, fact: Fact): Query[] => {
  const setStatus = (application: string, status: string, reason: string) =>
    tx`update application set status = ${status}, reason = ${reason}, updated_at = ${at} where id = ${application}`;
  switch (fact.type) {
    case "CandidateRegistered": {
      const { id, name, email, region, resumeVersion } = fact.profile;
      return [
        tx`insert into candidate (id, name, email, region, resume_version, profile, updated_at)
           values (${id}, ${name}, ${email}, ${region}, ${resumeVersion}, ${tx.json(fact.profile)}, ${at})
           on conflict (id) do update set name = excluded.name, email = excluded.email, region = excluded.region,
             resume_version = excluded.resume_version, profile = excluded.profile, updated_at = excluded.updated_at`,
      ];
    }
    case "ResumeReplaced":
      return [
        tx`update candidate set resume_version = ${fact.resumeVersion}, updated_at = ${at} where id = ${fact.candidate}`,
      ];
    case "JobListed": {
      const { title, company, region, portal, url, externalId } = fact.posting;
      return [
        tx`insert into job (id, region, title, company, portal, url, posting, found_at)
           values (${fact.job}, ${region}, ${title}, ${company}, ${portal}, ${url}, ${tx.json(fact.posting)}, ${at})
           on conflict do nothing`,
        sighting(tx, fact.job, portal, externalId, url, at),
      ];
    }
    case "JobUpdated":
      return [storePosting(tx, fact.job, fact.posting)];
    case "JobReopened":
      return [
        storePosting(tx, fact.job, fact.posting),
        tx`update job set closed_at = null, close_reason = '' where id = ${fact.job}`,
      ];
    case "JobClosed":
      return [tx`update job set closed_at = ${at}, close_reason = ${fact.reason} where id = ${fact.job}`];
    case "ApplicationClosed":
      return [
        tx`update application set status = 'closed', reason = ${fact.reason}, updated_at = ${at}, first_requested_at = null
           where id = ${fact.application}`,
      ];
    case "JobSeenAgain":
      return [sighting(tx, fact.job, fact.portal, fact.externalId, fact.url, at)];
    case "ApplicationScored": {
      const { job, score } = fact;
      return [
        tx`insert into application (id, region, status, score, match_score, job, title, company, portal, candidate,
             candidate_name, begun, created_at, updated_at)
           values (${fact.application}, ${job.region}, 'new', ${score.score}, ${tx.json(score)}, ${job.id}, ${job.title},
             ${job.company}, ${job.portal}, ${fact.candidate}, ${fact.candidateName}, ${seq}, ${at}, ${at})
           on conflict (region, id) do update set score = excluded.score, match_score = excluded.match_score,
             title = excluded.title, company = excluded.company, portal = excluded.portal,
             candidate_name = excluded.candidate_name, updated_at = excluded.updated_at`,
      ];
    }
    case "ApplicationApproved":
      return [
        tx`update application set status = 'applying', reason = '', resume_version = ${fact.resumeVersion}, updated_at = ${at},
             first_requested_at = null
           where id = ${fact.application}`,
      ];
    case "ManualReviewRequired":
      return [
        tx`update application set status = 'waiting', reason = ${fact.reason}, requested_at = ${at}, updated_at = ${at},
             priority = ${fact.priority}, first_requested_at = coalesce(first_requested_at, ${at})
           where id = ${fact.application}`,
      ];
    case "ReviewAssigned": {
      const { assignment, assignedAt, deadlineAt, title, company } = fact.offer;
      return [
        tx`update application set status = 'reviewing', employee = ${fact.employee}, assignment = ${assignment}, updated_at = ${at}
           where id = ${fact.application}`,
        tx`insert into review (application, assignment, employee, assigned_at, deadline_at, allowed_ms, begun, title, company, requested_at)
           values (${fact.application}, ${assignment}, ${fact.employee}, ${ms(assignedAt)}, ${ms(deadlineAt)},
             ${deadlineAt - assignedAt}, ${seq}, ${title}, ${company},
             (select requested_at from application where id = ${fact.application} limit 1))
           on conflict do nothing`,
      ];
    }
    case "ReviewWarned":
      return [
        tx`update review set warned_at = ${at} where application = ${fact.application} and assignment = ${fact.assignment}`,
      ];
    case "ReviewExtended":
      return [
        tx`update review set deadline_at = ${ms(fact.deadlineAt)}, extensions = extensions + 1
           where application = ${fact.application} and assignment = ${fact.assignment}`,
      ];
    case "ReviewEnded":
      return [
        tx`update review set ended_at = ${at}, outcome = ${fact.outcome}, strike = ${fact.strike}, reason = ${fact.reason},
             held_ms = ${fact.heldMs}, cause = ${causeOf(fact)}
           where application = ${fact.application} and assignment = ${fact.assignment}`,
      ];
    case "ReviewCompletedLate":
      return [
        tx`update review set completed_late_at = ${at}
           where application = ${fact.application} and assignment = ${fact.assignment}`,
      ];
    case "DraftSaved":
      return [
        tx`update application set resume_version = ${fact.resumeVersion}, updated_at = ${at} where id = ${fact.application}`,
        tx`update review set drafts = drafts + 1 where application = ${fact.application} and assignment = ${fact.assignment}`,
      ];
    case "ApplicationSubmitted":
      return [
        tx`update application set status = 'submitted', reason = '', reference = ${fact.proof.reference},
             evidence = ${tx.json(fact.proof.evidence)}, resume_version = ${fact.proof.resumeVersion}, updated_at = ${at}
           where id = ${fact.application}`,
      ];
    case "ApplicationFailed":
      return [
        tx`update application set status = 'failed', reason = ${fact.reason}, evidence = ${tx.json(fact.evidence)},
             updated_at = ${at} where id = ${fact.application}`,
      ];
    case "ApplicationReady":
      return [
        tx`update application set status = 'ready', reason = '', evidence = ${tx.json(fact.evidence)}, updated_at = ${at}
           where id = ${fact.application}`,
      ];
    case "ApplicationDuplicate":
      return [setStatus(fact.application, "duplicate", fact.detail)];
    case "ApplicationUncertain":
      return [setStatus(fact.application, "uncertain", fact.detail)];
    case "ApplicationRejected":
      return [setStatus(fact.application, "rejected", fact.reason)];
    case "StrikeRecorded":
      return [
        tx`insert into strike (employee, application, assignment, count, level, at)
           values (${fact.employee}, ${fact.application}, ${fact.assignment}, ${fact.count}, ${fact.level}, ${at})
           on conflict do nothing`,
      ];
    case "ReviewEscalated":
      return [
        setStatus(
          fact.application,
          "escalated",
          `Missed by ${fact.missedBy.length} different people: a manager decides.`,
        ),
      ];
    case "MissExcused":
    case "StrikeIssued":
    case "StrikeAppealed":
    case "StrikeDecided":
    case "StrikeVoided": {
      const { entry, employee } = fact;
      return [
        tx`insert into miss (employee, application, assignment, begun, at, state, count, entry)
           values (${employee}, ${entry.application}, ${entry.assignment}, ${seq}, ${ms(entry.at)}, ${entry.state}, ${entry.count}, ${tx.json(entry)})
           on conflict (employee, application, assignment) do update set state = excluded.state, count = excluded.count, entry = excluded.entry`,
        ...(entry.state === "excused" || entry.state === "voided"
          ? [
              tx`update review set strike = false, cause = ${excusedCause(entry.reason)}
                 where application = ${entry.application} and assignment = ${entry.assignment}`,
            ]
          : []),
        ...(entry.state === "voided" || entry.state === "cleared" || entry.state === "expired"
          ? [
              tx`update strike set cleared_at = ${at}, cleared_by = ${entry.decidedBy ?? "the system"}
                 where employee = ${employee} and application = ${entry.application} and assignment = ${entry.assignment}
                   and cleared_at is null`,
            ]
          : []),
      ];
    }
    case "EmployeeLocked":
      return [
        tx`insert into locked_account (employee, at) values (${fact.employee}, ${at}) on conflict do nothing`,
      ];
    case "IncidentOpened":
    case "IncidentClosed": {
      const { id, kind, from, to, reason, by } = fact.incident;
      return [
        tx`insert into incident (id, queue, kind, from_at, to_at, reason, declared_by)
           values (${id}, ${fact.queue}, ${kind}, ${ms(from)}, ${to === null ? null : ms(to)}, ${reason}, ${by})
           on conflict (id) do update set to_at = coalesce(excluded.to_at, incident.to_at)`,
      ];
    }
    case "EmployeeUnlocked":
      return [
        tx`delete from locked_account where employee = ${fact.employee}`,
        ...(fact.by === "the system" ? [] : clearedUnsaid(tx, at, fact)),
      ];
    case "PulseMeasured":
      return [
        tx`insert into live_minute (at, live) values (date_trunc('minute', ${at}::timestamptz), ${tx.json(fact.live)})
           on conflict (at) do update set live = excluded.live`,
      ];
    // In the audit trail, and in no read model of their own.
    case "PortalPolled":
    case "PortalBlocked":
    case "PortalChanged":
    case "PortalProbed":
    case "PortalRecovered":
    case "PortalNotAllowed":
    case "BoardAdded":
    case "BoardSwitchedOff":
    case "BoardSwitchedOn":
    case "BoardRemoved":
    case "LookRequested":
    case "PostingRejected":
    case "JobMatched":
    case "ApplierBlocked":
    case "ApplierModeChanged":
    case "AnswersLearned":
    case "EmployeeSignedIn":
    case "EmployeeSignedOut":
    case "EmployeeOnBreak":
    case "EmployeeLinkLost":
    case "EmployeeLinkBack":
    case "EmployeeProfileSet":
    case "ReviewOpened":
    case "WarningSeen":
    case "ReviewManaged":
    case "QueueSettingsChanged":
    case "DispatchPaused":
    case "DispatchResumed":
    case "DeadLetterReplayed":
    case "DeadLetterDropped":
    case "ActorResumed":
    case "ArchiveBehind":
      return [];
    default:
      // The compiler sees to it that none is forgotten.
      return fact satisfies never;
  }
};

/** Whose fault it was that a review was not finished; null if nobody is to blame for anything. */
const causeOf = ({
  outcome,
  strike,
  reason,
}: Pick<Extract<Fact, { type: "ReviewEnded" }>, "outcome" | "strike" | "reason">): MissCause | null => {
  if (outcome === "released") return "connectivity";
  if (outcome !== "missed") return null;
  if (strike) return "person";
  return reason.includes("too many different people") ? "poison" : "platform";
};

const excusedCause = (reason: string): MissCause =>
  /connection|warning/i.test(reason)
    ? "connectivity"
    : /too many different/.test(reason)
      ? "poison"
      : "platform";

/**
 * Facts of before did not say which strikes a manager's unlock cleared: all, unless a decision of the same turn unlocked. Which
 * ones an upheld strike cleared can't be told any more: those stay. Of today's facts nothing is left to clear here.
 */
const clearedUnsaid = (
  tx: TransactionSql,
  at: Date,
  { employee, by, reason }: Extract<Fact, { type: "EmployeeUnlocked" }>,
): Query[] => {
  const cleared = { state: "cleared", reason, decidedBy: by, decidedAt: at.getTime() };
  const byNoDecision = tx`not exists (select 1 from miss decided where decided.employee = ${employee}
    and decided.state in ('voided', 'upheld') and (decided.entry->>'decidedAt')::float8 = ${at.getTime()})`;
  return [
    tx`update strike set cleared_at = ${at}, cleared_by = ${by}
       where employee = ${employee} and cleared_at is null and ${byNoDecision}`,
    tx`update miss set state = 'cleared', entry = entry || ${tx.json(cleared)}
       where employee = ${employee} and state in ('issued', 'appealed', 'upheld') and ${byNoDecision}`,
  ];
};

/** A region does not change: it is the board's. */
const storePosting = (tx: TransactionSql, job: string, posting: Posting) =>
  tx`update job set title = ${posting.title}, company = ${posting.company}, portal = ${posting.portal}, url = ${posting.url},
       posting = ${tx.json(posting)} where id = ${job}`;

const sighting = (
  tx: TransactionSql,
  job: string,
  portal: string,
  externalId: string,
  url: string,
  at: Date,
) =>
  tx`insert into job_sighting (job, portal, external_id, url, first_seen_at, last_seen_at)
     values (${job}, ${portal}, ${externalId}, ${url}, ${at}, ${at})
     on conflict (job, portal, external_id) do update set last_seen_at = greatest(job_sighting.last_seen_at, excluded.last_seen_at)`;
