import type { StatusParts } from "./read_status.ts";

/** What the routes tell about. */
export interface StorageParts extends StatusParts {
  /** Ends a replay under way. */
  readonly signal: AbortSignal;
}
