/** A p-value for people: what is smaller than tables and rounding can tell is said as a bound. */
export function describePValue(pValue: number): string {
  return pValue < 1e-4 ? "p < 0.0001" : `p = ${pValue.toPrecision(2)}`;
}
