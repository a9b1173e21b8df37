import { isDemo } from "./demo_notice.ts";

/** Where `start` keeps its data unless `SQLITE_PATH` says otherwise. */
export const SQLITE_PATH = "./data/pronoia.sqlite";

/** The demo's, in the same folder: its series must not show among those of a Prometheus that comes after it. */
export const DEMO_SQLITE_PATH = "./data/demo.sqlite";

/** The file of results and SLAs, as far as there is no MySQL for them; messages under way lie beside it. */
export function sqlitePathOf(
  config: { readonly SQLITE_PATH?: string; readonly PROMETHEUS_URL?: string },
): string {
  return config.SQLITE_PATH ?? (isDemo(config) ? DEMO_SQLITE_PATH : SQLITE_PATH);
}
