/**
 * A stretch of time as one band: each piece as long as it lasted, neighbours that are alike in one. Colour and pattern both tell
 * the state, and the shares stand beside it in words.
 */

export interface Piece<S extends string> {
  readonly from: number;
  readonly state: S;
}

export interface StateLook {
  readonly word: string;
  /** Of an SVG rect. */
  readonly fill: string;
  /** Lower than the others, so that not only the colour tells them apart; 0 to 1. */
  readonly height: number;
}

interface Props<S extends string> {
  readonly label: string;
  /** Oldest first; the last one lasts until `until`. */
  readonly pieces: ReadonlyArray<Piece<S>>;
  readonly from: number;
  readonly until: number;
  readonly looks: Readonly<Record<S, StateLook>>;
  /** Whether the shares are written out. */
  readonly legend?: boolean;
}

const high = 20;
const wide = 1_000;

export function StateTimeline<S extends string>({ label, pieces, from, until, looks, legend }: Props<S>) {
  const spans = spansOf(pieces, from, until);
  const shares = new Map<S, number>();
  for (const { state, start, end } of spans) shares.set(state, (shares.get(state) ?? 0) + end - start);
  const words = [...shares].map(
    ([state, ms]) => `${looks[state].word} ${Math.round((100 * ms) / Math.max(1, until - from))} %`,
  );
  const x = (at: number) => (wide * (at - from)) / Math.max(1, until - from);
  return (
    <div className="min-w-0">
      <svg
        role="img"
        aria-label={`${label}: ${words.join(", ") || "nothing yet"}`}
        viewBox={`0 0 ${wide} ${high}`}
        preserveAspectRatio="none"
        className="bg-sunken h-5 w-full rounded"
      >
        {spans.map(({ state, start, end }) => {
          const tall = high * looks[state].height;
          return (
            <rect
              key={start}
              x={x(start)}
              y={high - tall}
              width={Math.max(1, x(end) - x(start))}
              height={tall}
              className={looks[state].fill}
            />
          );
        })}
      </svg>
      {legend && (
        <ul className="text-ink-soft mt-1 flex flex-wrap gap-x-4 text-[13px]">
          {[...shares.keys()].map((state, i) => (
            <li key={state} className="flex items-center gap-1.5">
              <svg aria-hidden="true" width="10" height="10">
                <rect
                  y={10 - 10 * looks[state].height}
                  width="10"
                  height={10 * looks[state].height}
                  className={looks[state].fill}
                />
              </svg>
              {words[i]}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Cut to the stretch; a state that began before it fills its beginning. */
export function spansOf<S extends string>(pieces: ReadonlyArray<Piece<S>>, from: number, until: number) {
  const spans: { state: S; start: number; end: number }[] = [];
  for (const [i, piece] of pieces.entries()) {
    const start = Math.max(from, piece.from);
    const end = Math.min(until, pieces[i + 1]?.from ?? until);
    if (end <= start) continue;
    const before = spans.at(-1);
    if (before?.state === piece.state && before.end === start) before.end = end;
    else spans.push({ state: piece.state, start, end });
  }
  return spans;
}
