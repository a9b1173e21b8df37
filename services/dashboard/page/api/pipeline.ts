import { request } from "./request.ts";

/** One cycle of the etl. */
export interface Cycle {
  readonly id: string;
  readonly state: "running" | "done" | "failed";
  readonly reason?: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  readonly overran: boolean;
  readonly found: number;
  readonly kept: number;
  readonly dropped: number;
  readonly quick: number;
  readonly leftOut: readonly { readonly rule: string; readonly series: number }[];
  readonly published: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
}

/** One timed function, ms. */
export interface Timing {
  readonly name: string;
  readonly kind: "metadata" | "value" | "stage";
  readonly count: number;
  readonly last: number;
  readonly mean: number;
  readonly p95: number;
}

/** What storage says of itself. */
export interface StorageStatus {
  readonly lagTotal: number;
  readonly rows: Readonly<Record<string, number>>;
  readonly lastWriteMs: number | null;
  readonly deadLetters: number;
}

/** A message that could not be stored. */
export interface DeadLetter {
  readonly partition: number;
  readonly offset: string;
  readonly reason: string;
  readonly source: { readonly topic: string; readonly partition: number; readonly offset: string } | null;
  readonly key: string;
  readonly value: string | null;
  readonly replayed: boolean;
}

/** What a replay did. */
export interface Replay {
  readonly replayed: number;
  readonly rejected: number;
  readonly waiting: number;
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

/** How long each function takes. */
export function readTimings(signal?: AbortSignal): Promise<{ readonly items: readonly Timing[] }> {
  return request<{ items: Timing[] }>("etl/timings?limit=1000", { signal });
}

/** The oldest dead letters. */
export function readDeadLetters(signal?: AbortSignal): Promise<{ readonly items: readonly DeadLetter[] }> {
  return request<{ items: DeadLetter[] }>("storage/dead-letters?limit=100", { signal });
}

/** Tries dead letters again. */
export function replayDeadLetters(): Promise<Replay> {
  return request<Replay>("storage/dead-letters/replay", { method: "POST" });
}
