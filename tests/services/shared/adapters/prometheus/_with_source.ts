import {
  openPrometheusSource,
  type PrometheusSourceOptions,
} from "../../../../../services/shared/adapters/prometheus/prometheus_source.ts";
import type { Clock } from "../../../../../services/shared/ports/clock.ts";
import {
  openStubPrometheus,
  type StubAnswer,
  type StubPrometheus,
} from "../../../../support/stub_prometheus.ts";

/** The end of what is asked for. */
export const TO_MS = 1_760_000_040_000;
/** Ten minutes of it. */
export const QUERY = { expression: "up", fromMs: TO_MS - 600_000, toMs: TO_MS, stepMs: 60_000 };
/** A series with a sample at the last of them. */
export const UP = { metric: { __name__: "up" }, values: [[TO_MS / 1_000 - 60, "1"]] };

/** Time passes only by sleeping: retries take none. A request's own timeout never comes unless it is asked for. */
export function createClock(
  options: { readonly timesOut?: boolean } = {},
): Clock & { readonly slept: number[] } {
  const slept: number[] = [];
  let nowMs = 0;
  return {
    slept,
    nowMs: () => nowMs,
    sleep(durationMs, signal) {
      if (durationMs === 15_000 && !options.timesOut) {
        return new Promise((resolve) => signal?.addEventListener("abort", () => resolve(), { once: true }));
      }
      slept.push(durationMs);
      nowMs += durationMs;
      return Promise.resolve();
    },
  };
}

/** A source over a stub, by a clock that stands still. */
export async function withSource<Result>(
  answer: StubAnswer,
  work: (
    world: {
      source: ReturnType<typeof openPrometheusSource>;
      stub: StubPrometheus;
      clock: ReturnType<typeof createClock>;
    },
  ) => Promise<Result>,
  options: Partial<PrometheusSourceOptions> & { readonly timesOut?: boolean } = {},
): Promise<Result> {
  await using stub = openStubPrometheus(answer);
  const clock = createClock(options);
  await using source = openPrometheusSource({ url: stub.url, clock, random: () => 0.5, ...options });
  return await work({ source, stub, clock });
}
