import { type CycleCandidate, type CycleRange, foldedSquares } from "./_cycle_evidence.ts";
import type { RelativeSpectrum } from "./_relative_spectrum.ts";

/** Most cycles of a line that one cycle of the series can hold: a line may be a harmonic of what repeats. */
const MULTIPLES_MAX = 12;
/** Share of the best explanation at which a shorter period is preferred. */
const ENOUGH = 0.85;

/** A period found from a candidate. */
export interface ResolvedPeriod {
  /** Whole number of values. */
  readonly period: number;
  /** The period as the frequency has it. */
  readonly exact: number;
}

/** Most lines of one period that are summed. */
const LINES_MAX = 48;

/**
 * The period a candidate belongs to, or `null` if the autocorrelation has no hill there.
 *
 * A line may be a harmonic: of its period and the multiples, the shortest is taken whose lines hold nearly as much
 * power as those of the best. Among the whole numbers the uncertainty allows, the one whose cycles resemble each
 * other most is taken.
 */
export function resolvePeriod(
  candidate: CycleCandidate,
  spectrum: RelativeSpectrum,
  range: CycleRange,
): ResolvedPeriod | null {
  const { frequency, uncertainty } = candidate;
  const multiplesMax = Math.min(MULTIPLES_MAX, Math.floor(range.maxPeriod * (frequency + uncertainty)));
  const powers: number[] = [];
  for (let multiple = 1; multiple <= multiplesMax; multiple++) {
    powers.push(linePower(spectrum, frequency / multiple));
  }
  const most = Math.max(...powers);
  const choice = 1 + powers.findIndex((power) => power >= ENOUGH * most);
  if (choice === 0) return null;
  // A day within a week is a period, though the week's lines and its own make more than its own alone.
  const multiple = choice > 1 && isOwn(spectrum, frequency, frequency / choice) ? 1 : choice;

  const exact = multiple / frequency;
  const shortest = Math.ceil(multiple / (frequency + uncertainty));
  const longest = Math.floor(multiple / Math.max(frequency - uncertainty, 1e-12));
  const nearest = Math.min(range.maxPeriod, Math.max(range.minPeriod, Math.round(exact)));
  let period = nearest;
  // Folding places short peaks better than the frequency does, smooth cycles worse: it has to be clearly better.
  let explained = foldedSquares(spectrum, nearest) - nearest + 3 * Math.sqrt(2 * nearest);
  for (
    let other = Math.max(range.minPeriod, shortest);
    other <= Math.min(range.maxPeriod, longest);
    other++
  ) {
    const excess = foldedSquares(spectrum, other) - other;
    if (excess > explained) [period, explained] = [other, excess];
  }
  if (!isHill(spectrum, period)) return null;
  return { period, exact: Math.abs(exact - period) < 1 ? exact : period };
}

/** Whether a line rises fivefold over the harmonics of a slower frequency around it, from half to twice its own. */
export function isOwn(spectrum: RelativeSpectrum, frequency: number, slower: number): boolean {
  const power = topNear(spectrum, frequency);
  const own = Math.round(frequency / slower);
  const last = Math.min(2 * own - 1, Math.floor(0.5 / slower));
  for (let harmonic = Math.max(1, Math.floor(own / 2)); harmonic <= last; harmonic++) {
    if (harmonic !== own && 5 * topNear(spectrum, harmonic * slower) > power) return false;
  }
  return true;
}

/** Power of a frequency and its harmonics beyond the background. */
function linePower(spectrum: RelativeSpectrum, frequency: number): number {
  let sum = 0;
  const last = Math.min(LINES_MAX, Math.floor(0.5 / frequency + 1e-9));
  for (let harmonic = 1; harmonic <= last; harmonic++) {
    sum += Math.max(0, topNear(spectrum, harmonic * frequency) - 3);
  }
  return sum;
}

/** A line lies between two places of the grid at worst. */
function topNear({ power, size }: RelativeSpectrum, frequency: number): number {
  const k = Math.max(1, Math.min(power.length - 1, Math.round(frequency * size)));
  return Math.max(power[k - 1], power[k], k + 1 < power.length ? power[k + 1] : 0);
}

/** Whether the autocorrelation at a period is positive and higher than a quarter cycle to either side. */
function isHill({ lagProducts }: RelativeSpectrum, period: number): boolean {
  const length = lagProducts.length;
  const at = (lag: number) => lag < length ? lagProducts[lag] / (length - lag) : -Infinity;
  const quarter = Math.max(1, Math.round(period / 4));
  const top = at(period);
  const chance = 2 * lagProducts[0] / length / Math.sqrt(length - period);
  return top > chance && top > at(period - quarter) && top > at(period + quarter);
}
