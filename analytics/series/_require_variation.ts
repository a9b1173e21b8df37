/** Requires a series that is not constant, for statistics that divide by its variance. */
export function requireVariation(constant: boolean, values: ArrayLike<number>, action: string): void {
  if (!constant) return;
  let first = 0;
  while (Number.isNaN(values[first])) first++;
  throw new RangeError(`Cannot ${action} as the values must vary: every observation is ${values[first]}`);
}
