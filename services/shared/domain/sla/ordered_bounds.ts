/** The bounds of an SLA that have an order: the first of each pair must not be above the second. */
export const ORDERED_BOUNDS = [
  ["min", "max"],
  ["min", "warnMin"],
  ["warnMax", "max"],
  ["warnMin", "warnMax"],
] as const;
