import { DomainError } from "../../shared/domain/errors.ts";
import { seriesId } from "../../shared/domain/labels.ts";
import { analysedValues, type GridValues } from "../../shared/domain/results/analysed_values.ts";
import { exactSelector } from "../../shared/domain/selector.ts";
import type { Series } from "../../shared/domain/series.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { MetricsSource } from "../../shared/ports/metrics_source.ts";
import type { ResultReader } from "../../shared/ports/result_reader.ts";

/** Most points of one answer, as Prometheus has it. */
export const POINTS_MAX = 11_000;

/** Series whose step is remembered. */
const STEPS_MAX = 10_000;

/** A step is asked for again after this, as an interval of scraping changes. */
const STEP_FRESH_MS = 60_000;

/** A time span: the last `windowMs` up to the newest step, or half-open `[fromMs, toMs)`. */
export type SampleRange =
  | {
    readonly windowMs: number;
    /** The step to read by, given the series' own. @default its own */
    readonly stepBy?: (ownMs: number) => number;
  }
  | {
    readonly fromMs: number;
    readonly toMs: number;
    /** Which parameter asked for it. @default "fromMs" */
    readonly field?: string;
  };

/** Reads the analysed samples of a series; see {@linkcode createSampleReader}. */
export type SampleReader = (series: Series, range: SampleRange) => Promise<GridValues>;

/**
 * Makes a reader of samples as they are analysed (a counter as its rate) on the series' own step, which is asked for
 * once a minute per series. A range is widened to whole steps; what has no sample is `NaN`.
 */
export function createSampleReader(
  { reader, source, clock }: {
    readonly reader: ResultReader;
    readonly source: MetricsSource;
    readonly clock: Clock;
  },
): SampleReader {
  const steps = new Map<string, { readonly stepMs: number; readonly foundAtMs: number }>();

  async function stepOf(series: Series, expression: string): Promise<number> {
    const known = steps.get(series.id);
    const nowMs = clock.nowMs();
    if (known !== undefined && Math.abs(nowMs - known.foundAtMs) < STEP_FRESH_MS) return known.stepMs;
    const stored = await reader.readLatest("forecast", series.id);
    const stepMs = stored?.stepMs ?? (await source.inspect(expression)).stepMs;
    if (steps.size >= STEPS_MAX) steps.clear();
    steps.set(series.id, { stepMs, foundAtMs: nowMs });
    return stepMs;
  }

  return async (series, range) => {
    const labels = { ...series.labels, __name__: series.name };
    const expression = exactSelector(labels);
    const ownMs = await stepOf(series, expression);
    const stepMs = "windowMs" in range ? range.stepBy?.(ownMs) ?? ownMs : ownMs;
    const { fromMs, toMs } = await alignRange(range, stepMs, () => source.nowMs());
    // One step more in front, as the rate of a counter needs the sample before.
    const earlierMs = series.type === "counter" ? stepMs : 0;
    const reading = await source.read({ expression, fromMs: fromMs - earlierMs, toMs, stepMs });
    const values = new Float64Array((toMs - fromMs + earlierMs) / stepMs).fill(NaN);
    const found = reading.series.find((candidate) => seriesId(candidate.labels) === series.id);
    if (found !== undefined) {
      const first = Math.round((found.startMs - fromMs + earlierMs) / stepMs);
      for (let k = Math.max(0, -first); k < found.values.length && first + k < values.length; k++) {
        values[first + k] = found.values[k];
      }
    }
    const analysed = analysedValues({ startMs: fromMs - earlierMs, stepMs, values }, series.type);
    return { startMs: fromMs, stepMs, values: analysed.values.subarray(earlierMs / stepMs) };
  };
}

async function alignRange(
  range: SampleRange,
  stepMs: number,
  readNowMs: () => Promise<number>,
): Promise<{ readonly fromMs: number; readonly toMs: number }> {
  const up = (timeMs: number) => Math.ceil(timeMs / stepMs) * stepMs;
  const toMs = "windowMs" in range
    ? Math.floor(await readNowMs() / stepMs) * stepMs + stepMs
    : up(range.toMs);
  const fromMs = "windowMs" in range ? toMs - Math.max(stepMs, up(range.windowMs)) : up(range.fromMs);
  const points = (toMs - fromMs) / stepMs;
  if (points < 1 || points > POINTS_MAX) {
    const message = `must hold 1 … ${POINTS_MAX} steps of ${stepMs / 1000} s: found ${Math.max(0, points)}`;
    throw new DomainError("invalid", `Cannot read samples as the range ${message}`, {
      fields: [{ field: "windowMs" in range ? "window" : range.field ?? "fromMs", message }],
    });
  }
  return { fromMs, toMs };
}
