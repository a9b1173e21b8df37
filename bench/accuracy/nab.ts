import {
  chooseForecaster,
  intervalCoverage,
  meanAbsoluteError,
  naive,
  winklerScore,
} from "@pronoia/analytics";
import { type BreachTrial, reportBreaches, tryBounds } from "./nab_breaches.ts";
import { cutWindows, type Window } from "./nab_windows.ts";
import { type NabSeries, readNab } from "./read_series.ts";
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

/** What came of a series, over all its windows. */
interface Scores {
  readonly coverage: number;
  /** Our Winkler score over that of a naive walk. */
  readonly winklerRatio: number;
  /** Likewise the mean absolute error. */
  readonly maeRatio: number;
  readonly meanMs: number;
  readonly slowestMs: number;
  readonly trials: readonly BreachTrial[];
}

/** NAB: coverage of the intervals, and how well breaches are foretold. */
export function reportNab(data: string, plan: NabPlan): void {
  const { effort, count, length } = plan;
  console.log(
    `NAB, ${count} windows of up to ${length} samples a series, ${HORIZON} steps, effort ${effort}`,
  );
  console.log("coverage  Winkler/naive's  MAE/naive's  series");
  const all: Scores[] = [];
  for (const series of readNab(data)) {
    const windows = cutWindows(series, { length, horizon: HORIZON, count });
    // A series whose grid is mostly gaps leaves too few windows for a share to mean anything.
    if (windows.length < 5) continue;
    const scores = scoreSeries(series, windows, effort);
    all.push(scores);
    console.log(`${line(scores)}  ${series.name}`);
  }
  const average = (pick: (scores: Scores) => number) => mean(all.map(pick));
  const totals = {
    coverage: average(({ coverage }) => coverage),
    winklerRatio: average(({ winklerRatio }) => winklerRatio),
    maeRatio: average(({ maeRatio }) => maeRatio),
  };
  const slowestMs = Math.max(...all.map((scores) => scores.slowestMs));
  const times = `${average(({ meanMs }) => meanMs).toFixed(1)} ms a choice, slowest ${
    slowestMs.toFixed(0)
  } ms`;
  console.log(`${line(totals)}  mean of the series; ${times}`);
  reportBreaches(all.flatMap(({ trials }) => trials));
}

function line(
  { coverage, winklerRatio, maeRatio }: Pick<Scores, "coverage" | "winklerRatio" | "maeRatio">,
): string {
  return `${(100 * coverage).toFixed(1).padStart(6)} %` + winklerRatio.toFixed(3).padStart(17) +
    maeRatio.toFixed(3).padStart(13);
}

function scoreSeries({ stepMs }: NabSeries, windows: readonly Window[], effort: NabPlan["effort"]): Scores {
  const rows = windows.map((window) => {
    const { past, future } = window;
    const startMs = performance.now();
    const forecaster = chooseForecaster(past, { horizon: HORIZON, effort, stepMs });
    const ms = performance.now() - startMs;
    const result = forecaster.forecast(HORIZON);
    const walk = naive(past, { horizon: HORIZON });
    return {
      ms,
      coverage: intervalCoverage(future, result),
      winkler: winklerScore(future, result),
      naiveWinkler: winklerScore(future, walk),
      mae: meanAbsoluteError(future, result.mean),
      naiveMae: meanAbsoluteError(future, walk.mean),
      trials: tryBounds(window, result),
    };
  });
  const average = (pick: (row: typeof rows[number]) => number) => mean(rows.map(pick));
  const naiveMae = average((row) => row.naiveMae);
  return {
    coverage: average((row) => row.coverage),
    winklerRatio: average((row) => row.winkler) / average((row) => row.naiveWinkler),
    // A series that does not move in any window leaves nothing to compare.
    maeRatio: naiveMae > 0 ? average((row) => row.mae) / naiveMae : 1,
    meanMs: average((row) => row.ms),
    slowestMs: Math.max(...rows.map((row) => row.ms)),
    trials: rows.flatMap((row) => row.trials),
  };
}
