import { forecast, intervalCoverage, meanAbsoluteScaledError, naive, winklerScore } from "@pronoia/analytics";
import { readM4Hourly } from "./read_series.ts";
import { mean, median } from "./statistics.ts";

const HORIZON = 48;
const STEP_MS = 3_600_000;

/** M4 hourly: errors, coverage and time, with the periods given and with the periods left to be found. */
export function reportM4Hourly(data: string, cut: number): void {
  const series = readM4Hourly(data);
  console.log(`M4 hourly, ${series.length} series, h = ${HORIZON}${cut > 0 ? `, ${cut} steps earlier` : ""}`);
  console.log("periods     mean MASE  median  coverage  Winkler  naive's Winkler  mean ms  slowest ms");
  for (const found of [false, true]) {
    const rows = series.map(({ train, test }) => {
      const all = Float64Array.from([...train, ...test]);
      const past = all.slice(0, train.length - cut);
      const future = all.slice(past.length, past.length + HORIZON);
      const start = performance.now();
      const result = forecast(past, {
        horizon: HORIZON,
        ...(found ? { stepMs: STEP_MS } : { periods: [24, 168] }),
      });
      const ms = performance.now() - start;
      // Scores in the unit of the series are divided by its seasonal change, so that series can be averaged.
      const scale = past.slice(24).reduce((sum, value, t) => sum + Math.abs(value - past[t]), 0) /
        (past.length - 24);
      return {
        ms,
        mase: meanAbsoluteScaledError(future, result.mean, { training: past, period: 24 }),
        coverage: intervalCoverage(future, result),
        winkler: winklerScore(future, result) / scale,
        naiveWinkler: winklerScore(future, naive(past, { horizon: HORIZON })) / scale,
      };
    });
    const column = (pick: (row: typeof rows[number]) => number): number[] => rows.map(pick);
    console.log(
      (found ? "found" : "24, 168").padEnd(12) +
        mean(column((row) => row.mase)).toFixed(4).padStart(9) +
        median(column((row) => row.mase)).toFixed(3).padStart(8) +
        (100 * mean(column((row) => row.coverage))).toFixed(1).padStart(8) + " %" +
        mean(column((row) => row.winkler)).toFixed(2).padStart(9) +
        mean(column((row) => row.naiveWinkler)).toFixed(2).padStart(17) +
        mean(column((row) => row.ms)).toFixed(1).padStart(9) +
        Math.max(...column((row) => row.ms)).toFixed(0).padStart(12),
    );
  }
}
