import type { Dependency } from "../../ports/health.ts";
import type { ApiToken } from "../config/variables.ts";
import type { MetricsRegistry } from "../metrics.ts";

/** What a service's app is made of before its own routes. */
export interface ServiceAppOptions {
  /** Label of its metrics and name in the log, such as `etl`. */
  readonly service: string;
  /** Title of its API, such as `Pronoia ETL`. */
  readonly title: string;
  readonly description: string;
  /** Answered one by one in `/readyz`. */
  readonly dependencies: Readonly<Record<string, Dependency>>;
  readonly metrics: MetricsRegistry;
  /** When there are any, every write needs one. @default [] */
  readonly tokens?: readonly ApiToken[];
  /** Origins of foreign pages that may read. @default [] */
  readonly corsOrigins?: readonly string[];
  /** `/readyz` answers 503 once it aborts. */
  readonly signal?: AbortSignal;
  /** @default 1_000_000 */
  readonly bodyBytesMax?: number;
  /** After this a request that waits for a dependency that is failing is answered 503. @default 10_000 */
  readonly deadlineMs?: number;
  /** Adds to the OpenAPI document what the app does not know of itself. */
  readonly extendDocument?: (document: ApiDocument) => ApiDocument | Promise<ApiDocument>;
}

/** An OpenAPI document. */
export type ApiDocument = { readonly [field: string]: unknown };
