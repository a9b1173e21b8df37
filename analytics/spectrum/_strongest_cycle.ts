import { CYCLES_FEW, cyclesAgree } from "./_agreement.ts";
import { calendarPeriod } from "./_calendar.ts";
import { type CycleRange, findCandidates } from "./_cycle_evidence.ts";
import type { UnitCircle } from "../fourier/_unit_circle.ts";
import { cycleProfile, localMeans, ownDivisor } from "./_profile.ts";
import { relativeSpectrum } from "./_relative_spectrum.ts";
import { isOwn, type ResolvedPeriod, resolvePeriod } from "./_resolve_period.ts";
import { splitJumps } from "./_split_jumps.ts";
import { participation, removeLine, whiten } from "./_whiten.ts";

/** A cycle with its evidence. */
export interface StrongestCycle extends ResolvedPeriod {
  /** Power over background of the test that found it. */
  readonly power: number;
  /** Probability of that by chance, corrected. */
  readonly pValue: number;
}

/**
 * The cycle that stands out most from a series, or `null`: candidates are resolved to periods, snapped to the
 * calendar where a step is given, and passed over if an earlier cycle merely left them.
 */
export function strongestCycle(
  values: Float64Array,
  observed: Uint8Array | null,
  range: CycleRange,
  circle: UnitCircle,
  stepMs: number | undefined,
  taken: readonly ResolvedPeriod[],
): StrongestCycle | null {
  const residuals = whiten(values, observed);
  if (residuals === null) return null;
  const length = values.length;
  const spectrum = relativeSpectrum(residuals, circle);
  let strongest: StrongestCycle | null = null;
  const candidates = findCandidates(spectrum, length, range);
  for (const candidate of candidates) {
    if (strongest !== null && candidate.frequency < 2 / strongest.exact) continue;
    const rough = resolvePeriod(candidate, spectrum, range);
    if (rough === null) continue;
    // A line tells a frequency better than a folded cycle does.
    const line = candidates.find(({ isLine, frequency }) =>
      isLine && Math.abs(frequency - 1 / rough.exact) < 0.6 / length
    );
    const resolved = (line === undefined ? null : resolvePeriod(line, spectrum, range)) ?? rough;
    const { power, pValue } = candidate;
    if (strongest !== null) {
      // Taking out a long cycle takes the short ones in it along, so those with a name of their own go first.
      const own = 2 * resolved.period <= strongest.period &&
        isOwn(spectrum, candidate.frequency, 1 / strongest.exact);
      if (!own) continue;
    }
    const snapped = snap(resolved, length, range, stepMs);
    const divisor = ownDivisor(cycleProfile(values, observed, snapped.period).means, range.minPeriod);
    const cycle = divisor === null
      ? snapped
      : snap({ period: divisor, exact: divisor }, length, range, stepMs);
    if (taken.some((before) => isRemnant(cycle, before, length))) continue;
    if (!isRepeated(values, observed, cycle)) continue;
    strongest = { ...cycle, power, pValue };
  }
  return strongest;
}

/** Fewer cycles than this may agree because a level shifted or resets happened to lie apart. */
const CYCLES_PLENTY = 12;
/** Two jumps repeat by being two, so about two cycles must have three, up and down, or four if all go one way. */
const JUMPS_MIN = [2.9, 3.5] as const;

/**
 * Whether the cycles agree; where they are few and the changes mostly jumps, also without these, or the jumps alone,
 * to a fortieth of a cycle: a season is not claimed from a level shift or from restarts at random.
 */
function isRepeated(values: Float64Array, observed: Uint8Array | null, cycle: ResolvedPeriod): boolean {
  if (!agree(values, observed, cycle)) return false;
  if (values.length >= CYCLES_PLENTY * cycle.period) return true;
  const { smooth, jumps, mostly } = splitJumps(values, observed);
  if (!mostly || agree(removeLine(smooth, observed), observed, cycle)) return true;
  const oneWay = jumps.every((jump) => jump <= 0) || jumps.every((jump) => jump >= 0);
  const few = values.length < CYCLES_FEW * cycle.period;
  if (few && participation(jumps) < JUMPS_MIN[Number(oneWay)]) return false;
  const reach = Math.ceil(cycle.period / 40);
  // Whether the first values came with a jump is not known.
  const seen = observed?.slice() ?? new Uint8Array(values.length).fill(1);
  return agree(localMeans(jumps, null, reach), seen.fill(0, 0, reach), cycle);
}

/** Whether the cycles agree, of the whole number of values or of the length the frequency has. */
function agree(values: Float64Array, observed: Uint8Array | null, cycle: ResolvedPeriod): boolean {
  const { period, exact } = cycle;
  return [...new Set([period, exact])].some((length) =>
    cyclesAgree(values, observed, { period, exact: length }, cycleProfile(values, observed, period, length))
  );
}

/**
 * Whether a cycle is what an earlier one left: of its period or about its frequency, or a harmonic or multiple of a
 * broken one.
 */
function isRemnant(cycle: ResolvedPeriod, before: ResolvedPeriod, length: number): boolean {
  if (cycle.period === before.period || Math.abs(1 / cycle.exact - 1 / before.exact) < 2 / length) {
    return true;
  }
  const drift = Math.abs(before.exact - before.period) * length / before.period;
  if (drift < 0.5) return false;
  const harmonic = Math.max(1, Math.round(before.exact / cycle.exact));
  const multiple = Math.max(1, Math.round(cycle.exact / before.exact));
  return Math.abs(1 / cycle.exact - harmonic / before.exact) < 1 / length ||
    Math.abs(multiple / cycle.exact - 1 / before.exact) < 1 / length;
}

function snap(
  found: ResolvedPeriod,
  length: number,
  range: CycleRange,
  stepMs: number | undefined,
): ResolvedPeriod {
  const calendar = stepMs === undefined ? null : calendarPeriod(found.exact, length, stepMs);
  if (calendar === null || calendar < range.minPeriod || calendar > range.maxPeriod) return found;
  return { period: calendar, exact: calendar };
}
