import {
  breachProbability,
  chooseForecaster,
  intervalCoverage,
  meanAbsoluteError,
  naive,
  winklerScore,
} from "@pronoia/analytics";
import { cutWindows, type Window } from "./nab_windows.ts";
import { readNab } from "./read_series.ts";
import { mean } from "./statistics.ts";

const HORIZON = 10;

/** What to try on NAB. */
export interface NabPlan {
  readonly effort: "quick" | "full";
  /** Windows per series. */
  readonly count: number;
  /** Most samples to learn from in each. */
  readonly length: number;
}

/** One bound, tried once. */
interface Trial {
  readonly happened: number;
  readonly ours: number;
  readonly persistence: number;
  readonly baseRate: number;
  readonly line: number;
}

/** NAB: coverage of the intervals, and how well breaches are foretold. */
export function reportNab(
  data: string,
  { effort, count, length }: NabPlan,
): void {
  const trials: { quantile: number; trial: Trial }[] = [];
  let slowest = 0;
  const totals = {
    coverage: [] as number[],
    ratio: [] as number[],
    maeRatio: [] as number[],
    ms: [] as number[],
  };
  console.log(
    `NAB, ${count} windows of up to ${length} samples a series, ${HORIZON} steps, effort ${effort}`,
  );
  console.log("coverage  Winkler/naive's  MAE/naive's  series");
  for (const series of readNab(data)) {
    const windows = cutWindows(series, { length, horizon: HORIZON, count });
    // A series whose grid is mostly gaps leaves too few windows for a share to mean anything.
    if (windows.length < 5) continue;
    const rows = windows.map(({ past, future }) => {
      const start = performance.now();
      const forecaster = chooseForecaster(past, { horizon: HORIZON, effort, stepMs: series.stepMs });
      const ms = performance.now() - start;
      const result = forecaster.forecast(HORIZON);
      for (const quantile of [0.9, 0.95, 0.99]) {
        const bound = quantileOf(past, quantile);
        const { probability } = breachProbability(result, { max: bound });
        trials.push({ quantile, trial: { ...references({ past, future }, bound), ours: probability } });
      }
      const walk = naive(past, { horizon: HORIZON });
      return {
        ms,
        coverage: intervalCoverage(future, result),
        winkler: winklerScore(future, result),
        naiveWinkler: winklerScore(future, walk),
        mae: meanAbsoluteError(future, result.mean),
        naiveMae: meanAbsoluteError(future, walk.mean),
      };
    });
    const coverage = mean(rows.map((row) => row.coverage));
    const ratio = mean(rows.map((row) => row.winkler)) / mean(rows.map((row) => row.naiveWinkler));
    // A series that does not move in any window leaves nothing to compare.
    const naiveMae = mean(rows.map((row) => row.naiveMae));
    const maeRatio = naiveMae > 0 ? mean(rows.map((row) => row.mae)) / naiveMae : 1;
    totals.coverage.push(coverage);
    totals.ratio.push(ratio);
    totals.maeRatio.push(maeRatio);
    totals.ms.push(mean(rows.map((row) => row.ms)));
    slowest = Math.max(slowest, ...rows.map((row) => row.ms));
    console.log(
      `${(100 * coverage).toFixed(1).padStart(6)} %${ratio.toFixed(3).padStart(17)}${
        maeRatio.toFixed(3).padStart(13)
      }  ${series.name}`,
    );
  }
  console.log(
    `${(100 * mean(totals.coverage)).toFixed(1).padStart(6)} %${mean(totals.ratio).toFixed(3).padStart(17)}${
      mean(totals.maeRatio).toFixed(3).padStart(13)
    }  mean of the series; ${mean(totals.ms).toFixed(1)} ms a choice, slowest ${slowest.toFixed(0)} ms`,
  );
  reportBreaches(trials);
}

function reportBreaches(trials: readonly { quantile: number; trial: Trial }[]): void {
  console.log(
    "\nBrier skill of the breach probability against: persistence  base rate  linear extrapolation",
  );
  for (const quantile of [0.9, 0.95, 0.99, NaN]) {
    const of = trials.filter((entry) => Number.isNaN(quantile) || entry.quantile === quantile).map((
      { trial },
    ) => trial);
    const ours = brier(of, (trial) => trial.ours);
    const skill = (pick: (trial: Trial) => number): string => (1 - ours / brier(of, pick)).toFixed(3);
    console.log(
      `${Number.isNaN(quantile) ? "all bounds" : `${100 * quantile}th percentile`}`.padEnd(17) +
        `${of.length} trials, ${(100 * mean(of.map((trial) => trial.happened))).toFixed(1)} % breach, Brier ${
          ours.toFixed(4)
        }: ${skill((trial) => trial.persistence)}  ${skill((trial) => trial.baseRate)}  ${
          skill((trial) => trial.line)
        }`,
    );
  }
  console.log("\nprobability   trials  mean said  happened");
  for (let tenth = 0; tenth < 10; tenth++) {
    const of = trials.map(({ trial }) => trial)
      .filter(({ ours }) => Math.min(9, Math.floor(10 * ours)) === tenth);
    if (of.length === 0) continue;
    const [said, happened] = [mean(of.map(({ ours }) => ours)), mean(of.map((trial) => trial.happened))];
    console.log(
      `${(tenth / 10).toFixed(1)} to ${((tenth + 1) / 10).toFixed(1)}${String(of.length).padStart(10)}${
        said.toFixed(3).padStart(11)
      }${happened.toFixed(3).padStart(10)}`,
    );
  }
}

/** What others would say: it stays as it is, it happens as often as ever, the last ten values go on in a line. */
function references({ past, future }: Window, bound: number): Omit<Trial, "ours"> {
  const observed = past.filter((value) => !Number.isNaN(value));
  const last = observed[observed.length - 1];
  let starts = 0;
  let breaches = 0;
  for (let t = 0; t + HORIZON <= past.length; t++) {
    starts++;
    if (past.subarray(t, t + HORIZON).some((value) => value > bound)) breaches++;
  }
  const recent = observed.slice(-10);
  const centre = (recent.length - 1) / 2;
  let cross = 0;
  let squares = 0;
  recent.forEach((value, i) => {
    cross += (i - centre) * value;
    squares += (i - centre) ** 2;
  });
  const level = mean([...recent]);
  const slope = cross / squares;
  const ends = [1, HORIZON].map((step) => level + slope * (centre + step));
  return {
    happened: future.some((value) => value > bound) ? 1 : 0,
    persistence: last > bound ? 1 : 0,
    baseRate: breaches / starts,
    line: Math.max(...ends) > bound ? 1 : 0,
  };
}

function brier(trials: readonly Trial[], pick: (trial: Trial) => number): number {
  return mean(trials.map((trial) => (pick(trial) - trial.happened) ** 2));
}

function quantileOf(values: Float64Array, probability: number): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const at = probability * (sorted.length - 1);
  const low = Math.floor(at);
  return sorted[low] + (at - low) * (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]);
}
