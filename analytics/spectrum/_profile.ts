/** One cycle of a series: the mean of each phase, without the trend. */
export interface CycleProfile {
  /** Mean per phase, around 0; 0 for a phase that was never observed. */
  readonly means: Float64Array;
  /** The moving average over one cycle that was taken off. */
  readonly trend: Float64Array;
  /** Share of the variance around the trend that the profile explains beyond chance, 0 … 1. */
  readonly strength: number;
  /** Autocorrelation of what is around the trend, at a lag of the period, −1 … 1. */
  readonly acf: number;
}

/**
 * Averages a series over its cycles, after taking off a moving average over one of them. O(n).
 *
 * @param exact Length of a cycle, where it is not quite the whole number `period` of phases.
 */
export function cycleProfile(
  values: Float64Array,
  observed: Uint8Array | null,
  period: number,
  exact: number = period,
): CycleProfile {
  const length = values.length;
  const trend = localMeans(values, observed, period);
  const means = new Float64Array(period);
  const counts = new Int32Array(period);
  let count = 0;
  let total = 0;
  let products = 0;
  for (let t = 0; t < length; t++) {
    if (observed !== null && observed[t] === 0) continue;
    const phase = phaseAt(t, period, exact);
    const rest = values[t] - trend[t];
    const before = t - period;
    if (before >= 0 && (observed === null || observed[before] === 1)) {
      products += rest * (values[before] - trend[before]);
    }
    means[phase] += rest;
    counts[phase]++;
    count++;
    total += rest * rest;
  }
  let overall = 0;
  let phases = 0;
  for (let phase = 0; phase < period; phase++) {
    if (counts[phase] === 0) continue;
    means[phase] /= counts[phase];
    overall += means[phase] * counts[phase];
    phases++;
  }
  overall /= count;
  let between = 0;
  for (let phase = 0; phase < period; phase++) {
    if (counts[phase] === 0) continue;
    means[phase] -= overall;
    between += counts[phase] * means[phase] * means[phase];
  }
  const acf = total > 0 ? products / total : 0;
  total -= count * overall * overall;
  const within = Math.max(0, total - between);
  const strength = total > 0 && count > phases
    ? Math.max(0, 1 - (within / (count - phases)) / (total / (count - 1)))
    : 0;
  return { means, trend, strength, acf };
}

/** Phase of a value in a cycle of `exact` values that is cut into `period` phases. */
export function phaseAt(t: number, period: number, exact: number): number {
  return exact === period ? t % period : Math.min(period - 1, Math.floor((t % exact) / exact * period));
}

/** How far a harmonic must rise over those around it. */
const STANDS_OUT = 5;

/**
 * A shorter period that deserves its own name within a profile, or `null`: its frequency stands out fivefold among
 * the harmonics around it, as a day does in a week, but not the harmonics of a lone peak.
 */
export function ownDivisor(means: Float64Array, minPeriod: number): number | null {
  const period = means.length;
  let best: number | null = null;
  let bestPower = 0;
  for (let cycles = 2; cycles <= period / minPeriod; cycles++) {
    if (period % cycles !== 0) continue;
    const power = harmonicPower(means, cycles);
    if (power <= bestPower) continue;
    const last = Math.min(2 * cycles - 1, Math.floor(period / 2));
    let standsOut = true;
    for (let other = Math.floor(cycles / 2); other <= last && standsOut; other++) {
      if (other !== cycles && other > 0) standsOut = power >= STANDS_OUT * harmonicPower(means, other);
    }
    if (standsOut) [best, bestPower] = [period / cycles, power];
  }
  // It must carry a part of the profile worth naming.
  const squares = means.reduce((sum, mean) => sum + mean * mean, 0);
  return bestPower * 2 / period > 0.03 * squares ? best : null;
}

function harmonicPower(means: Float64Array, cycles: number): number {
  const step = 2 * Math.PI * cycles / means.length;
  // Goertzel's recurrence: one multiplication per value.
  const factor = 2 * Math.cos(step);
  let previous = 0;
  let last = 0;
  for (let phase = 0; phase < means.length; phase++) {
    const now = means[phase] + factor * last - previous;
    previous = last;
    last = now;
  }
  return last * last + previous * previous - factor * last * previous;
}

/**
 * Centred means over one period of observed values; at the ends the nearest whole window's, moved along its slope.
 */
export function localMeans(values: Float64Array, observed: Uint8Array | null, period: number): Float64Array {
  const length = values.length;
  const means = new Float64Array(length);
  const before = period >> 1;
  let sum = 0;
  let count = 0;
  for (let t = 0; t < period; t++) {
    sum += values[t];
    count += observed === null ? 1 : observed[t];
  }
  let known = count > 0 ? sum / count : 0;
  for (let from = 0; from + period <= length; from++) {
    if (count > 0) known = sum / count;
    // An even window lies half a value off its middle, which does not matter against a cycle.
    means[from + before] = known;
    if (from + period === length) break;
    sum += values[from + period] - values[from];
    if (observed !== null) count += observed[from + period] - observed[from];
    else count = period;
  }
  const last = length - period + before;
  means.fill(means[before], 0, before);
  means.fill(means[last], last + 1);
  return means;
}
