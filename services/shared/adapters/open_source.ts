import type { Clock } from "../ports/clock.ts";
import type { MetricsSource } from "../ports/metrics_source.ts";
import { createCachedSource } from "./cache/cached_source.ts";

/** The variables that say where samples come from; without `PROMETHEUS_URL` it is the demo. */
export interface SourceConfig {
  readonly PROMETHEUS_URL?: string;
  readonly PROMETHEUS_USERNAME?: string;
  readonly PROMETHEUS_PASSWORD?: string;
  readonly PROMETHEUS_BEARER_TOKEN?: string;
  readonly PROMETHEUS_CA_FILE?: string;
  /** `Name: value`, one a line. */
  readonly PROMETHEUS_HEADERS?: string;
}

/** What the source needs besides. */
export interface OpenSourceOptions {
  readonly clock: Clock;
  /** Path of the bearer token, read again for each request as such tokens rotate; wins over the token. */
  readonly bearerTokenFile?: string;
}

/** Opens the source the configuration names, with samples cached; only its own adapter is loaded. */
export async function openSource(config: SourceConfig, options: OpenSourceOptions): Promise<MetricsSource> {
  return createCachedSource(await openUncached(config, options), { clock: options.clock });
}

async function openUncached(config: SourceConfig, options: OpenSourceOptions): Promise<MetricsSource> {
  if (config.PROMETHEUS_URL === undefined) {
    const { createDemoSource } = await import("./demo/demo_source.ts");
    return createDemoSource({ clock: options.clock });
  }
  const { openPrometheusSource } = await import("./prometheus/prometheus_source.ts");
  return openPrometheusSource({
    clock: options.clock,
    url: config.PROMETHEUS_URL,
    username: config.PROMETHEUS_USERNAME,
    password: config.PROMETHEUS_PASSWORD,
    bearerToken: config.PROMETHEUS_BEARER_TOKEN,
    bearerTokenFile: options.bearerTokenFile,
    caFile: config.PROMETHEUS_CA_FILE,
    headers: readHeaders(config.PROMETHEUS_HEADERS ?? ""),
  });
}

function readHeaders(text: string): Record<string, string> {
  const lines = text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  return Object.fromEntries(lines.map((line) => {
    const [, name = "", value = ""] = /^([^:\s]+)\s*:\s*(.*)$/.exec(line) ?? [];
    if (name === "") {
      throw new SyntaxError('Cannot read PROMETHEUS_HEADERS as each line must look like "Name: value"');
    }
    return [name, value];
  }));
}
