/** One plain sentence about what happened and what to do. `alert` is read at once, `status` when there is a pause. */
import type { ReactNode } from "react";

type Tone = "good" | "warn" | "bad" | "plain";
const looks: Record<Tone, { box: string; mark: string }> = {
  good: { box: "bg-good-soft border-good text-good-text", mark: "✓" },
  warn: { box: "bg-warn-soft border-warn text-warn-text", mark: "▲" },
  bad: { box: "bg-bad-soft border-bad text-bad-text", mark: "✕" },
  plain: { box: "bg-sunken border-line text-ink", mark: "·" },
};

interface Props {
  readonly tone: Tone;
  readonly children: ReactNode;
  readonly role?: "alert" | "status";
  readonly testId?: string;
}

export function Notice({ tone, children, role = "status", testId }: Props) {
  const { box, mark } = looks[tone];
  return (
    <div role={role} data-testid={testId} className={`flex gap-2 rounded-lg border px-3 py-2 ${box}`}>
      <span aria-hidden="true">{mark}</span>
      <div className="flex-1">{children}</div>
    </div>
  );
}
