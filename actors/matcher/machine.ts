/**
 * A matcher actor: one job. It has the job scored against the candidates who look for such work and proposes it to the
 * application of each that fits.
 */
import { assign, enqueueActions, sendTo, setup } from "xstate";
import type { JobReference } from "../../protocols/application.ts";
import type { CandidateProfile } from "../../protocols/candidate.ts";
import type { Fact } from "../../protocols/event.ts";
import type { MatchScore } from "../../protocols/match-score.ts";
import type { MatcherMessage } from "../../protocols/portal.ts";
import type { Posting } from "../../protocols/posting.ts";
import { backOffMs } from "../back-off.ts";
import type { Heard } from "../heard.ts";
import { messageOf } from "../message-of.ts";
import { deadLetter, remote } from "../remote.ts";
import { task } from "../task.ts";

export interface MatchInput {
  readonly posting: Posting;
  /** Applications that this posting was proposed to already: their candidates are left out. */
  readonly except: readonly string[];
}

export interface MatchOutput {
  /** Candidates of the region. */
  readonly considered: number;
  /** Those whose search fits, best first, at most 100. */
  readonly matches: readonly { readonly candidate: CandidateProfile; readonly score: MatchScore }[];
  /** Whether others could be approved by the machine and did not fit into this answer. */
  readonly more: boolean;
}

/** In one answer. Who could be approved by the machine comes in a further one; of the others only the best are proposed. */
export const maxMatches = 100;
/** Names kept for when the job closes, half of what a snapshot may hold. */
export const maxProposed = 2_000;
/** Tries before the job becomes a dead letter; with the bounds below about an hour. */
export const maxTries = 10;
const bounds = { minMs: 2_000, maxMs: 15 * 60_000 };

interface Context {
  readonly id: string;
  /** Kept only until it is matched. */
  readonly posting: Posting | null;
  readonly tries: number;
  /** Why the last try failed, for people. */
  readonly trouble: string;
  /** Applications that it was proposed to: they are told when the job closes. States that were stored before lack it. */
  readonly proposed?: readonly string[];
  /** Those of the matching that is under way. */
  readonly told?: readonly string[];
}

/** One application per candidate and job, whichever board the job came from. */
export const applicationId = (candidate: string, job: string) => `${candidate}-${job}`;

const jobOf = (posting: Posting): JobReference => ({
  id: posting.id,
  title: posting.title,
  company: posting.company,
  region: posting.region,
  portal: posting.portal,
  url: posting.url,
  applyUrl: posting.applyUrl,
});

const postingOf = ({ id, posting }: Context): Posting => {
  if (posting === null)
    throw new Error(`Matcher ${id} has no posting in hand: it matches only after JobListed.`);
  return posting;
};

const matcher = setup({
  types: {
    context: {} as Context,
    events: {} as Heard<MatcherMessage>,
    input: {} as { id: string; at: number },
    emitted: {} as Fact,
  },
  actors: { match: task<MatchOutput, MatchInput>() },
  actions: {
    propose: enqueueActions(({ context, enqueue }, { matches }: MatchOutput) => {
      const job = jobOf(postingOf(context));
      for (const { candidate, score } of matches)
        enqueue.sendTo(remote("application", applicationId(candidate.id, job.id)), {
          type: "Propose",
          candidate,
          job,
          score,
        });
      const now = matches.map(({ candidate }) => applicationId(candidate.id, job.id));
      enqueue.assign({
        tries: 0,
        trouble: "",
        told: [...(context.told ?? []), ...now],
        proposed: [...new Set([...(context.proposed ?? []), ...now])].slice(-maxProposed),
      });
    }),
    conclude: enqueueActions(({ context, enqueue }, { considered }: MatchOutput) => {
      const { id } = postingOf(context);
      enqueue.emit({ type: "JobMatched", job: id, considered, proposed: context.told?.length ?? 0 });
      enqueue.assign({ posting: null, told: [] });
    }),
    tellClosed: enqueueActions(({ context, event, enqueue }) => {
      if (event.type !== "JobClosed") return;
      for (const application of context.proposed ?? [])
        enqueue.sendTo(remote("application", application), { type: "PostingClosed", reason: event.reason });
      enqueue.assign({ posting: null, tries: 0, trouble: "", told: [] });
    }),
    // The safe HTML is for people; without it the snapshot is half as large.
    take: assign(({ event }) =>
      event.type === "JobListed" ? { posting: { ...event.posting, descriptionHtml: "" } } : {},
    ),
    failed: assign(({ context }, { message }: { message: string }) => ({
      tries: context.tries + 1,
      trouble: message.slice(0, 500),
    })),
    bury: sendTo(
      ({ context }) => deadLetter("matcher", context.id),
      ({ context }) => ({
        type: "DeadLetter",
        actor: `matcher.${context.id}`,
        cause: {
          name: "MatchFailed",
          message: `The job could not be matched in ${maxTries} tries: ${context.trouble}`,
        },
        message: { type: "JobListed", posting: context.posting },
      }),
    ),
  },
  delays: { backOff: ({ context }) => backOffMs(context.id, context.tries, bounds) },
});

const closes = { target: "closed", actions: "tellClosed" } as const;

export const matcherMachine = matcher.createMachine({
  id: "matcher@1",
  context: ({ input }) => ({ id: input.id, posting: null, tries: 0, trouble: "", proposed: [], told: [] }),
  initial: "unknown",
  states: {
    unknown: {
      on: {
        JobListed: {
          target: "matching",
          actions: "take",
        },
      },
    },
    matching: {
      on: { JobClosed: closes },
      invoke: {
        src: "match",
        input: ({ context }) => ({ posting: postingOf(context), except: context.told ?? [] }),
        onDone: [
          {
            guard: ({ event }) => event.output.more,
            target: "matching",
            reenter: true,
            actions: { type: "propose", params: ({ event }) => event.output },
          },
          {
            target: "matched",
            actions: [
              { type: "propose", params: ({ event }) => event.output },
              { type: "conclude", params: ({ event }) => event.output },
            ],
          },
        ],
        onError: {
          target: "backingOff",
          actions: { type: "failed", params: ({ event }) => ({ message: messageOf(event.error) }) },
        },
      },
    },
    backingOff: {
      always: { guard: ({ context }) => context.tries >= maxTries, target: "failed", actions: "bury" },
      after: { backOff: "matching" },
      on: { JobClosed: closes },
    },
    matched: { on: { JobClosed: closes } },
    failed: {},
    /** Gone from its boards. Open again, it is matched anew: what was closed goes on, and new candidates may have come. */
    closed: { on: { JobListed: { target: "matching", actions: "take" } } },
  },
});
