import { request } from "./request.ts";

/** One cycle of the etl. */
export interface Cycle {
  readonly id: string;
  readonly state: string;
  readonly startedAtMs: number;
  readonly finishedAtMs: number | null;
  readonly kept: number;
  readonly dropped: number;
  readonly warnings: readonly string[];
  readonly progress?: { readonly done: number; readonly total: number };
}

/** What storage says of itself. */
export interface StorageStatus {
  readonly lag: readonly { readonly partition: number; readonly lag: number }[];
  readonly rows: Readonly<Record<string, number>>;
  readonly lastWriteAtMs: number | null;
  readonly deadLetters: number;
}

/** The newest cycles, newest first. */
export function readCycles(
  limit: number,
  signal?: AbortSignal,
): Promise<{ readonly items: readonly Cycle[] }> {
  return request<{ items: Cycle[] }>(`etl/cycles?limit=${limit}`, { signal });
}

/** Asks for a cycle now. */
export function startCycle(): Promise<unknown> {
  return request<unknown>("etl/cycles", { method: "POST" });
}

/** How storage does. */
export function readStorage(signal?: AbortSignal): Promise<StorageStatus> {
  return request<StorageStatus>("storage/status", { signal });
}
