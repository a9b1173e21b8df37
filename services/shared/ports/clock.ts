/** Schedules work. It is not the now of data: that is `MetricsSource.nowMs()`. */
export interface Clock {
  /** Epoch ms of this machine, for schedules and ages of the process's own doings. */
  nowMs(): number;
  /** Resolves after `durationMs`, or at once when `signal` aborts. Never rejects. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}
