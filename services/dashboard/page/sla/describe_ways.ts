import { formatProbability } from "../../../shared/domain/units/quantity.ts";
import type { Unit } from "../../../shared/domain/units/unit.ts";
import { formatQuantity } from "../format/quantity.ts";
import { formatSpan } from "../format/time.ts";

/** A chance below this is none that a line beside it contradicts. */
const CHANCE_LEAST = 0.1;

/**
 * What a probability rests on, where the line of the mean seems to say the opposite: that it stays within bounds
 * which many of the ways on leave, or leaves bounds which most of them keep. `undefined` where both say the same, or
 * the line does not reach as far.
 */
export function describeWays(
  { probability, horizonMs, stepMs }: {
    readonly probability: number | null;
    readonly horizonMs: number;
    readonly stepMs: number;
  },
  { mean, min, max }: {
    readonly mean: readonly number[];
    readonly min: number | null;
    readonly max: number | null;
  },
  unit?: Unit,
): string | undefined {
  if (probability === null || mean.length * stepMs < horizonMs || (min === null && max === null)) {
    return undefined;
  }
  const isWithin = mean.slice(0, Math.ceil(horizonMs / stepMs)).every((value) =>
    (min === null || value >= min) && (max === null || value <= max)
  );
  if (isWithin ? probability < CHANCE_LEAST : probability >= 0.5) return undefined;
  const [stays, leaves, go] = min === null
    ? [
      `stays below ${formatQuantity(max, unit, "full")}`,
      `goes above ${formatQuantity(max, unit, "full")}`,
      "go above it",
    ]
    : max === null
    ? [
      `stays above ${formatQuantity(min, unit, "full")}`,
      `goes below ${formatQuantity(min, unit, "full")}`,
      "go below it",
    ]
    : ["stays within the bounds", "leaves the bounds", "leave them"];
  return `The dashed line is the point forecast and ${
    isWithin ? stays : leaves
  }: of the ways on, judged by how it went before, ${isWithin ? "" : "only "}${
    formatProbability(probability)
  } ${go} within ${formatSpan(horizonMs)}.`;
}
