/** How the etl works, as the configuration says. */
export interface EtlSettings {
  readonly selectors: readonly string[];
  readonly seriesMax: number;
  /** Random sample of so many series; all of them when absent. */
  readonly sampleSize: number | undefined;
  readonly seed: number;
  readonly intervalMs: number;
  readonly metadataIntervalMs: number;
  readonly windowsMs: readonly number[];
  readonly lookbackMs: number;
  readonly horizonMs: number;
  /** Step of the analysis; the scrape interval of each series when absent. */
  readonly stepMs: number | undefined;
  /** How far behind the source's now the newest sample read is, for samples that are under way. */
  readonly offsetMs: number;
}

/** How far back samples are read. */
export function windowMsOf({ lookbackMs, windowsMs }: EtlSettings): number {
  return Math.max(lookbackMs, ...windowsMs);
}
