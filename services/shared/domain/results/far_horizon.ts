/** A method chosen for one horizon is not trusted beyond so many times that. */
const STRETCH_MAX = 2;

/** As far as the method of the configured horizon tells, however far is asked. */
export function nearReachMs(configuredMs: number): number {
  return STRETCH_MAX * configuredMs;
}

/**
 * Whether a horizon is so far beyond the configured one that another method is chosen for it. Far ahead, what tells
 * is trend and season and not the last minutes, so it is chosen for as far as it is looked back: one for all far
 * horizons, which thereby agree with one another.
 */
export function isFarHorizon(horizonMs: number, configuredMs: number): boolean {
  return horizonMs > nearReachMs(configuredMs);
}
