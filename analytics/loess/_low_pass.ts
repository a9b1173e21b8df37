/**
 * Takes what is slower than a cycle from smoothed cycles: moving averages over `period`, `period` and 3 values.
 *
 * @param cycles `length + 2 · period` values.
 * @param once Room of the same size.
 * @param lowPass Receives `length` values at its start; of the same size too.
 */
export function writeLowPass(
  cycles: Float64Array,
  period: number,
  once: Float64Array,
  lowPass: Float64Array,
): void {
  movingAverage(cycles, cycles.length, period, lowPass);
  movingAverage(lowPass, cycles.length - period + 1, period, once);
  movingAverage(once, cycles.length - 2 * period + 2, 3, lowPass);
}

function movingAverage(values: Float64Array, count: number, window: number, averages: Float64Array): void {
  let sum = 0;
  for (let i = 0; i < window; i++) sum += values[i];
  averages[0] = sum / window;
  for (let i = window; i < count; i++) {
    sum += values[i] - values[i - window];
    averages[i - window + 1] = sum / window;
  }
}
