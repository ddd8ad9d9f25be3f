/** What a person is asked to judge: why the machine did not, what the form asks, and which claims are new. */
import type { ReviewInHand } from "../../../../protocols/api/http.ts";
import type { Changes } from "../../resume/changes.ts";
import type { LiveScore } from "../../state/live-score.ts";
import { FormAnswers } from "./form-answers.tsx";
import { ScoreParts } from "./score-parts.tsx";
import { SuggestionList } from "./suggestion-list.tsx";

interface Props {
  readonly review: ReviewInHand;
  readonly live: LiveScore;
  readonly claims: Changes["claims"];
  readonly answers: Readonly<Record<string, string>>;
  readonly disabled: boolean;
  readonly onAnswer: (question: string, answer: string) => void;
}

export function CheckPane({ review, live, claims, answers, disabled, onAnswer }: Props) {
  return (
    <div className="space-y-5">
      <section aria-label="Why a human?">
        <h3 className="eyebrow mb-1">Why a human?</h3>
        <p data-testid="review-reason">
          {review.reviewReason || "The match is below what is sent by itself."}
        </p>
      </section>
      <FormAnswers
        application={review.application}
        evidence={review.evidence ?? []}
        questions={review.questions}
        answers={answers}
        disabled={disabled}
        onChange={onAnswer}
      />
      <section aria-label="New claims" data-testid="new-claims" data-count={claims.length}>
        <h3 className="eyebrow mb-1">Claims to vouch for</h3>
        {claims.length === 0 ? (
          <p className="text-ink-soft">
            <span aria-hidden="true" className="text-good-text">
              ✓{" "}
            </span>
            Nothing is claimed that the base résumé does not say.
          </p>
        ) : (
          <ul className="space-y-1.5">
            {claims.map(({ line, words }) => (
              <li key={line} className="flex gap-2">
                <span aria-hidden="true" className="text-warn-text">
                  ⚠
                </span>
                <span className="min-w-0 break-words">
                  <span className="text-warn-text font-medium">{words.join(", ")}</span>
                  <span className="text-ink-soft block text-[13px]">{line}</span>
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <ScoreParts score={live.rescored?.score ?? review.score} />
      {live.problem && (
        <p className="text-warn-text" role="status">
          The score is of an earlier draft: {live.problem}
        </p>
      )}
      <SuggestionList suggestions={live.rescored?.suggestions ?? []} />
    </div>
  );
}
