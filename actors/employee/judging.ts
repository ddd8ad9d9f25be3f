/** What happens to a miss: excused at once, judged by the queue's incidents, a strike, an appeal, a decision. This actor alone writes it. */
import type { DispatcherMessage } from "../../protocols/dispatcher.ts";
import type { LedgerReply } from "../../protocols/employee.ts";
import { accepted, rejected } from "../../protocols/rejection.ts";
import {
  countsAsStrike,
  type StrikeEntry,
  type StrikeRecord,
  type StrikeState,
} from "../../protocols/strike.ts";
import { buckets } from "../../protocols/subjects.ts";
import { record, remote, reply } from "../remote.ts";
import { changed, ended, expiredBy, isEntry, strikeLevel, strikesIn, withEntry } from "./ledger.ts";
import { excuseOf, gapsWithin, keptFromIt, pardonWindowMs, triesAt, wasKeptFromIt } from "./misses.ts";
import { type EmployeeContext, employee, replyToOf, same, strikeKey, unansweredBound } from "./setup.ts";

/** The record in the bucket: how many count now, and the last entry that changed it. */
const recordOf = (
  { id, policy }: EmployeeContext,
  entries: readonly StrikeEntry[],
  { application, assignment }: { readonly application: string; readonly assignment: number },
  at: number,
) =>
  [
    record(buckets.strikes, strikeKey(id)),
    {
      type: "StrikeRecord",
      ...({
        employee: id,
        count: strikesIn(entries),
        level: strikeLevel(strikesIn(entries), policy),
        application,
        assignment,
        at,
      } satisfies StrikeRecord),
    },
  ] as const;

/** On a `ReviewEnded` of a miss, before the offer is forgotten. */
export const considerMiss = employee.enqueueActions(({ context, event, enqueue }) => {
  if (event.type !== "ReviewEnded") return;
  const { application, assignment, strike, reason, evidence = null, at } = event;
  const offer = context.offers.find((one) => same(one, event));
  const from = evidence?.assignedAt ?? offer?.assignedAt ?? at;
  const gaps = gapsWithin(context.gaps, context.lostAt, from, evidence?.endedAt ?? at);
  const { pardons, policy, unanswered = [] } = context;
  const tries = evidence === null ? [] : triesAt(unanswered, event, evidence);
  const excuse = excuseOf({ strike, reason, evidence, tries, gaps, pardons, at }, policy);
  const entry: StrikeEntry = {
    ...{ application, assignment, at, evidence, linkGaps: gaps, unanswered: tries },
    title: offer?.title ?? "",
    company: offer?.company ?? "",
    state: excuse === null ? "judging" : "excused",
    count: 0,
    reason: excuse?.reason ?? "",
    appeal: null,
    decidedBy: null,
    decidedAt: null,
  };
  const recent = pardons.filter((given) => at - given < pardonWindowMs);
  enqueue.assign({
    entries: withEntry(context.entries, entry),
    pardons: excuse?.pardon === true ? [...recent, at] : recent,
  });
  if (excuse !== null) enqueue.emit({ type: "MissExcused", employee: context.id, entry });
  enqueue.sendTo(remote("dispatcher", context.queue), {
    type: "MissReported",
    ...{ employee: context.id, application, assignment, from, to: evidence?.endedAt ?? at },
    excused: excuse !== null,
  } satisfies DispatcherMessage);
});

/** A miss of what was not in hand any more (given back, locked): no strike, and said once. */
export const unheldMiss = ({ context, event }: { context: EmployeeContext; event: { type: string } }) =>
  event.type === "ReviewEnded" &&
  (event as { outcome?: string }).outcome === "missed" &&
  !context.entries.some(isEntry(event as never));

export const excuseUnheld = employee.enqueueActions(({ context, event, enqueue }) => {
  if (event.type !== "ReviewEnded") return;
  const { application, assignment, evidence = null, at } = event;
  const entry: StrikeEntry = {
    ...{ application, assignment, at, evidence, linkGaps: [], title: "", company: "", count: 0 },
    state: "excused",
    reason: "It was not with you any more when its time was over.",
    appeal: null,
    decidedBy: null,
    decidedAt: null,
  };
  enqueue.assign({ entries: withEntry(context.entries, entry) });
  enqueue.emit({ type: "MissExcused", employee: context.id, entry });
});

