/**
 * The fleet's own figures (what `/metrics` shows) over the last hour, for the ops screens: taken while somebody looks, and for ten
 * minutes after. A rate is how much each series by itself grew from sample to sample; a counter that fell was restarted and counts from
 * zero, and one that was missing goes on where it was.
 */
import type { Figure } from "../../supervisors/observe/figures.ts";

const everyMs = 5_000;
const keptMs = 60 * 60_000;
const unwatchedMs = 10 * 60_000;
/** Rates are over about this long. */
const overMs = 60_000;

type Labels = Readonly<Record<string, string>>;
interface Sample {
  readonly at: number;
  readonly figures: ReadonlyMap<string, Figure>;
  /** Who answered. */
  readonly nodes: ReadonlySet<string>;
}

export interface FigureSamples {
  /** Takes one now if the last is old, and goes on. Resolves when there is at least one. */
  watched(): Promise<void>;
  readonly at: number;
  /** The sum of a gauge or counter over all that carry these labels. */
  now(name: string, labels?: Labels): number;
  /** A gauge of what all share, such as a stream, which each edge tells: the most that one tells. */
  shared(name: string, labels?: Labels): number;
  /** Per second over the last minute; null with one sample only. */
  rate(name: string, labels?: Labels): number | null;
  /** The same of a histogram's observations. */
  countRate(name: string, labels?: Labels): number | null;
  countSeries(name: string, labels?: Labels, points?: number): number[];
  /** How much a counter grew over all that is kept. */
  grown(name: string, labels?: Labels): number | null;
  /** A rate for each interval, oldest first, at most `points`. */
  series(name: string, labels?: Labels, points?: number): number[];
  /** Of a histogram's last minute (or of all, with `ever`), in its own unit; null if nothing was observed. */
  quantile(name: string, q: number, labels?: Labels, ever?: boolean): number | null;
  /** Observations at most this large, and all, ever. */
  below(name: string, limit: number): { readonly below: number; readonly all: number };
  close(): void;
}

