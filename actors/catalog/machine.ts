/**
 * A catalog actor: the jobs of one company under one title, whichever boards list them. Its id is what all copies of a job have in
 * common (`group.ts`), so every copy reaches the same actor; that one tells what is the same job, what has changed, what is gone.
 *
 * Hears  JobDiscovered (portal, by JOBS) · PostingGone (portal)
 * Tells  JOBS new: JobListed · matcher: JobClosed
 * Holds  of each job its traits and which boards show it
 */
import { setup } from "xstate";
import type { Fact } from "../../protocols/event.ts";
import type { CatalogMessage } from "../../protocols/portal.ts";
import { topics } from "../../protocols/subjects.ts";
import type { Heard } from "../heard.ts";
import { remote, topic } from "../remote.ts";
import {
  digestOf,
  findJob,
  findSighted,
  isStoredFrom,
  type Job,
  newJob,
  withJob,
  withoutSighting,
  withSighting,
} from "./job.ts";
import { traitsOf } from "./same-job.ts";

const catalog = setup({
  types: {
    context: {} as { readonly id: string; readonly jobs: readonly Job[] },
    events: {} as Heard<CatalogMessage>,
    input: {} as { id: string; at: number },
    emitted: {} as Fact,
  },
});

const discovered = catalog.enqueueActions(({ context: { jobs }, event, enqueue }) => {
  if (event.type !== "JobDiscovered") return;
  const key = event.key ?? event.posting.externalId;
  const { portal, externalId, url } = event.posting;
  const known = findJob(jobs, event.posting, key);
  if (known === undefined) {
    const job = newJob(jobs, event.posting, key);
    const posting = { ...event.posting, id: job.id };
    enqueue.assign({ jobs: withJob(jobs, job) });
    enqueue.sendTo(topic(topics.listed(posting.region)), { type: "JobListed", posting });
    enqueue.emit({ type: "JobListed", job: job.id, posting });
    return;
  }
  const posting = { ...event.posting, id: known.id };
  const seenBefore = findSighted([known], portal, key) !== undefined;
  const seen = withSighting(known, portal, key);
  const digest = digestOf(event.posting);
  // Of several boards one speaks for the job; else their wordings would take turns.
  const changed = isStoredFrom(seen, portal, key) && digest !== known.digest;
  enqueue.assign({ jobs: withJob(jobs, changed ? { ...seen, digest, ...traitsOf(posting) } : seen) });
  if (!seenBefore) enqueue.emit({ type: "JobSeenAgain", job: known.id, portal, externalId, url });
  if (!known.open) {
    enqueue.sendTo(topic(topics.listed(posting.region)), { type: "JobListed", posting });
    enqueue.emit({ type: "JobReopened", job: known.id, posting });
  } else if (changed) enqueue.emit({ type: "JobUpdated", job: known.id, posting });
});

const gone = catalog.enqueueActions(({ context: { jobs }, event, enqueue }) => {
  if (event.type !== "PostingGone") return;
  const { portal, key, reason } = event;
  const job = findSighted(jobs, portal, key);
  if (job === undefined) return;
  const left = withoutSighting(job, portal, key);
  enqueue.assign({ jobs: withJob(jobs, left) });
  if (left.open || !job.open) return;
  enqueue.emit({ type: "JobClosed", job: job.id, reason });
  enqueue.sendTo(remote("matcher", job.id), { type: "JobClosed", job: job.id, reason });
});

export const catalogMachine = catalog.createMachine({
  id: "catalog@2",
  context: ({ input }) => ({ id: input.id, jobs: [] }),
  initial: "listing",
  states: {
    listing: { on: { JobDiscovered: { actions: discovered }, PostingGone: { actions: gone } } },
  },
});