const judged = (context: EmployeeContext, event: { readonly type: string }) =>
  event.type === "MissJudged"
    ? context.entries.find((entry) => entry.state === "judging" && isEntry(event as never)(entry))
    : undefined;

/** The verdict is the person's, and it is the strike that locks. */
export const judgedToLock = ({ context, event }: { context: EmployeeContext; event: { type: string } }) =>
  judged(context, event) !== undefined &&
  (event as { verdict?: string }).verdict === "person" &&
  strikesIn(context.entries) + 1 >= context.policy.lockAtStrike;

export const judge = employee.enqueueActions(({ context, event, enqueue }) => {
  if (event.type !== "MissJudged") return;
  const found = judged(context, event);
  if (found === undefined) return;
  const { id, policy } = context;
  if (event.verdict !== "person") {
    const { entry, entries } = changed(
      context.entries,
      found,
      ended("excused", event.reason, null, event.at),
    );
    enqueue.assign({ entries });
    enqueue.emit({ type: "MissExcused", employee: id, entry });
    return;
  }
  const count = strikesIn(context.entries) + 1;
  const { entry, entries } = changed(context.entries, found, { state: "issued", count });
  const { application, assignment } = entry;
  enqueue.assign({ entries, streak: 0 });
  enqueue.emit({
    type: "StrikeRecorded",
    ...{ employee: id, application, assignment, count, level: strikeLevel(count, policy) },
  });
  enqueue.emit({ type: "StrikeIssued", employee: id, entry });
  enqueue.sendTo(...recordOf(context, entries, entry, event.at));
});

export const locked = employee.enqueueActions(({ context, event, enqueue }) => {
  enqueue.assign({ lockedAt: event.at, next: null });
  enqueue.emit({ type: "EmployeeLocked", employee: context.id, strikes: strikesIn(context.entries) });
});

type Enqueue = Parameters<Parameters<typeof employee.enqueueActions>[0]>[0]["enqueue"];
type Ending = readonly [entry: StrikeEntry, as: Partial<StrikeEntry>];
const byItself = (entry: StrikeEntry, state: StrikeState, reason: string, at: number): Ending => [
  entry,
  ended(state, reason, null, at),
];

/** Strikes are taken back, and misses that are still judged excused. */
function endAll(endings: readonly Ending[], context: EmployeeContext, at: number, enqueue: Enqueue) {
  let { entries } = context;
  let lastStrike: StrikeEntry | undefined;
  for (const [found, as] of endings) {
    const isStrike = countsAsStrike(found);
    const next = changed(entries, found, as);
    entries = next.entries;
    if (isStrike) lastStrike = next.entry;
    const type = isStrike ? "StrikeVoided" : "MissExcused";
    enqueue.emit({ type, employee: context.id, entry: next.entry });
  }
  if (endings.length > 0) enqueue.assign({ entries });
  if (lastStrike !== undefined) enqueue.sendTo(...recordOf(context, entries, lastStrike, at));
}

/** A review was finished in time: the streak grows, and what is old enough ends to count. */
export const sweep = employee.enqueueActions(({ context, event, enqueue }) => {
  const { policy, entries } = context;
  const { at } = event;
  const finished = event.type === "ReviewEnded" && event.outcome === "completed";
  const streak = context.streak + (finished ? 1 : 0);
  const expired = expiredBy(entries, at, policy.expireAfterDays);
  const clean = policy.cleanStreak > 0 && streak >= policy.cleanStreak;
  enqueue.assign({ streak: clean ? 0 : streak });
  const endings = expired.map((entry) => byItself(entry, "expired", "It has expired.", at));
  const oldest = entries.find((entry) => countsAsStrike(entry) && !expired.includes(entry));
  if (clean && oldest) endings.push(byItself(oldest, "expired", `${streak} reviews in time after it.`, at));
  endAll(endings, context, at, enqueue);
});

export const voidByIncident = employee.enqueueActions(({ context, event, enqueue }) => {
  if (event.type !== "VoidStrikes") return;
  const { misses, reason, at } = event;
  const inside = context.entries.filter(
    (entry) => countsAsStrike(entry) && misses.some((miss) => isEntry(miss)(entry)),
  );
  const endings = inside.map((entry) => byItself(entry, "voided", reason, at));
  endAll(endings, context, at, enqueue);
});

