import { countObserved } from "../../shared/domain/results/count_observed.ts";
import { formatDuration } from "../../shared/domain/units/duration.ts";
import type { TooFewSamples } from "../held/sla_entry.ts";
import type { GridSamples } from "../judging/advance.ts";
import { lookbackOf, type SlaSettings } from "../settings.ts";

/** Fewer are too few to choose a method by trying, whatever the horizon. */
const SAMPLES_MIN = 20;

/**
 * Says whether samples are too few to look so far ahead, `null` when they are not: it is to be looked back at least as
 * far as ahead.
 *
 * From a handful of samples neither level nor spread is known: of noise whose bound is four standard deviations away, a
 * forecast from five samples takes a violation within forty steps for probable in 29 of 100 cases, from ten in 7, where
 * none comes (docs/sla.md); what comes seldom was not seen yet. Never more is asked for than half of what is looked back at.
 *
 * @param values Samples at equal steps up to `toMs`, `NaN` is a missing one.
 */
export function tooFewSamples(
  values: Float64Array,
  about: {
    readonly horizonMs: number;
    readonly toMs: number;
    readonly stepMs: number;
    readonly settings: Pick<SlaSettings, "lookbackMs">;
  },
): TooFewSamples | null {
  const { horizonMs, toMs, stepMs, settings } = about;
  const found = countObserved(values);
  const needed = Math.max(
    SAMPLES_MIN,
    Math.min(
      Math.ceil(horizonMs / stepMs),
      Math.floor(lookbackOf(settings, stepMs) / stepMs / 2),
    ),
  );
  return found >= needed ? null : { found, needed, horizonMs, toMs };
}

/** Counts the samples that came since, up to `toMs`. */
export function countFurther(
  tooFew: TooFewSamples,
  { startMs, values }: GridSamples,
  { toMs, stepMs }: { readonly toMs: number; readonly stepMs: number },
): TooFewSamples {
  let { found } = tooFew;
  const first = Math.max(0, Math.round((tooFew.toMs - startMs) / stepMs));
  const end = Math.min(values.length, Math.round((toMs - startMs) / stepMs));
  for (let k = first; k < end; k++) if (Number.isFinite(values[k])) found++;
  return { ...tooFew, found, toMs: Math.max(tooFew.toMs, toMs) };
}

/** The words for it; `null` when there are enough by now. */
export function describeTooFew({ found, needed, horizonMs }: TooFewSamples): string | null {
  if (found >= needed) return null;
  const samples = found === 1 ? "1 sample" : `${found} samples`;
  return `only ${samples} so far: ${needed} are needed to look ${formatDuration(horizonMs)} ahead`;
}
