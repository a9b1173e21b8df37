import { seriesId } from "../../services/shared/domain/labels.ts";
import { MESSAGE_VERSION, type ResultMessage } from "../../services/shared/domain/results/messages.ts";
import type { Series } from "../../services/shared/domain/series.ts";

type Of<Kind extends ResultMessage["kind"]> = Extract<ResultMessage, { kind: Kind }>;

/** A gauge of that name and labels. */
export function seriesOf(name: string, labels: Readonly<Record<string, string>> = {}): Series {
  return {
    id: seriesId({ ...labels, __name__: name }),
    name,
    labels: { ...labels },
    type: "gauge",
    unit: "seconds",
  };
}

/** Statistics of a series, all fields there. */
export function statisticsMessage(fields: Partial<Of<"statistics">> = {}): Of<"statistics"> {
  return {
    version: MESSAGE_VERSION,
    kind: "statistics",
    series: seriesOf("requests"),
    window: "1h",
    fromMs: 0,
    toMs: 3_600_000,
    count: 240,
    min: -1.5,
    max: 2.25,
    mean: 0.1,
    standardDeviation: 0.7,
    producedAtMs: 3_600_000,
    ...fields,
  };
}

/** Metadata of a series with the given autocorrelations. */
export function metadataMessage(
  { values = [1, 0.5], ...fields }: Partial<Of<"metadata">> & { values?: number[] } = {},
): Of<"metadata"> {
  return {
    version: MESSAGE_VERSION,
    kind: "metadata",
    series: seriesOf("requests"),
    fromMs: 0,
    toMs: 86_400_000,
    stepMs: 60_000,
    observations: 1_440,
    missing: 0,
    autocorrelation: {
      verdict: "autocorrelated",
      explanation: "Neighbours resemble each other",
      values,
      lower: values.map((value) => value - 0.1),
      upper: values.map((value) => value + 0.1),
      ljungBox: { statistic: 12.5, pValue: 0.001 },
    },
    stationarity: { verdict: "stationary", explanation: "Both tests agree", adf: { statistic: -5.1 } },
    seasonality: { verdict: "seasonal", explanation: "Hourly", periods: [3_600_000], profile: [1, null, 3] },
    producedAtMs: 86_400_000,
    ...fields,
  };
}

/** A forecast of a series with the given means. */
export function forecastMessage(fields: Partial<Of<"forecast">> = {}): Of<"forecast"> {
  const mean = fields.mean ?? [1, 2, 3];
  const summary = { value: 2, lower: 1, upper: 3 };
  return {
    version: MESSAGE_VERSION,
    kind: "forecast",
    series: seriesOf("requests"),
    originMs: 3_600_000,
    stepMs: 60_000,
    horizonMs: 600_000,
    method: "holt-winters",
    confidence: 0.95,
    mean,
    lower: mean.map((value) => value / 2),
    upper: mean.map((value) => value / 4),
    summary: { min: summary, max: summary, mean: summary },
    explanation: {
      candidates: [{ method: "naive", score: 1.25 }, {
        method: "stl",
        score: null,
        rejected: "too few cycles",
      }],
      backtest: { mae: 0.5, rmse: 0.75, mase: null, coverage: 0.9, standardDeviation: 1.5 },
      warnings: [],
    },
    producedAtMs: 3_600_000,
    ...fields,
  };
}
