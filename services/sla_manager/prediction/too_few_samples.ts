import { formatDuration } from "../../shared/domain/duration.ts";
import { lookbackOf, type SlaSettings } from "../settings.ts";

/** Fewer are too few to choose a method by trying, whatever the horizon. */
const SAMPLES_MIN = 20;

/** Samples that a series lacks for a prediction, and the words for it. */
export interface TooFewSamples {
  readonly lacking: number;
  readonly reason: string;
}

/**
 * Says whether samples are too few to look so far ahead, `null` when they are not: it is to be looked back at least as
 * far as ahead.
 *
 * From a handful of samples neither level nor spread is known: of noise whose bound is four standard deviations away, a
 * method chosen from ten samples takes a violation within forty steps for probable in 84 of 100 cases, from twenty in
 * 24, from forty in 1, where none comes (docs/sla.md). Never more is asked for than half of what is looked back at.
 *
 * @param values Samples at equal steps, `NaN` is a missing one.
 */
export function tooFewSamples(
  values: Float64Array,
  about: {
    readonly horizonMs: number;
    readonly stepMs: number;
    readonly settings: Pick<SlaSettings, "lookbackMs">;
  },
): TooFewSamples | null {
  const { horizonMs, stepMs, settings } = about;
  const found = values.reduce((count, value) => Number.isNaN(value) ? count : count + 1, 0);
  const needed = Math.max(
    SAMPLES_MIN,
    Math.min(
      Math.ceil(horizonMs / stepMs),
      Math.floor(lookbackOf(settings, stepMs) / stepMs / 2),
    ),
  );
  if (found >= needed) return null;
  const samples = found === 1 ? "1 sample" : `${found} samples`;
  return {
    lacking: needed - found,
    reason: `only ${samples} so far: ${needed} are needed to look ${formatDuration(horizonMs)} ahead`,
  };
}
