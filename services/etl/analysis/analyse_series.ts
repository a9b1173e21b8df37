import { messageOf } from "../../shared/domain/message_of.ts";
import { analysedValues } from "../../shared/domain/results/analysed_values.ts";
import { countObserved } from "../../shared/domain/results/count_observed.ts";
import { describeOutOfRange } from "../../shared/domain/results/describe_out_of_range.ts";
import { MESSAGE_VERSION, ResultMessage } from "../../shared/domain/results/messages.ts";
import {
  type AnalysisOutcome,
  type FunctionTiming,
  OBSERVATIONS_MIN,
  type SeriesJob,
} from "./analysis_job.ts";
import { describeAutocorrelation } from "./describe_autocorrelation.ts";
import { describeSeasonality } from "./describe_seasonality.ts";
import { describeStationarity } from "./describe_stationarity.ts";
import { describeWindow } from "./describe_window.ts";
import { fromFirstValue, type Grid, lookBack } from "./grid.ts";
import { type ForecasterState, forecastSeries } from "./series_forecaster.ts";
import { createStopwatch, type TimeFunction } from "./time_function.ts";

/**
 * Analyses one series: metadata when due, statistics and forecast when due.
 *
 * Each part fails for itself: what could not be computed is told in a sentence, the rest is published.
 *
 * @param states Forecasters by series id, kept from cycle to cycle.
 */
export function analyseSeries(job: SeriesJob, states: Map<string, ForecasterState>): AnalysisOutcome {
  const timings: FunctionTiming[] = [];
  const time = createStopwatch(timings);
  const messages: { kind: ResultMessage["kind"]; value: Uint8Array }[] = [];
  const problems: string[] = [];
  const { id } = job.series;

  let grid: Grid;
  try {
    grid = toGrid(job, time);
  } catch (error) {
    const dropped = { cause: "failed", reason: messageOf(error) } as const;
    return { messages, timings, problems, quick: null, dropped };
  }
  const observations = countObserved(grid.values);
  if (observations < OBSERVATIONS_MIN) {
    states.delete(id);
    const reason = `At least ${OBSERVATIONS_MIN} values are needed in the window: found ${observations}`;
    const dropped = { cause: "empty", reason } as const;
    return { messages, timings, problems, quick: null, dropped };
  }
  const attempt = (work: () => void) => {
    try {
      work();
    } catch (error) {
      problems.push(messageOf(error));
    }
  };
  const publish = (kind: ResultMessage["kind"], body: object) => {
    const message = ResultMessage.safeParse({
      ...body,
      version: MESSAGE_VERSION,
      kind,
      producedAtMs: job.producedAtMs,
    });
    if (!message.success) throw new RangeError(describeOutOfRange(kind, message.error.issues));
    messages.push({ kind, value: new TextEncoder().encode(JSON.stringify(message.data)) });
  };

  let periods: readonly number[] | undefined;
  if (job.metadata) {
    attempt(() => {
      const described = describeMetadata(job, grid, time);
      periods = described.periods;
      publish("metadata", described.metadata);
    });
  }
  let quick: boolean | null = null;
  if (job.figures) {
    for (const windowMs of job.windowsMs) {
      attempt(() => publish("statistics", describeWindow(grid, { series: job.series, windowMs, time })));
    }
    attempt(() => {
      const window = fromFirstValue(lookBack(grid, job.lookbackMs));
      const outcome = forecastSeries(job, window, { known: states.get(id), periods, time });
      if ("problem" in outcome) {
        states.delete(id);
        problems.push(outcome.problem);
        return;
      }
      publish("forecast", outcome.forecast);
      states.set(id, outcome.state);
      quick = outcome.state.quick;
    });
  }
  return { messages, timings, problems, quick };
}

/** What is analysed of the samples: a counter as its rate, without the step in front that only the rate needed. */
function toGrid(job: SeriesJob, time: TimeFunction): Grid {
  const { startMs, stepMs, toMs, values, series } = job;
  if (series.type !== "counter") return { startMs, stepMs, toMs, values };
  const rates = time("counterRate", "value", () => analysedValues({ startMs, stepMs, values }, series.type));
  return { startMs: startMs + stepMs, stepMs, toMs, values: rates.values.subarray(1) };
}

function describeMetadata(job: SeriesJob, grid: Grid, time: TimeFunction) {
  const { startMs, stepMs, values: whole } = lookBack(grid, job.lookbackMs);
  const window = fromFirstValue({ startMs, stepMs, values: whole });
  const { values } = window;
  const observations = countObserved(values);
  const { seasonality, periods } = describeSeasonality(window, time);
  return {
    periods,
    metadata: {
      series: job.series,
      fromMs: startMs,
      toMs: grid.toMs,
      stepMs,
      observations,
      missing: whole.length - observations,
      autocorrelation: describeAutocorrelation(values, time),
      stationarity: describeStationarity(values, time),
      seasonality,
    },
  };
}
