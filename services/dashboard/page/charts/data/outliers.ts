/** Values are outliers where they make the chart this many times as high as nine tenths of the values need it. */
const FLATTENED = 10;

/** How far beyond those nine tenths a value may lie, in heights of theirs. */
const FENCE = 3;

/** Fewer values do not tell what is usual. */
const USUAL_LEAST = 60;

/** Least and greatest of some values; `undefined` where there is none. */
export function spanOf(values: readonly number[]): [low: number, high: number] | undefined {
  if (values.length === 0) return undefined;
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/**
 * The span of `values` without those that are so far from the middle nine tenths of the `usual` ones that these would
 * be pressed into a line; the whole span where nothing is.
 */
export function withoutOutliers(
  values: readonly number[],
  usual: readonly number[],
): [low: number, high: number] | undefined {
  const span = spanOf(values);
  if (span === undefined || usual.length < USUAL_LEAST) return span;
  const sorted = Float64Array.from(usual).sort();
  const from = sorted[Math.floor(sorted.length * 0.05)];
  const to = sorted[Math.ceil(sorted.length * 0.95) - 1];
  if (to === from || span[1] - span[0] <= FLATTENED * (to - from)) return span;
  const reach = FENCE * (to - from);
  return spanOf(values.filter((value) => value >= from - reach && value <= to + reach));
}
