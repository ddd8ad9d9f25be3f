/**
 * From points to the score. `points` is the weighted sum of the parts, 0 to 1; the score is 100 times the share of pairs
 * with that many points that are fits: a logistic curve, fitted once with `npm run eval:ats -- --fit` (`docs/matching.md`
 * has the figures and the date). So 90 means that nine in ten such pairs are fits.
 *
 * A posting that does not say what the job is called has a curve of its own: there the same points tell less, and never
 * enough for 90.
 */
export interface Curve {
  readonly bias: number;
  readonly slope: number;
}

const CURVES: Readonly<Record<"titled" | "untitled", Curve>> = {
  titled: { bias: -3.2, slope: 15.5 },
  untitled: { bias: -1.05, slope: 3.4 },
};
/** Where everything agrees, one pair in 25 is no fit all the same; without this the curve promises more than it keeps. */
const NEVER_SURE = 0.04;

/** 0 to 96, rising with `points`. */
export function calibrated(points: number, titled: boolean): number {
  const { bias, slope } = titled ? CURVES.titled : CURVES.untitled;
  return (100 * (1 - NEVER_SURE)) / (1 + Math.exp(-(bias + slope * points)));
}
