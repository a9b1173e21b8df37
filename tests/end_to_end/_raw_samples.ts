import type { Statistics } from "../../services/shared/domain/results/statistics.ts";

/** A raw sample: when, and what. */
type Sample = readonly [timeMs: number, value: number];

/** What a window should say, from Prometheus' own samples and the definitions alone. */
export interface WantedStatistics {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly standardDeviation: number;
}

/**
 * Computes the statistics of a window anew: the newest sample of each step, of a counter its increase per second
 * since the step before (all of it where it restarted).
 */
export async function wantedStatistics(
  prometheusUrl: string,
  statistics: Statistics,
  stepMs: number,
): Promise<WantedStatistics> {
  const { series, fromMs, toMs } = statistics;
  const counts = series.type === "counter";
  const samples = newestPerStep(
    // A counter's first rate needs the sample before; far enough back for gaps.
    await readSamples(prometheusUrl, series, counts ? fromMs - 10 * stepMs : fromMs, toMs),
    stepMs,
  );
  const values = (counts ? rates(samples, stepMs) : samples).filter(([timeMs]) => timeMs >= fromMs)
    .map(([, value]) => value);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    count: values.length,
    min: Math.min(...values),
    max: Math.max(...values),
    mean,
    standardDeviation: Math.sqrt(squares / (values.length - 1)),
  };
}

/** Raw samples of `[fromMs, toMs)`, of this one series. */
async function readSamples(
  url: string,
  series: Statistics["series"],
  fromMs: number,
  toMs: number,
): Promise<Sample[]> {
  const matchers = Object.entries(series.labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const body = new URLSearchParams({
    query: `${series.name}{${matchers.join(",")}}[${toMs - fromMs}ms]`,
    time: String((toMs - 1) / 1_000),
  });
  const { data } = await (await fetch(`${url}/api/v1/query`, { method: "POST", body })).json();
  const pairs: [number, string][] = data.result.length === 0 ? [] : data.result[0].values;
  return pairs.map(([time, value]) => [Math.round(time * 1_000), Number(value)] as const)
    .filter(([timeMs]) => timeMs >= fromMs && timeMs < toMs);
}

function newestPerStep(samples: readonly Sample[], stepMs: number): Sample[] {
  const newest = new Map<number, number>();
  for (const [timeMs, value] of samples) newest.set(Math.floor(timeMs / stepMs) * stepMs, value);
  return [...newest];
}

function rates(samples: readonly Sample[], stepMs: number): Sample[] {
  return samples.slice(1).map(([timeMs, value], i) => {
    const [beforeMs, before] = samples[i];
    const increase = value < before ? value : value - before;
    return [timeMs, increase / (timeMs - beforeMs) * 1_000] as const;
  }).filter(([timeMs]) => Number.isInteger(timeMs / stepMs));
}
