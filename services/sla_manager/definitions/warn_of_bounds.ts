import type { Sla } from "../../shared/domain/sla/sla.ts";
import { formatWindow } from "../../shared/domain/units/duration_text.ts";
import { DIGITS_READ, formatApart } from "../../shared/domain/units/quantity.ts";
import { unitOfExpression } from "../../shared/domain/units/unit.ts";
import type { SampledSeries } from "../../shared/ports/metrics_source.ts";

/**
 * What to warn of where no value of a series was ever within a bound: such as a maximum below 0 of what is never
 * below it, or one in another unit. It may be meant, so that it is said and never refused. O(samples).
 */
export function warnOfBounds(
  { expression, min, max }: Pick<Sla, "expression" | "min" | "max">,
  series: readonly Pick<SampledSeries, "values">[],
  /** As it was asked, such as `12h`. */
  window: string,
): readonly string[] {
  const ranges = series.map(({ values }) => rangeOf(values)).filter(({ least, greatest }) =>
    least <= greatest
  );
  if (ranges.length === 0) return [];
  const unit = unitOfExpression(expression);
  const warn = (
    { name, bound, side, nearest }: {
      readonly name: string;
      readonly bound: number;
      readonly side: "above" | "below";
      /** Of each series that was never within: the value that came nearest. */
      readonly nearest: readonly number[];
    },
  ): readonly string[] => {
    if (nearest.length === 0) return [];
    const closest = side === "above" ? Math.min(...nearest) : Math.max(...nearest);
    const [found, allowed] = formatApart([closest, bound], unit, { digits: DIGITS_READ });
    const of = ranges.length === 1
      ? ""
      : nearest.length === ranges.length
      ? ` of each of the ${ranges.length} series`
      : ` of ${nearest.length} of the ${ranges.length} series`;
    return [
      `Every value${of} in the last ${formatWindow(window)} is ${side} the ${name} of ${allowed}, ` +
      `the nearest is ${found}: with this bound it is violated all the time.`,
    ];
  };
  return [
    ...(max === null ? [] : warn({
      name: "maximum",
      bound: max,
      side: "above",
      nearest: ranges.map(({ least }) => least).filter((least) => least > max),
    })),
    ...(min === null ? [] : warn({
      name: "minimum",
      bound: min,
      side: "below",
      nearest: ranges.map(({ greatest }) => greatest).filter((greatest) => greatest < min),
    })),
  ];
}

/** Least and greatest value; the least above the greatest where there is none. */
function rangeOf(values: ArrayLike<number>): { readonly least: number; readonly greatest: number } {
  let [least, greatest] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isNaN(value)) continue;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return { least, greatest };
}
