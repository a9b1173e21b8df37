import { strictEqual } from "node:assert/strict";
import { analyseSeries } from "../../../../services/etl/analysis/analyse_series.ts";
import type { SeriesJob } from "../../../../services/etl/analysis/analysis_job.ts";
import type { ForecasterState } from "../../../../services/etl/analysis/series_forecaster.ts";
import { createNoise } from "../../../../services/shared/adapters/demo/noise.ts";
import { ResultMessage } from "../../../../services/shared/domain/results/messages.ts";

/** Of every series, ms. */
export const STEP = 60_000;
export const HOUR = 3_600_000;
/** Where every series ends. */
export const TO_MS = Date.UTC(2026, 0, 2);
/** Values of a day. */
export const N = 1_440;
export const noise = createNoise(3, "test");

/** The job of a series that ends at {@linkcode TO_MS}. */
export function job(values: ArrayLike<number>, change: Partial<SeriesJob> = {}): SeriesJob {
  return {
    kind: "series",
    series: { id: "0123456789abcdef", name: "test", labels: { a: "b" }, type: "gauge", unit: null },
    stepMs: STEP,
    startMs: TO_MS - values.length * STEP,
    toMs: TO_MS,
    values: Float64Array.from(values),
    lookbackMs: 24 * HOUR,
    windowsMs: [HOUR, 3 * HOUR, 12 * HOUR],
    horizonMs: 600_000,
    producedAtMs: TO_MS + 7_000,
    metadata: true,
    choose: true,
    figures: true,
    ...change,
  };
}

/** What comes of a job, its messages read and sorted. */
export function analyse(given: SeriesJob, states = new Map<string, ForecasterState>()) {
  const outcome = analyseSeries(given, states);
  const messages = outcome.messages.map(({ kind, value }) => {
    const message = ResultMessage.parse(JSON.parse(new TextDecoder().decode(value)));
    strictEqual(message.kind, kind);
    return message;
  });
  const only = <Kind extends ResultMessage["kind"]>(kind: Kind) =>
    messages.filter((message): message is Extract<ResultMessage, { kind: Kind }> => message.kind === kind);
  return {
    ...outcome,
    metadata: only("metadata")[0],
    statistics: only("statistics"),
    forecast: only("forecast")[0],
  };
}

/** A series by the number of its value. */
export const series = (value: (k: number) => number, length = N) =>
  Float64Array.from({ length }, (_, k) => value(k));
/** A day with a season of an hour. */
export const sine = series((k) =>
  50 + 10 * Math.sin(2 * Math.PI * (TO_MS / STEP - N + k) / 60) + 0.2 * noise.normal(k)
);
