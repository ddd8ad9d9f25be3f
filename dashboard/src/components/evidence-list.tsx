/** What an attempt at a form left behind, each to be opened in a tab of its own. */
import { pathOf } from "../api/call.ts";

export function EvidenceList({
  application,
  evidence,
}: {
  application: string;
  evidence: readonly string[];
}) {
  if (evidence.length === 0) return null;
  return (
    <ul className="mt-1 list-disc pl-5" data-testid="evidence">
      {evidence.map((key) => (
        <li key={key}>
          <a
            className="text-accent-text break-all underline underline-offset-2"
            href={pathOf("evidence", { params: { application }, query: { key } })}
            target="_blank"
            rel="noreferrer"
          >
            {nameOf(key)}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** "ada-f00d/2-before.png": the form as filled, attempt 2. */
function nameOf(key: string): string {
  const [, attempt, step] = /(\d+)-([\w.]+)$/.exec(key) ?? [];
  const what = {
    "before.png": "The form as it was filled",
    "after.png": "The page after the button",
    "fields.json": "What went into each field, and why",
    "proof.json": "What the portal said",
  }[step ?? ""];
  return what === undefined ? (key.split("/").at(-1) ?? key) : `${what} (attempt ${attempt})`;
}
