import { NO_UNIT, type Unit } from "../../../shared/domain/units/unit.ts";
import type { SlaPrediction } from "../api/slas.ts";
import { formatDecimal } from "./decimal_bytes.ts";
import { formatTogether, formatWithin } from "./quantity.ts";

/** Whether a value breaks the bounds it must keep, so that no forecast is needed to tell. */
export function isOutOfBounds(
  { value, min, max }: {
    readonly value: number | null;
    readonly min: number | null;
    readonly max: number | null;
  },
): boolean {
  return value !== null && ((min !== null && value < min) || (max !== null && value > max));
}

/** Whether what is predicted is violated now though no value is out of bounds: by its silence. */
export function isSilent(
  { timeToBreachMs, bound }: Pick<SlaPrediction, "timeToBreachMs" | "bound">,
): boolean {
  return timeToBreachMs.p90 === 0 && bound === null;
}

/**
 * A value and the bounds it must keep, told apart by their digits, and written as the reason beside them writes them;
 * a missing bound is open.
 */
export function describeBounds(
  { value = null, min, max }: {
    readonly value?: number | null;
    readonly min: number | null;
    readonly max: number | null;
  },
  unit: Unit = NO_UNIT,
  { asTyped = false }: {
    /**
     * Whether bytes that were given in powers of 1000 are written so too, where there is room for it. @default false
     */
    readonly asTyped?: boolean;
  } = {},
): { readonly value: string; readonly bounds: string } {
  const [found, ...binary] = formatTogether([value, min, max], unit, "full");
  const [low, high] = [min, max].map((bound, k) => {
    const decimal = asTyped ? formatDecimal(bound, unit) : undefined;
    return decimal === undefined ? binary[k] : `${decimal} = ${binary[k]}`;
  });
  if (min === null && max === null) return { value: found, bounds: "none yet" };
  if (min === null) return { value: found, bounds: `≤ ${high}` };
  if (max === null) return { value: found, bounds: `≥ ${low}` };
  return { value: found, bounds: `${low} … ${high}` };
}

/** The name of a bound in a chart that spans so much, with its value as the card around it writes it. */
export function nameBound(
  { label, value }: { readonly label: string; readonly value: number },
  span: readonly [low: number, high: number],
  unit: Unit,
): string {
  return `${label} ${formatWithin(span, unit, "full")(value)}`;
}
