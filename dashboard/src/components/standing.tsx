/** A circle for each strike until the one that locks: calm where all is well, and the rule beside it so that nobody has to guess. */

export interface Strikes {
  readonly strikes: number;
  readonly warnAtStrike: number;
  readonly lockAtStrike: number;
}

export function Standing({ of, withRule = false }: { of: Strikes; withRule?: boolean }) {
  const { strikes, warnAtStrike, lockAtStrike } = of;
  const word = strikes >= lockAtStrike ? "Locked" : strikes >= warnAtStrike ? "Warning" : "Good";
  const sentence = `Standing: ${word}, ${strikes} of ${lockAtStrike} strikes`;
  return (
    <span className="inline-flex items-center gap-2" data-testid="standing" data-strikes={strikes}>
      <span
        role="img"
        aria-label={sentence}
        title={`${strikes} of ${lockAtStrike}; a warning at ${warnAtStrike}`}
        className="tracking-widest"
      >
        <span aria-hidden="true" className={strikes >= warnAtStrike ? "text-bad" : "text-ink-soft"}>
          {"●".repeat(Math.min(lockAtStrike, strikes))}
          {"○".repeat(Math.max(0, lockAtStrike - strikes))}
        </span>
      </span>
      {withRule && (
        <span className="text-ink-soft">
          {word} · {strikes} of {lockAtStrike}, a warning at {warnAtStrike}, locked at {lockAtStrike}
        </span>
      )}
    </span>
  );
}
