/** Four circles, filled one by one: calm where all is well, and the rule beside it so that nobody has to guess. */

export function Standing({ strikes, withRule = false }: { strikes: number; withRule?: boolean }) {
  const word = strikes >= 4 ? "Locked" : strikes === 3 ? "Warning" : "Good";
  const sentence = `Standing: ${word}, ${strikes} of 4 strikes`;
  return (
    <span className="inline-flex items-center gap-2" data-testid="standing" data-strikes={strikes}>
      <span
        role="img"
        aria-label={sentence}
        title={`${strikes} of 4; a warning at 3`}
        className="tracking-widest"
      >
        <span aria-hidden="true" className={strikes >= 3 ? "text-bad" : "text-ink-soft"}>
          {"●".repeat(Math.min(4, strikes))}
          {"○".repeat(Math.max(0, 4 - strikes))}
        </span>
      </span>
      {withRule && (
        <span className="text-ink-soft">
          {word} · {strikes} of 4, a warning at 3, locked at 4
        </span>
      )}
    </span>
  );
}
