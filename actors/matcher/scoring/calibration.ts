/**
 * From points to the score. `points` is the weighted sum of the parts, 0 to 1; the score is 100 times the share of pairs
 * with that many points that are fits: a logistic curve, fitted once by `npm run eval:ats -- --fit` (docs/matching.md has
 * the figures and the date). So 90 means that nine in ten such pairs are fits.
 *
 * A posting that does not say what the job is called has a curve of its own: what is measured there tells less, so
 * the same points are worth less.
 */
interface Curve {
  readonly bias: number;
  readonly slope: number;
}

export const CURVES: Readonly<Record<"titled" | "untitled", Curve>> = {
  titled: { bias: -2.85, slope: 14.35 },
  untitled: { bias: -1.05, slope: 3.42 },
};

/** 0 to 100, rising with `points`. */
export function calibrated(points: number, titled: boolean): number {
  const { bias, slope } = titled ? CURVES.titled : CURVES.untitled;
  return 100 / (1 + Math.exp(-(bias + slope * points)));
}
