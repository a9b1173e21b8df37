import { fisherScore, fisherSurvival } from "../distributions/_fisher_survival.ts";
import type { RelativeSpectrum } from "./_relative_spectrum.ts";

/** A cycle that stands out from the noise around it. */
export interface CycleCandidate {
  /** Whether it is one spectral line, whose frequency is well known. */
  readonly isLine: boolean;
  /** Frequency in cycles per value. */
  readonly frequency: number;
  /** How far the frequency can be off. */
  readonly uncertainty: number;
  /** Power over background. */
  readonly power: number;
  /** Probability of standing out as much by chance, anywhere: corrected for the number of places and tests. */
  readonly pValue: number;
}

/** Harmonics in the test for cycles of some detail. */
const HARMONICS = 6;
/** Most candidates that are looked into. */
const CANDIDATES_MAX = 12;
/** One line, several harmonics, a whole cycle folded. */
const TESTS = 3;

/** What the search may look at. */
export interface CycleRange {
  readonly minPeriod: number;
  readonly maxPeriod: number;
  readonly significance: number;
  /** Periods that are likely beforehand: half the chance of a false alarm is theirs. */
  readonly favoured: readonly number[];
}

/**
 * Looks for cycles by three tests that see different shapes: one spectral line (smooth cycles), the sum of six
 * harmonics (a working week), and the folded cycle as a whole (short peaks in long cycles, spread over many
 * harmonics).
 *
 * Each compares with the noise around by an F-test; p-values are corrected (Bonferroni) for every place looked at.
 *
 * @returns Candidates that are significant, the least probable first.
 */
export function findCandidates(
  spectrum: RelativeSpectrum,
  length: number,
  range: CycleRange,
): CycleCandidate[] {
  const { significance, favoured } = range;
  const rest = favoured.length > 0 ? 2 : 1;
  const anywhere = [
    ...lineCandidates(spectrum, length, range),
    // Shorter cycles have fewer harmonics than the test sums.
    ...bestPeriod(
      (period) => testHarmonics(spectrum, period),
      { ...range, minPeriod: Math.max(range.minPeriod, 2 * HARMONICS + 1) },
      0.4 / length,
    ),
    ...bestPeriod((period) => testFold(spectrum, period), range, 0.1 / length),
  ].map((candidate) => ({ ...candidate, pValue: Math.min(1, rest * candidate.pValue) }));
  return [...anywhere, ...favouredCandidates(spectrum, length, favoured)]
    .filter(({ pValue }) => pValue <= significance)
    .sort((a, b) => a.pValue - b.pValue || b.power - a.power)
    .slice(0, CANDIDATES_MAX);
}

/** Variance between the phases of a cycle of `period` values, in units of the noise; `period` of it by chance. */
export function foldedSquares({ lagProducts }: RelativeSpectrum, period: number): number {
  const length = lagProducts.length;
  let sum = lagProducts[0];
  for (let lag = period; lag < length; lag += period) sum += 2 * lagProducts[lag];
  return Math.max(0, sum * period / length);
}

function lineCandidates(spectrum: RelativeSpectrum, length: number, range: CycleRange): CycleCandidate[] {
  const { power, size, backgroundWeight } = spectrum;
  const from = Math.max(1, Math.floor(size / (range.maxPeriod + 0.5)));
  const to = Math.min(size / 2, Math.ceil(size / range.minPeriod));
  // Twice as many as independent ordinates, as the finer grid finds maxima between them.
  const places = TESTS * length;
  const candidates: CycleCandidate[] = [];
  const limit = Math.log(range.significance / places);
  for (let k = from; k <= to; k++) {
    const above = power[k];
    if (above < power[k - 1] || (k < size / 2 && above <= power[k + 1])) continue;
    const weight = backgroundWeight[k];
    const logP = -weight * Math.log1p(above / weight);
    if (logP > limit) continue;
    const shift = peakShift(power, k);
    candidates.push({
      isLine: true,
      frequency: (k + shift) / size,
      uncertainty: Math.min(0.6, 0.05 + 2 / Math.sqrt(above)) / length,
      power: above,
      pValue: Math.min(1, places * Math.exp(logP)),
    });
  }
  return candidates.sort((a, b) => b.power - a.power).slice(0, CANDIDATES_MAX);
}

/** The best of all periods by one test, corrected for their number. */
function bestPeriod(
  test: (period: number) => Ratio,
  { minPeriod, maxPeriod }: Pick<CycleRange, "minPeriod" | "maxPeriod">,
  uncertainty: number,
): CycleCandidate[] {
  let [best, bestScore] = [0, -Infinity];
  for (let period = minPeriod; period <= maxPeriod; period++) {
    const { power, above, below } = test(period);
    const score = fisherScore(power, above, below);
    if (score > bestScore) [best, bestScore] = [period, score];
  }
  if (best === 0) return [];
  const found = test(best);
  const pValue = Math.min(1, TESTS * (maxPeriod - minPeriod + 1) * chanceOf(found));
  return [{ isLine: false, frequency: 1 / best, uncertainty, power: found.power, pValue }];
}

/** All tests at a few given periods, corrected for these only. */
function favouredCandidates(
  spectrum: RelativeSpectrum,
  length: number,
  favoured: readonly number[],
): CycleCandidate[] {
  const places = 2 * TESTS * favoured.length;
  return favoured.map((period) => {
    const fold = testFold(spectrum, period);
    const ratios = [fold, testLine(spectrum, period), testHarmonics(spectrum, period)];
    return {
      isLine: false,
      frequency: 1 / period,
      uncertainty: 0.1 / length,
      power: fold.power,
      pValue: Math.min(1, places * Math.min(...ratios.map(chanceOf))),
    };
  });
}

/** A power over that of the noise, with the degrees of freedom of both. */
interface Ratio {
  readonly power: number;
  readonly above: number;
  readonly below: number;
}

/** Probability of as much by chance, at one place. */
function chanceOf({ power, above, below }: Ratio): number {
  return fisherSurvival(power, above, below);
}

function testLine({ power, size, backgroundWeight }: RelativeSpectrum, period: number): Ratio {
  const k = Math.round(size / period);
  return { power: power[k], above: 2, below: 2 * backgroundWeight[k] };
}

/** The mean of a few harmonics; a cycle of two has none that could be told from it. */
function testHarmonics(spectrum: RelativeSpectrum, period: number): Ratio {
  const { power, size } = spectrum;
  const harmonics = Math.min(HARMONICS, (period - 1) >> 1);
  let sum = 0;
  for (let harmonic = 1; harmonic <= harmonics; harmonic++) {
    sum += power[Math.round(harmonic * size / period)];
  }
  return { ...testLine(spectrum, period), power: sum / harmonics, above: 2 * harmonics };
}

function testFold(spectrum: RelativeSpectrum, period: number): Ratio {
  const total = spectrum.lagProducts[0];
  const below = spectrum.lagProducts.length - period;
  const between = foldedSquares(spectrum, period);
  const within = Math.max(total - between, 1e-9 * total);
  return { power: (between / period) / (within / below), above: period, below };
}

/** Place of the top of the parabola through three logarithms, between −½ and ½. */
function peakShift(power: Float64Array, k: number): number {
  if (k + 1 >= power.length) return 0;
  const [left, middle, right] = [power[k - 1], power[k], power[k + 1]].map((value) =>
    Math.log(value + 1e-300)
  );
  const curvature = left - 2 * middle + right;
  return curvature < 0 ? Math.max(-0.5, Math.min(0.5, (left - right) / (2 * curvature))) : 0;
}