export function figureSamples(
  take: () => Promise<readonly Figure[]>,
  log: (line: string) => void,
): FigureSamples {
  const samples: Sample[] = [];
  let timer: NodeJS.Timeout | null = null;
  let askedAt = 0;
  let taking: Promise<void> | null = null;

  /** All of the last two minutes, and of the hour before one for each minute: a sample of a large fleet is half a megabyte. */
  const thin = () => {
    const now = Date.now();
    const minuteOf = ({ at }: Sample) => Math.floor(at / 60_000);
    const kept = samples.filter((one, i) => {
      if (one.at < now - keptMs) return false;
      const earlier = samples[i - 1];
      return one.at >= now - 2 * overMs || earlier === undefined || minuteOf(earlier) !== minuteOf(one);
    });
    samples.splice(0, samples.length, ...kept);
  };

  const sample = () => {
    taking ??= take()
      .then((figures) => {
        // Ours alone: a process's own figures are many, and nobody looks at them here.
        const ours = figures.filter(({ name }) => name.startsWith("callboard_"));
        samples.push({
          at: Date.now(),
          figures: new Map(ours.map((figure) => [figure.name, figure])),
          nodes: new Set(ours.flatMap(({ values }) => values.map(nodeOf))),
        });
        thin();
      })
      .finally(() => {
        taking = null;
      });
    return taking;
  };
  const round = () => {
    timer = setTimeout(() => {
      if (Date.now() - askedAt > unwatchedMs) {
        timer = null;
        return;
      }
      sample()
        .catch((error) => log(`the figures could not be gathered: ${error}`))
        .finally(() => timer !== null && round());
    }, everyMs);
  };

  const last = () => samples.at(-1);
  const before = () => samples.find(({ at }) => at >= (last()?.at ?? 0) - overMs);
  const valuesOf = (from: Sample | undefined, name: string, labels: Labels = {}, metric?: string) =>
    (from?.figures.get(name)?.values ?? []).filter(
      (one) => (metric === undefined || one.metricName === metric) && carries(one.labels, labels),
    );
  const sum = (...which: Parameters<typeof valuesOf>) =>
    valuesOf(...which).reduce((total, { value }) => total + value, 0);
  const growth = (from: Sample, to: Sample, name: string, labels?: Labels, metric?: string) => {
    const seen = new Map<string, number>();
    const nodes = new Set<string>();
    let grown = 0;
    for (const sample of samples.slice(samples.indexOf(from), samples.indexOf(to) + 1)) {
      for (const one of valuesOf(sample, name, labels, metric)) {
        const series = JSON.stringify(one.labels);
        // What is new on a node that was there began at zero; what a node that is new did before was in no sample.
        const before = seen.get(series) ?? (nodes.has(nodeOf(one)) ? 0 : one.value);
        grown += one.value >= before ? one.value - before : one.value;
        seen.set(series, one.value);
      }
      for (const node of sample.nodes) nodes.add(node);
    }
    return grown;
  };
  const perSecond = (from: Sample, to: Sample, name: string, labels?: Labels, metric?: string) =>
    (growth(from, to, name, labels, metric) * 1_000) / Math.max(1, to.at - from.at);
  const rateOf = (name: string, labels?: Labels, metric?: string) => {
    const [from, to] = [before(), last()];
    return from === undefined || to === undefined || from === to
      ? null
      : perSecond(from, to, name, labels, metric);
  };
  const seriesOf = (points: number, name: string, labels?: Labels, metric?: string) => {
    const step = Math.max(1, Math.ceil(samples.length / points));
    const picked = samples.filter((_, i) => (samples.length - 1 - i) % step === 0);
    return picked.slice(1).map((to, i) => perSecond(picked[i] ?? to, to, name, labels, metric));
  };

  return {
    watched: async () => {
      askedAt = Date.now();
      if (samples.length === 0 || askedAt - (last()?.at ?? 0) > 3 * everyMs) await sample();
      if (timer === null) round();
    },
    get at() {
      return last()?.at ?? 0;
    },
    now: (name, labels) => sum(last(), name, labels),
    shared: (name, labels) => Math.max(0, ...valuesOf(last(), name, labels).map(({ value }) => value)),
    rate: (name, labels) => rateOf(name, labels),
    countRate: (name, labels) => rateOf(name, labels, `${name}_count`),
    grown: (name, labels) => {
      const [from, to] = [samples[0], last()];
      return from === undefined || to === undefined || from === to ? null : growth(from, to, name, labels);
    },
    series: (name, labels, points = 60) => seriesOf(points, name, labels),
    countSeries: (name, labels, points = 60) => seriesOf(points, name, labels, `${name}_count`),
    quantile: (name, q, labels = {}, ever = false) => {
      const buckets = new Map<number, number>();
      const [from, to] = [ever ? undefined : before(), last()];
      const countOf = (le: string) => {
        const which = [name, { ...labels, le }, `${name}_bucket`] as const;
        return from === undefined || to === undefined || from === to
          ? sum(to, ...which)
          : growth(from, to, ...which);
      };
      const edges = new Set((to?.figures.get(name)?.values ?? []).map((one) => String(one.labels.le ?? "")));
      for (const le of edges)
        if (le !== "") buckets.set(le === "+Inf" ? Number.POSITIVE_INFINITY : Number(le), countOf(le));
      return quantileOf(
        [...buckets].sort(([a], [b]) => a - b),
        q,
      );
    },
    below: (name, limit) => ({
      below: sum(last(), name, { le: String(limit) }, `${name}_bucket`),
      all: sum(last(), name, {}, `${name}_count`),
    }),
    close: () => {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}

const nodeOf = ({ labels }: Figure["values"][number]) => String(labels.node ?? "");

const carries = (has: Readonly<Record<string, string | number>>, wants: Labels) =>
  Object.entries(wants).every(([key, value]) => String(has[key]) === value);

/** By linear interpolation within the bucket, as Prometheus does it; cumulative counts by upper edge. */
export function quantileOf(
  buckets: ReadonlyArray<readonly [edge: number, count: number]>,
  q: number,
): number | null {
  const all = buckets.at(-1)?.[1] ?? 0;
  if (all === 0) return null;
  const wanted = q * all;
  let [lower, under] = [0, 0];
  for (const [edge, upTo] of buckets) {
    if (upTo >= wanted) {
      if (edge === Number.POSITIVE_INFINITY) return lower;
      return lower + ((edge - lower) * (wanted - under)) / Math.max(1e-9, upTo - under);
    }
    [lower, under] = [edge, upTo];
  }
  return lower;
}
