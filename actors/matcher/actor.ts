/** The matcher kind: one actor per job, fed with every job that the catalog lists. */
import { Schema } from "effect";
import { MatcherMessage } from "../../protocols/portal.ts";
import { streams, subjects } from "../../protocols/subjects.ts";
import { defineActor } from "../define-actor.ts";
import { matcherMachine } from "./machine.ts";

const decode = Schema.decodeUnknownSync(MatcherMessage);

export const matcherActor = defineActor({
  kind: "matcher",
  machine: matcherMachine,
  message: MatcherMessage,
  // The machine keeps its own count of tries, across restarts.
  tasks: { match: { retries: 0, timeoutMs: 300_000, concurrency: 8 } },
  feeds: [
    {
      stream: streams.jobs,
      filter: subjects.allNew,
      route: (message) => {
        const listed = decode(message);
        return listed.type === "JobListed" ? listed.posting.id : listed.job;
      },
    },
  ],
});
