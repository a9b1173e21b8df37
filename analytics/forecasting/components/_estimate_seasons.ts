import type { Season } from "./_seasonal.ts";

const ROUNDS = 3;

/**
 * Estimates the seasons of `values[0 … end)` by alternating: a moving average over the longest period, then for each
 * period the mean of each phase of what is left. A phase's mean is shrunk by how little the cycles agree on it, so a
 * week seen four times does not pass its noise on. O(n · periods).
 */
export function estimateSeasons(values: Float64Array, end: number, periods: readonly number[]): Season[] {
  const seasons = periods.map((period) => ({
    values: new Float64Array(period),
    position: end % period,
  }));
  if (periods.length === 0) return seasons;
  const longest = periods[periods.length - 1];
  const adjusted = new Float64Array(end);
  const level = new Float64Array(end);
  const rest = new Float64Array(end);
  for (let round = 0; round < ROUNDS; round++) {
    subtractSeasons(values, end, seasons, -1, adjusted);
    movingAverage(adjusted, longest, level, round === 0);
    for (let i = 0; i < seasons.length; i++) {
      subtractSeasons(values, end, seasons, i, rest);
      for (let t = 0; t < end; t++) rest[t] -= level[t];
      phaseMeans(rest, end, seasons[i].values);
    }
  }
  return seasons;
}

/** `values` without their seasons, but for the one at `kept`. */
export function subtractSeasons(
  values: Float64Array,
  end: number,
  seasons: readonly Season[],
  kept: number,
  into: Float64Array,
): void {
  for (let t = 0; t < end; t++) into[t] = values[t];
  for (let i = 0; i < seasons.length; i++) {
    if (i === kept) continue;
    const season = seasons[i].values;
    for (let t = 0, phase = 0; t < end; t++) {
      into[t] -= season[phase];
      phase = phase + 1 === season.length ? 0 : phase + 1;
    }
  }
}

/** Centred mean of the observed values of one period; near the ends the outermost full one, or what is there. */
function movingAverage(values: Float64Array, period: number, into: Float64Array, hold: boolean): void {
  const n = values.length;
  const half = Math.floor(period / 2);
  let sum = 0;
  let count = 0;
  let from = 0;
  let to = 0;
  // Values are taken relative to the first observed one, so that a large level costs no digits.
  let origin = 0;
  while (origin < n && values[origin] !== values[origin]) origin++;
  const centre = origin < n ? values[origin] : 0;
  for (let t = 0; t < n; t++) {
    let low = t - half;
    let high = low + period;
    if (hold) {
      low = Math.max(0, Math.min(low, n - period));
      high = Math.min(n, low + period);
    }
    low = Math.max(0, low);
    high = Math.min(n, high);
    for (; to < high; to++) {
      if (values[to] === values[to]) {
        sum += values[to] - centre;
        count++;
      }
    }
    for (; from < low; from++) {
      if (values[from] === values[from]) {
        sum -= values[from] - centre;
        count--;
      }
    }
    into[t] = count > 0 ? centre + sum / count : t > 0 ? into[t - 1] : centre;
  }
}

function phaseMeans(rest: Float64Array, end: number, into: Float64Array): void {
  const period = into.length;
  let between = 0;
  let noise = 0;
  let phases = 0;
  let overall = 0;
  for (let phase = 0; phase < period; phase++) {
    let count = 0;
    let mean = 0;
    let squares = 0;
    for (let t = end - 1 - ((end - 1 - phase) % period + period) % period; t >= 0; t -= period) {
      const value = rest[t];
      if (value !== value) continue;
      const step = value - mean;
      mean += step / ++count;
      squares += step * (value - mean);
    }
    into[phase] = mean;
    overall += mean / period;
    if (count > 1) {
      between += mean * mean;
      noise += squares / count / (count - 1);
      phases++;
    }
  }
  const shrink = phases > 0 && between > 0 ? Math.max(0, 1 - noise / between) : 0;
  for (let phase = 0; phase < period; phase++) into[phase] = (into[phase] - overall) * shrink;
}
