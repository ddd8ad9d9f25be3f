/** What the portal's form asks and the bot could not answer. */
import { useId } from "react";
import { EvidenceList } from "../../components/evidence-list.tsx";

interface Props {
  readonly application: string;
  /** Pictures of the form as the bot left it. */
  readonly evidence: readonly string[];
  readonly questions: readonly string[];
  readonly answers: Readonly<Record<string, string>>;
  readonly disabled: boolean;
  readonly onChange: (question: string, answer: string) => void;
}

export function FormAnswers({ application, evidence, questions, answers, disabled, onChange }: Props) {
  if (questions.length === 0) return null;
  return (
    <section aria-label="Form questions">
      <h3 className="eyebrow mb-1">The form asks</h3>
      <p className="text-ink-soft mb-2">
        Your answers are kept in the candidate's answer book: no form asks for them again.
      </p>
      <EvidenceList application={application} evidence={evidence} />
      <div className="space-y-3">
        {questions.map((question) => (
          <Answer
            key={question}
            question={question}
            value={answers[question] ?? ""}
            disabled={disabled}
            onChange={(answer) => onChange(question, answer)}
          />
        ))}
      </div>
    </section>
  );
}

function Answer(props: {
  question: string;
  value: string;
  disabled: boolean;
  onChange: (answer: string) => void;
}) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block">
        {props.question}
        {props.value.trim() === "" && <span className="text-warn-text"> · needs an answer</span>}
      </label>
      <textarea
        id={id}
        rows={1}
        maxLength={20_000}
        className="field field-sizing-content resize-none"
        value={props.value}
        disabled={props.disabled}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </div>
  );
}