/** An edge could say it only when its own line was back: the miss may have been judged meanwhile. What a manager decided stays. */
export const weighUnanswered = employee.enqueueActions(({ context, event, enqueue }) => {
  if (event.type !== "CommandUnanswered") return;
  const { review, command, triedAt, at } = event;
  const tried = { review, command, triedAt };
  enqueue.assign({ unanswered: [...(context.unanswered ?? []), tried].slice(-unansweredBound) });
  const kept = context.entries.filter(
    ({ state, evidence, ...entry }) =>
      (state === "judging" || state === "issued" || state === "appealed") &&
      evidence !== null &&
      wasKeptFromIt(triesAt([tried], entry, evidence), evidence),
  );
  const endings = kept.map((found): Ending => {
    const [entry, as] = byItself(found, countsAsStrike(found) ? "voided" : "excused", keptFromIt.reason, at);
    return [entry, { ...as, unanswered: [...(entry.unanswered ?? []), tried] }];
  });
  endAll(endings, context, at, enqueue);
});

const nothingFound = rejected(
  "UnknownStrike",
  "There is no such strike that could be changed: it may have been decided meanwhile. Load the page again.",
);

export const appeal = employee.enqueueActions(({ context, event, enqueue }) => {
  if (event.type !== "AppealStrike") return;
  const found = context.entries.find(
    (entry) => (entry.state === "issued" || entry.state === "appealed") && isEntry(event)(entry),
  );
  if (found === undefined) return enqueue.sendTo(reply(event.replyTo), nothingFound);
  const { entry, entries } = changed(context.entries, found, {
    state: "appealed",
    appeal: { text: event.text, at: event.at },
  });
  enqueue.assign({ entries });
  enqueue.emit({ type: "StrikeAppealed", employee: context.id, entry });
  enqueue.sendTo(reply(event.replyTo), accepted);
});

/** In writing, by a person. Upheld and unlocked, the oldest are cleared until what is left is a warning. */
export const decide = employee.enqueueActions(({ context, event, enqueue }) => {
  if (event.type !== "DecideStrike") return;
  const { decision, by, reason, at } = event;
  const found = context.entries.find((entry) => countsAsStrike(entry) && isEntry(event)(entry));
  if (found === undefined) return enqueue.sendTo(reply(event.replyTo), nothingFound);
  let { entries, entry } = changed(
    context.entries,
    found,
    ended(decision === "void" ? "voided" : "upheld", reason, by, at),
  );
  const decided = entry;
  const cleared: StrikeEntry[] = [];
  while (decision === "uphold" && strikesIn(entries) >= context.policy.lockAtStrike) {
    const oldest = entries.find((one) => countsAsStrike(one) && !isEntry(decided)(one));
    if (oldest === undefined) break;
    ({ entries, entry } = changed(entries, oldest, ended("cleared", "Unlocked with a warning.", by, at)));
    cleared.push(entry);
  }
  enqueue.assign({ entries });
  enqueue.emit({ type: "StrikeDecided", employee: context.id, decision, entry: decided });
  for (const one of cleared) enqueue.emit({ type: "StrikeVoided", employee: context.id, entry: one });
  enqueue.sendTo(...recordOf(context, entries, decided, at));
  enqueue.sendTo(reply(event.replyTo), accepted);
});

/** A clean slate: the history stays in the ledger and in the read model. */
export const clear = employee.enqueueActions(({ context, event, enqueue }) => {
  if (event.type !== "Unlock") return;
  const { at, by, reason } = event;
  const endings = context.entries
    .filter(countsAsStrike)
    .map((entry): Ending => [entry, ended("cleared", reason, by, at)]);
  endAll(endings, context, at, enqueue);
});

/** Whoever it was: a manager's word, a decision, an incident. */
export const unlocked = employee.enqueueActions(({ context, event, enqueue }) => {
  enqueue.assign({ lockedAt: null });
  enqueue.emit({
    type: "EmployeeUnlocked",
    employee: context.id,
    by: "by" in event ? event.by : "the system",
    reason: "reason" in event ? event.reason : "A strike does not count any more.",
  });
});

export const tellLedger = employee.enqueueActions(({ context: { entries, lockedAt }, event, enqueue }) => {
  enqueue.sendTo(reply(replyToOf(event)), {
    type: "LedgerReply",
    strikes: strikesIn(entries),
    locked: lockedAt !== null,
    lockedAt,
    entries: [...entries].reverse(),
  } satisfies LedgerReply);
});
