const UNITS: readonly (readonly [string, number])[] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1000],
  ["ms", 1],
];

/** So many steps in words, as a duration where that of one is known: `10 h 53 min`, of the two largest units. */
export function describeSteps(steps: number, stepMs: number | undefined): string {
  if (stepMs === undefined) return `${steps} steps`;
  let rest = Math.round(steps * stepMs);
  const words: string[] = [];
  for (const [unit, unitMs] of UNITS) {
    const count = Math.floor(rest / unitMs);
    rest -= count * unitMs;
    if (count > 0) words.push(`${count} ${unit}`);
  }
  return words.slice(0, 2).join(" ") || "0 ms";
}
