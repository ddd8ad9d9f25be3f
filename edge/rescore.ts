/**
 * The live score: the résumé as it stands in the editor, scored against the posting of the review in hand. The encoder starts
 * with the first question of this edge, and with a cache per sentence one edited line costs one sentence.
 */
import type { Embedder, MatcherCapabilities } from "../actors/matcher/capabilities.ts";
import { suggestionsFor } from "../actors/matcher/suggestions.ts";
import type { Rescored, ResumeDocument } from "../protocols/api/http.ts";
import { JsonResume } from "../protocols/json-resume.ts";
import type { Posting } from "../protocols/posting.ts";
import { createEmbedder } from "../supervisors/capabilities/embeddings/embedder.ts";
import { createScoring } from "../supervisors/capabilities/embeddings/score-match.ts";
import { createVectorStore } from "../supervisors/capabilities/embeddings/vector-store.ts";
import type { Database } from "../supervisors/storage/postgres/open-postgres.ts";
import { decodeOrRefuse } from "./decode.ts";
import { Refusal } from "./problem.ts";
import type { Held, Reviews } from "./reviews.ts";

export interface Rescorer {
  /** @throws Refusal if this employee does not hold this review, or the posting is gone. */
  rescore(employee: string, held: Held, resume: ResumeDocument): Promise<Rescored>;
  close(): Promise<void>;
}

export function createRescorer(reviews: Reviews, sql: Database, log: (line: string) => void): Rescorer {
  let starting: Promise<{ embedder: Embedder; scoring: MatcherCapabilities }> | undefined;
  /** The postings of the reviews in hand here; they don't change while somebody reviews. */
  const postings = new Map<string, Posting>();

  const scorer = () => {
    // One thread: what is typed is one sentence at a time, and an edge has other work.
    starting ??= createEmbedder({ threads: 1, store: createVectorStore(sql, { warn: log }) }).then(
      (embedder) => ({ embedder, scoring: createScoring(embedder) }),
    );
    starting.catch(() => {
      starting = undefined; // The next question starts it again.
    });
    return starting;
  };

  const postingOf = async (job: string): Promise<Posting> => {
    const known = postings.get(job) ?? (await reviews.posting(job));
    if (known === null)
      throw new Refusal(
        409,
        "PostingGone",
        "The posting is not kept any more, so the résumé can't be scored again.",
      );
    postings.delete(job);
    postings.set(job, known);
    const oldest = postings.keys().next().value;
    if (postings.size > 200 && oldest !== undefined) postings.delete(oldest);
    return known;
  };

  return {
    async rescore(employee, { application, assignment }, document) {
      const resume = decodeOrRefuse(JsonResume, document, "résumé");
      const found = await reviews.describe(application);
      if (found.employee !== employee || found.assignment !== assignment || found.job === null)
        throw new Refusal(409, "NotYourAssignment", "This review is not with you any more.");
      const score = await (await scorer()).scoring.scoreMatch(await postingOf(found.job.id), resume);
      return { score, suggestions: suggestionsFor(score, resume) };
    },
    close: async () => {
      await (await starting)?.embedder.close();
    },
  };
}
