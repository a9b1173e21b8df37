import type { SeriesForecast } from "../../shared/domain/results/forecast.ts";
import type { Metadata } from "../../shared/domain/results/metadata.ts";

/** Metadata without its long arrays: verdicts and figures, for long lists. */
export function lightenMetadata<Body extends Metadata>(metadata: Body): Body {
  const { autocorrelation, seasonality } = metadata;
  return {
    ...metadata,
    autocorrelation: { ...autocorrelation, values: [], lower: [], upper: [] },
    seasonality: { ...seasonality, profile: [] },
  };
}

/** A forecast without its steps and candidates: its summary, for long lists. */
export function lightenForecast<Body extends SeriesForecast>(forecast: Body): Body {
  return {
    ...forecast,
    mean: [],
    lower: [],
    upper: [],
    explanation: { ...forecast.explanation, candidates: [] },
  };
}
