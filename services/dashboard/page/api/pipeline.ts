import { answerOf, type Schemas, services } from "./request.ts";

/** One cycle of the etl. */
export type Cycle = Schemas["Cycle"];
/** One timed function, ms. */
export type Timing = Schemas["Timing"];
/** What storage says of itself. */
export type StorageStatus = Schemas["StorageStatus"];
/** A message that could not be stored. */
export type DeadLetter = Schemas["DeadLetter"];
/** What a replay did. */
export type Replay = Schemas["Replay"];

/** Some cycles; there are older ones unless the cursor is `null`. */
export interface Cycles {
  readonly items: readonly Cycle[];
  readonly nextCursor: string | null;
  /** How many have come to their end since the start, listed or not. */
  readonly done: number;
}

/** The newest cycles, newest first. */
export function readCycles(limit: number, signal?: AbortSignal): Promise<Cycles> {
  return answerOf(services.GET("/etl/cycles", { params: { query: { limit } }, signal }));
}

/** Asks for a cycle now. */
export function startCycle(): Promise<Cycle> {
  return answerOf(services.POST("/etl/cycles"));
}

/** How storage does. */
export function readStorage(signal?: AbortSignal): Promise<StorageStatus> {
  return answerOf(services.GET("/storage/status", { signal }));
}

/** How long each function takes. */
export function readTimings(signal?: AbortSignal): Promise<{ readonly items: readonly Timing[] }> {
  return answerOf(services.GET("/etl/timings", { params: { query: { limit: 1_000 } }, signal }));
}

/** The oldest dead letters. */
export function readDeadLetters(signal?: AbortSignal): Promise<{ readonly items: readonly DeadLetter[] }> {
  return answerOf(services.GET("/storage/dead-letters", { params: { query: { limit: 100 } }, signal }));
}

/** Tries dead letters again. */
export function replayDeadLetters(): Promise<Replay> {
  return answerOf(services.POST("/storage/dead-letters/replay"));
}
