/**
 * The matcher's task `match`: the candidates of the job's region whose search fits its title, each scored with the résumé
 * that speaks for them now.
 */
import type { NatsConnection } from "@nats-io/transport-node";
import type { Embedder } from "../../../actors/matcher/capabilities.ts";
import {
  applicationId,
  type MatchInput,
  type MatchOutput,
  maxMatches,
} from "../../../actors/matcher/machine.ts";
import { worthScoring } from "../../../actors/matcher/prefilter.ts";
import type { CandidateProfile } from "../../../protocols/candidate.ts";
import type { JsonResume } from "../../../protocols/json-resume.ts";
import type { TaskContext } from "../../runtime/tasks.ts";
import { createScoring } from "../embeddings/score-match.ts";
import { createCandidateDirectory } from "./candidate-directory.ts";
import { createResumeStore, ResumeUnreadable } from "./resume-store.ts";

export interface MatchDeps {
  readonly nc: NatsConnection;
  readonly embedder: Embedder;
  /** From this score on a machine may approve: nobody who could reach it is left out. */
  readonly threshold: number;
  /** Told of a candidate who can't be scored (an unreadable résumé): the others go on. */
  readonly warn?: (line: string) => void;
}

/** A task's answer is one message of the broker, which takes 1 MiB. */
const maxBytes = 700_000;
/** Résumés whose sentences go to the encoder together: enough for its threads. */
const together = 16;

/** @throws EmbeddingsUnavailable or a broker error (the machine tries again) */
export function matchTask({ nc, embedder, threshold, warn = console.warn }: MatchDeps) {
  const directory = createCandidateDirectory(nc);
  const resumes = createResumeStore(nc);
  const scoring = createScoring(embedder);

  return async (
    { posting, except }: MatchInput,
    { signal }: Pick<TaskContext, "signal">,
  ): Promise<MatchOutput> => {
    const { profiles, unreadable } = await directory.inRegion(posting.region);
    if (unreadable > 0)
      warn(`${unreadable} candidate profiles in the bucket can't be read and are left out.`);
    const matches: MatchOutput["matches"][number][] = [];
    const looking: { candidate: CandidateProfile; resume: JsonResume; most: number }[] = [];
    const told = new Set(except);
    const first = told.size === 0;
    const left = profiles.filter(({ id }) => !told.has(applicationId(id, posting.id)));
    for (const candidate of left.filter((profile) => looksFor(profile, posting.title))) {
      signal.throwIfAborted();
      try {
        const resume = await resumes.read(candidate.resumeVersion);
        looking.push({ candidate, resume, most: scoring.mostScore(posting, resume) });
      } catch (error) {
        if (!(error instanceof ResumeUnreadable)) throw error;
        warn(`Candidate ${candidate.id} was not scored for ${posting.id}: ${error.message}`);
      }
    }
    // Of those who can't be approved by the machine the best were told in the first answer.
    const worth = worthScoring(looking, threshold, first ? maxMatches : 0);
    for (let at = 0; at < worth.length; at += together) {
      signal.throwIfAborted();
      const scored = worth.slice(at, at + together).map(async ({ candidate, resume }) => ({
        candidate,
        score: await scoring.scoreMatch(posting, resume),
      }));
      matches.push(...(await Promise.all(scored)));
    }
    matches.sort((a, b) => b.score.score - a.score.score || (a.candidate.id < b.candidate.id ? -1 : 1));
    const approvable = matches.filter(({ score }) => score.score >= threshold);
    const answer = within(first ? matches : approvable);
    return {
      considered: profiles.length,
      matches: answer,
      more: answer.length > 0 && approvable.length > answer.length,
    };
  };
}

/** Whether a title has one of the words or phrases that the candidate looks for. Who names none looks at everything. */
export function looksFor({ search }: Pick<CandidateProfile, "search">, title: string): boolean {
  const words = ` ${plain(title)} `;
  const wanted = search.map(plain).filter((phrase) => phrase !== "");
  return wanted.length === 0 || wanted.some((phrase) => words.includes(` ${phrase} `));
}

const plain = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+#&]+/gu, " ")
    .trim();

function within(matches: readonly MatchOutput["matches"][number][]) {
  let bytes = 0;
  return matches.slice(0, maxMatches).filter((match) => {
    bytes += Buffer.byteLength(JSON.stringify(match));
    return bytes <= maxBytes;
  });
}
