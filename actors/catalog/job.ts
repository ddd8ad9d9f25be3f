/** One job as a catalog actor remembers it: enough to recognise it, and who shows it. */
import { createHash } from "node:crypto";
import type { Posting } from "../../protocols/posting.ts";
import { isSameJob, type Traits, traitsOf } from "./same-job.ts";

/** One board that shows the job, or did. */
export interface Sighting {
  readonly portal: string;
  /** The board's own name for it. */
  readonly key: string;
  readonly gone: boolean;
}

export interface Job extends Traits {
  readonly id: string;
  readonly open: boolean;
  /** Of what its first board shows: tells whether it changed. */
  readonly digest: string;
  /** The first that is not gone is the one whose posting is stored. */
  readonly sightings: readonly Sighting[];
}

/** A job on more boards than this is told again each time one of the forgotten ones shows it: harmless. */
export const maxSightings = 10;
/** Jobs of one company and title; a job takes some 700 bytes. Forgotten ones are listed again under the same id: harmless. */
export const maxJobs = 60;

/** What of a posting matters to those who read it; an edit of anything else is none. */
export const digestOf = ({
  title,
  locations,
  remote,
  employmentType,
  salary,
  description,
  url,
  applyUrl,
}: Posting) =>
  createHash("sha256")
    .update(JSON.stringify([title, locations, remote, employmentType, salary, description, url, applyUrl]))
    .digest("hex")
    .slice(0, 12);

const shows = (job: Job, portal: string, key: string) =>
  job.sightings.some((one) => one.portal === portal && one.key === key);

export const findSighted = (jobs: readonly Job[], portal: string, key: string) =>
  jobs.find((job) => shows(job, portal, key));

/** The job that this posting is of: the one that shows it already, else the one that it equals. An open one comes first. */
export function findJob(jobs: readonly Job[], posting: Posting, key: string): Job | undefined {
  const known = findSighted(jobs, posting.portal, key);
  if (known !== undefined) return known;
  const traits = traitsOf(posting);
  const equal = jobs.filter((job) =>
    isSameJob(
      job,
      traits,
      job.sightings.some(({ portal, gone }) => portal === posting.portal && !gone),
    ),
  );
  return equal.find(({ open }) => open) ?? equal[0];
}

/** A job of its own. Its id is the fingerprint, so that it is the same after any loss; two of one fingerprint are told apart. */
export function newJob(jobs: readonly Job[], posting: Posting, key: string): Job {
  const taken = jobs.some(({ id }) => id === posting.fingerprint);
  const apart = createHash("sha256").update(`${posting.portal}\n${key}`).digest("hex").slice(0, 8);
  return {
    id: taken ? `${posting.fingerprint}-${apart}` : posting.fingerprint,
    open: true,
    digest: digestOf(posting),
    sightings: [{ portal: posting.portal, key, gone: false }],
    ...traitsOf(posting),
  };
}

/** Whether the posting that is stored comes from this board. */
export const isStoredFrom = ({ sightings }: Job, portal: string, key: string): boolean => {
  const first = sightings.find(({ gone }) => !gone) ?? sightings[0];
  return first?.portal === portal && first.key === key;
};

/** The board shows it, now or again. */
export function withSighting(job: Job, portal: string, key: string): Job {
  const known = shows(job, portal, key);
  const sightings = known
    ? job.sightings.map((one) => (one.portal === portal && one.key === key ? { ...one, gone: false } : one))
    : // The first stays first; among the others the newest count.
      [
        ...job.sightings.slice(0, 1),
        ...job.sightings.slice(1).slice(-(maxSightings - 2)),
        { portal, key, gone: false },
      ];
  return { ...job, sightings, open: true };
}

/** The board does not show it any more; without any board it is closed. */
export function withoutSighting(job: Job, portal: string, key: string): Job {
  const sightings = job.sightings.map((one) =>
    one.portal === portal && one.key === key ? { ...one, gone: true } : one,
  );
  return { ...job, sightings, open: sightings.some(({ gone }) => !gone) };
}

/** With this job in its new state, at most `maxJobs`: closed ones are forgotten first, then the oldest. */
export function withJob(jobs: readonly Job[], job: Job): readonly Job[] {
  const others = jobs.filter(({ id }) => id !== job.id);
  if (others.length < jobs.length || jobs.length < maxJobs)
    return jobs.length === others.length
      ? [...jobs, job]
      : jobs.map((one) => (one.id === job.id ? job : one));
  const first = others.find(({ open }) => !open) ?? others[0];
  return [...others.filter((one) => one !== first), job];
}
