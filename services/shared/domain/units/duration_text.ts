const UNITS_MS: Readonly<Record<string, number>> = {
  y: 365 * 86_400_000,
  w: 7 * 86_400_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
};

/** How a duration is spelt. */
export const DURATION_PATTERN =
  /^(?=.)(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

/**
 * Reads a duration as Prometheus writes it (`15s`, `1h30m`), in ms.
 *
 * @throws {SyntaxError} If the text is not such a duration.
 */
export function readDuration(text: string): number {
  const match = DURATION_PATTERN.exec(text);
  if (text === "0") return 0;
  if (match === null) {
    throw new SyntaxError(`Cannot read a duration as it must look like 15s, 10m or 1h30m: found "${text}"`);
  }
  return Object.values(UNITS_MS).reduce((sum, unit, i) => sum + unit * Number(match[i + 1] ?? 0), 0);
}

/** Units that are written where they come out even: 30 days are `30d`, not `4w2d`. */
const EVEN_ONLY = new Set(["y", "w"]);

/** Writes a duration as Prometheus does, largest unit first: 5,400,000 ms is `1h30m`. */
export function formatDuration(durationMs: number): string {
  let rest = Math.round(durationMs);
  let text = "";
  for (const [unit, unitMs] of Object.entries(UNITS_MS)) {
    if (EVEN_ONLY.has(unit) && rest % unitMs !== 0) continue;
    const count = Math.floor(rest / unitMs);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * unitMs;
  }
  return text || "0s";
}

/** A duration as Prometheus writes it, for people: `1h30m` is `1 h 30 min`. */
export function formatWindow(window: string): string {
  const spaced = window.replaceAll(/(\d)([a-z])/g, "$1 $2").replaceAll(/([a-z])(\d)/g, "$1 $2");
  return spaced.replaceAll(/(\d) m\b/g, "$1 min");
}

/** A period for people, never rounded, as it is compared with others: `2 h 46 min`. */
export function formatPeriod(periodMs: number): string {
  return formatWindow(formatDuration(periodMs));
}
