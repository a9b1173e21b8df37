import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { createTimings } from "../../../../services/etl/record/timings.ts";
import { createMetrics } from "../../../../services/shared/runtime/metrics.ts";

Deno.test("createTimings() tells count, last, mean and p95 per function, the kinds apart", () => {
  const timings = createTimings(createMetrics());
  for (let i = 1; i <= 100; i++) timings.note("summarize", "value", i);
  timings.note("acf", "metadata", 7);
  timings.note("read", "stage", 3);
  deepStrictEqual(timings.list(), [
    { name: "acf", kind: "metadata", count: 1, last: 7, mean: 7, p95: 7 },
    { name: "summarize", kind: "value", count: 100, last: 100, mean: 50.5, p95: 95 },
    { name: "read", kind: "stage", count: 1, last: 3, mean: 3, p95: 3 },
  ]);
});

Deno.test("createTimings() forgets old durations for p95, not for count and mean", () => {
  const timings = createTimings(createMetrics());
  for (let i = 0; i < 500; i++) timings.note("stl", "metadata", 1_000);
  for (let i = 0; i < 1_000; i++) timings.note("stl", "metadata", 1);
  const [{ count, p95, mean }] = timings.list();
  deepStrictEqual([count, p95, mean], [1_500, 1, 501_000 / 1_500]);
});

Deno.test("createTimings() times a stage that fails too", async () => {
  const timings = createTimings(createMetrics());
  await rejects(timings.stage("publish", () => Promise.reject(new Error("down"))), /down/);
  strictEqual(timings.list()[0].count, 1);
});
