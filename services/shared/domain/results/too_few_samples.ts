import { formatDuration } from "../units/duration_text.ts";
import { formatUtc } from "../units/quantity.ts";

/** Fewer are too few to choose a method by trying, whatever the horizon. */
const SAMPLES_MIN = 20;

/** Samples that are too few to look so far ahead. */
export interface TooFewSamples {
  readonly found: number;
  readonly needed: number;
  readonly horizonMs: number;
  readonly stepMs: number;
}

/**
 * Says whether samples are too few to look so far ahead, `null` when they are not: it is to be looked back at least
 * as far as ahead. One rule for what is said of series and of SLAs.
 *
 * From a handful of samples neither level nor spread is known: of noise whose bound is four standard deviations away,
 * a forecast from five samples takes a violation within forty steps for probable in 29 of 100 cases, from ten in 7,
 * where none comes (docs/sla.md); what comes seldom was not seen yet. Never more is asked for than half of what is
 * looked back at.
 */
export function tooFewSamples(
  found: number,
  about: { readonly horizonMs: number; readonly stepMs: number; readonly lookbackMs: number },
): TooFewSamples | null {
  const { horizonMs, stepMs, lookbackMs } = about;
  const ahead = Math.ceil(horizonMs / stepMs);
  const needed = Math.max(SAMPLES_MIN, Math.min(ahead, Math.floor(lookbackMs / stepMs / 2)));
  return found >= needed ? null : { found, needed, horizonMs, stepMs };
}

/**
 * The words for it; `null` when there are enough by now. With `toMs`, up to where they were counted, it says as well
 * when there are enough, and how far ahead can be looked until then.
 */
export function describeTooFew(
  { found, needed, horizonMs, stepMs, toMs }: TooFewSamples & { readonly toMs?: number },
): string | null {
  if (found >= needed) return null;
  const samples = found === 1 ? "1 sample" : `${found} samples`;
  // The closer together they are, the more of them a horizon asks for.
  const [step, horizon] = [stepMs, horizonMs].map((ms) => formatDuration(ms));
  const words = `only ${samples} so far: ${needed}, one each ${step}, are needed to look ${horizon} ahead`;
  if (toMs === undefined) return words;
  const reach = found < SAMPLES_MIN ? "" : `; now ${formatDuration(found * stepMs)} can be asked for`;
  return `${words}, which is about ${formatUtc(toMs + (needed - found) * stepMs)}${reach}`;
}
