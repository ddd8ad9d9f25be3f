/** Whether a score of 70 is a fit seven times in ten, and which curve would make it so. */
import type { Curve } from "../../actors/matcher/scoring/calibration.ts";
import type { LabelledPair } from "./labelled-pairs.ts";
import type { ScoredLabel } from "./score-labelled.ts";

interface Labelled extends ScoredLabel {
  readonly fit: number;
  readonly posting: string;
}

/** Without the constructed pairs: they say what a cheat gets, not how often a score is right. */
const labelled = (pairs: readonly LabelledPair[], scored: readonly ScoredLabel[]): Labelled[] =>
  scored.flatMap((one, at) => {
    const pair = pairs[at];
    return pair === undefined || pair.label === null || pair.source === "probe-stuffed"
      ? []
      : [{ ...one, fit: pair.label, posting: pair.jd_id }];
  });

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

export function reliability(pairs: readonly LabelledPair[], scored: readonly ScoredLabel[]): string {
  const all = labelled(pairs, scored);
  const rows = Array.from({ length: 10 }, (_, tens) => {
    const here = all.filter(({ score }) => Math.min(9, Math.floor(score / 10)) === tens);
    const [said, found] = [mean(here.map(({ score }) => score)), 100 * mean(here.map(({ fit }) => fit))];
    return `| ${10 * tens} to ${10 * tens + 10} | ${here.length} | ${said.toFixed(0)} | ${found.toFixed(0)} % |`;
  });
  const brier = mean(all.map(({ score, fit }) => (score / 100 - fit) ** 2));
  return [
    "| score | pairs | mean score | fits |",
    "| --- | --- | --- | --- |",
    ...rows,
    `Brier ${brier.toFixed(3)}`,
  ].join("\n");
}

/** For all pairs, then for each half of the postings with its figure on the other. */
export function fitCurves(pairs: readonly LabelledPair[], scored: readonly ScoredLabel[]): string {
  const all = labelled(pairs, scored);
  return [true, false]
    .map((titled) => {
      const group = all.filter((one) => one.titled === titled);
      const halves = [0, 1].map((half) => {
        const curve = curveOf(group.filter(({ posting }) => halfOf(posting) !== half));
        const other = group.filter(({ posting }) => halfOf(posting) === half);
        return `  half ${half}: Brier ${mean(other.map((one) => (chance(curve, one) - one.fit) ** 2)).toFixed(3)} with ${shown(curve)}`;
      });
      return [
        `${titled ? "titled" : "untitled"}, ${group.length} pairs: ${shown(curveOf(group))}`,
        ...halves,
      ].join("\n");
    })
    .join("\n");
}

const halfOf = (posting: string) =>
  [...posting].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 2;
const chance = ({ bias, slope }: Curve, { points }: ScoredLabel) =>
  1 / (1 + Math.exp(-(bias + slope * points)));
const shown = ({ bias, slope }: Curve) => `bias ${bias.toFixed(2)}, slope ${slope.toFixed(2)}`;

/** Newton's method on the logistic loss: two parameters, so it needs no library. */
function curveOf(rows: readonly Labelled[]): Curve {
  let curve: Curve = { bias: 0, slope: 1 };
  for (let step = 0; step < 50; step += 1) {
    let [g0, g1, h00, h01, h11] = [0, 0, 1e-9, 0, 1e-9];
    for (const row of rows) {
      const p = chance(curve, row);
      const [error, weight] = [p - row.fit, p * (1 - p)];
      g0 += error;
      g1 += error * row.points;
      h00 += weight;
      h01 += weight * row.points;
      h11 += weight * row.points ** 2;
    }
    const determinant = h00 * h11 - h01 ** 2;
    curve = {
      bias: curve.bias - (h11 * g0 - h01 * g1) / determinant,
      slope: curve.slope - (h00 * g1 - h01 * g0) / determinant,
    };
  }
  return curve;
}
