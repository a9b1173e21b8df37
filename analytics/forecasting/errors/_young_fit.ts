/** One way a series can go on: towards a line by a share of the distance each step, or as a walk. */
export interface YoungKind {
  /** Share of the distance from the line that is left after a step; 1 is a walk. */
  readonly memory: number;
  /** Probability of this kind, given what was seen. */
  readonly weight: number;
  /** Where the line starts, from the first value on, and its slope. */
  readonly start: number;
  readonly slope: number;
  /** Inverse precision of these two, in squared deviations: start, both, slope. */
  readonly covariance: readonly [number, number, number];
  /** Deviation of what is new in a step. */
  readonly deviation: number;
}

/** What a few values tell of how they go on. */
export interface YoungFit {
  readonly kinds: readonly YoungKind[];
  /** Degrees of freedom of the deviations. */
  readonly freedom: number;
  readonly first: number;
  readonly last: number;
  /** Steps from the first value to the last one, and from there to the end. */
  readonly age: number;
  readonly since: number;
}

/** Memories that are tried, how likely each is beforehand. */
const MEMORIES: readonly (readonly [number, number])[] = [
  [0, 0.1],
  [0.25, 0.1],
  [0.5, 0.1],
  [0.7, 0.07],
  [0.85, 0.07],
  [0.95, 0.06],
  [1, 0.5],
];
/** Slopes, in deviations of what is new in a step, how likely their size is beforehand. */
const SLOPES: readonly (readonly [number, number])[] = [
  [0, 0.6],
  [0.03, 0.1],
  [0.3, 0.1],
  [3, 0.1],
  [1e4, 0.1],
];
/** Kinds less likely than this beside the likeliest are left out. */
const WEIGHT_MIN = 1e-3;

/**
 * Weighs whether a few values lie around a level, around a line, or walk: Bayes's rule for autoregressions of order 1
 * around a line, with memories and sizes of the slope on a grid, the level flat, the slope normal, the deviation by
 * Jeffreys's rule (Zellner 1971). What the values do not tell apart stays in the answer. O(n) per kind.
 *
 * @param values At least two observed; `NaN` is a missing one.
 */
export function fitYoung(values: ArrayLike<number>): YoungFit {
  const times: number[] = [];
  for (let t = 0; t < values.length; t++) if (values[t] === values[t]) times.push(t);
  const [from, to] = [times[0], times[times.length - 1]];
  const first = values[from];
  const found: (Omit<YoungKind, "weight"> & { readonly score: number })[] = [];
  const floor = 1e-24 * times.reduce((most, t) => Math.max(most, (values[t] - first) ** 2), 0);
  for (const [memory, memoryShare] of MEMORIES) {
    const sums = gather(values, times, memory);
    for (const [size, slopeShare] of SLOPES) {
      const kind = regress(sums, memory, size, times.length - 1, floor);
      found.push({ ...kind, memory, score: kind.score + Math.log(memoryShare * slopeShare) });
    }
  }
  const best = Math.max(...found.map(({ score }) => score));
  const likely = found.filter(({ score }) => score > best + Math.log(WEIGHT_MIN));
  const total = likely.reduce((sum, { score }) => sum + Math.exp(score - best), 0);
  return {
    kinds: likely.map(({ score, ...kind }) => ({ ...kind, weight: Math.exp(score - best) / total })),
    freedom: times.length - 1,
    first,
    last: values[to],
    age: to - from,
    since: values.length - 1 - to,
  };
}

/** Mean and deviation of a kind so many steps after the last value, the deviation that of Student's distribution. */
export function foretell(fit: YoungFit, kind: YoungKind, steps: number): { mean: number; deviation: number } {
  const kept = kind.memory ** steps;
  const ofStart = 1 - kept;
  const ofSlope = fit.age + steps - kept * fit.age;
  const [start, both, slope] = kind.covariance;
  const variance = newVariance(kind.memory, steps) + ofStart * ofStart * start +
    2 * ofStart * ofSlope * both +
    ofSlope * ofSlope * slope;
  return {
    mean: fit.last + ofStart * (fit.first - fit.last + kind.start) + ofSlope * kind.slope,
    deviation: kind.deviation * Math.sqrt(Math.max(0, variance)),
  };
}

/** Variance of what is new in so many steps, of which each brings 1. */
function newVariance(memory: number, steps: number): number {
  return memory === 1 ? steps : (1 - memory ** (2 * steps)) / (1 - memory * memory);
}

/** Sums of squares and products of one regression. */
interface Sums {
  targets: number;
  starts: number;
  slopes: number;
  both: number;
  startTargets: number;
  slopeTargets: number;
  /** Sum of the logarithms of the variances that the rows were divided by. */
  logarithms: number;
}

/** Regresses each value, less what is left of the one before it, on the start and the slope of the line. */
function gather(values: ArrayLike<number>, times: readonly number[], memory: number): Sums {
  const sums: Sums = {
    targets: 0,
    starts: 0,
    slopes: 0,
    both: 0,
    startTargets: 0,
    slopeTargets: 0,
    logarithms: 0,
  };
  const first = values[times[0]];
  for (let i = 1; i < times.length; i++) {
    const [before, now] = [times[i - 1] - times[0], times[i] - times[0]];
    const kept = memory ** (now - before);
    const variance = newVariance(memory, now - before);
    const target = values[times[i]] - first - kept * (values[times[i - 1]] - first);
    const ofStart = 1 - kept;
    const ofSlope = now - kept * before;
    sums.targets += target * target / variance;
    sums.starts += ofStart * ofStart / variance;
    sums.slopes += ofSlope * ofSlope / variance;
    sums.both += ofStart * ofSlope / variance;
    sums.startTargets += ofStart * target / variance;
    sums.slopeTargets += ofSlope * target / variance;
    sums.logarithms += Math.log(variance);
  }
  return sums;
}

/** The posterior of start and slope, and the logarithm of how likely the values were. */
function regress(
  sums: Sums,
  memory: number,
  size: number,
  rows: number,
  floor: number,
): Pick<YoungKind, "start" | "slope" | "covariance" | "deviation"> & { readonly score: number } {
  // The first value lies around the line as any other does.
  const startPrior = memory === 1 ? 1 : 1 - memory * memory;
  // Without a slope there is nothing to learn of it, and a prior of 1 that cancels out.
  const isSloping = size > 0;
  const slopePrior = isSloping ? 1 / (size * size) : 1;
  const { startTargets } = sums;
  const slopeTargets = isSloping ? sums.slopeTargets : 0;
  const both = isSloping ? sums.both : 0;
  const starts = sums.starts + startPrior;
  const slopes = isSloping ? sums.slopes + slopePrior : 1;
  const determinant = starts * slopes - both * both;
  const covariance = [
    slopes / determinant,
    -both / determinant,
    isSloping ? starts / determinant : 0,
  ] as const;
  const start = covariance[0] * startTargets + covariance[1] * slopeTargets;
  const slope = covariance[1] * startTargets + covariance[2] * slopeTargets;
  const squares = Math.max(floor, sums.targets - start * startTargets - slope * slopeTargets);
  const logarithms = Math.log(startPrior * slopePrior / determinant) - sums.logarithms;
  // The logarithm is finite of a constant, too.
  const score = 0.5 * (logarithms - rows * Math.log(squares + Number.MIN_VALUE));
  return { start, slope, covariance, deviation: Math.sqrt(squares / rows), score };
}
