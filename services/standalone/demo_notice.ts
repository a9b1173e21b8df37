/** What names the Prometheus, if any does. */
interface SourceConfig {
  readonly PROMETHEUS_URL?: string;
}

/**
 * Said wherever somebody looks at the start: the name of a variable is easily misspelt, and figures look like
 * figures.
 */
export const DEMO_NOTICE = "demo data: no PROMETHEUS_URL";

/** Whether the samples are made up, as no Prometheus was named. */
export function isDemo({ PROMETHEUS_URL }: SourceConfig): boolean {
  return PROMETHEUS_URL === undefined;
}

/** Where samples come from, for the log: nothing of the address but its scheme, host and port. */
export function describeSource(config: SourceConfig): string {
  return config.PROMETHEUS_URL === undefined
    ? DEMO_NOTICE
    : `source: ${new URL(config.PROMETHEUS_URL).origin}`;
}
