/** What could be better about the draft. Advice only: nothing here is pasted into the résumé. */
import type { Suggestion } from "../../../../protocols/suggestion.ts";

export function SuggestionList({ suggestions }: { suggestions: readonly Suggestion[] }) {
  if (suggestions.length === 0) return null;
  return (
    <section aria-label="Suggestions" data-testid="suggestions" data-count={suggestions.length}>
      <h3 className="eyebrow mb-1">Suggestions</h3>
      <ul className="space-y-1.5">
        {suggestions.map(({ kind, line, message }) => (
          <li key={`${kind} ${line} ${message}`} className="flex gap-2">
            <span aria-hidden="true" className="text-accent-text">
              {kind === "missing" ? "?" : "✎"}
            </span>
            <span className="min-w-0 break-words">
              {message}
              {line && <span className="text-ink-soft block text-[13px]">{line}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
