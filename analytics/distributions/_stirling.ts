/**
 * What ln Γ(x) exceeds Stirling's formula (x − ½) ln x − x + ½ ln 2π by, to 1e-12 for x of 10 or more (A&S 6.1.41).
 */
export function stirling(x: number): number {
  const inverse = 1 / (x * x);
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - inverse / 1188) * inverse) * inverse) * inverse) / x;
}
