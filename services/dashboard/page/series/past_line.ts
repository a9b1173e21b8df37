import type { SeriesForecast } from "../api/retrieval.ts";
import type { ChartLine } from "../charts/data/chart_line.ts";
import type { Track } from "../charts/data/time_table.ts";
import { formatSpan } from "../format/time.ts";

/**
 * What each past forecast said of its last step: the hardest one, and one value for each moment. Those whose last
 * step is still to come say nothing that the newest forecast does not say better; those from too few samples say
 * nothing.
 */
export function pastLine(forecasts: readonly SeriesForecast[], nowMs: number): ChartLine | undefined {
  const due = forecasts.filter((one) => one.tooFew === undefined && lastStepMs(one) <= nowMs);
  if (due.length === 0) return undefined;
  const timesMs = due.map(lastStepMs);
  const at = (key: "mean" | "lower" | "upper"): Track => ({
    timesMs,
    values: due.map((one) => one[key].at(-1) ?? null),
  });
  return {
    label: `expected ${formatSpan(due[0].horizonMs)} before`,
    colour: "past",
    track: at("mean"),
    band: { lower: at("lower"), upper: at("upper"), colour: "pastBand" },
    aside: true,
  };
}

function lastStepMs({ originMs, stepMs, mean }: SeriesForecast): number {
  return originMs + mean.length * stepMs;
}
