import { strictEqual } from "node:assert/strict";
import { newSeriesProgress } from "../../../../services/sla_manager/judging/advance.ts";
import { brokenBound, judgeRules } from "../../../../services/sla_manager/judging/judge_rules.ts";
import { judgeValue } from "../../../../services/sla_manager/judging/judge_value.ts";
import type { Sla } from "../../../../services/shared/domain/sla/sla.ts";
import { draftOf, START_MS } from "../../../support/sla_manager.ts";

const REASONS: readonly (readonly [Partial<Sla>, number, string])[] = [
  [{ expression: "free_bytes", min: 1e10 }, 172_598_700_000, "160.7 GiB is above the minimum of 9.313 GiB"],
  [{ expression: "free_bytes", min: 1e10 }, 1e10, "9.313 GiB is at the minimum of 9.313 GiB"],
  [{ expression: "queue_depth", max: 20 }, 20, "20 is at the maximum of 20"],
  [{ expression: "queue_depth", min: 0, max: 20 }, 20, "20 is within 0 … 20"],
  [{ expression: "free_bytes", min: 1e10 }, 9e9, "8.382 GiB is below the minimum of 9.313 GiB"],
  [{ expression: "latency_seconds", max: 0.25 }, 0.31, "310 ms is above the maximum of 250 ms"],
  [{ expression: "latency_seconds", min: 0, max: 0.25 }, 0.0021, "2.1 ms is within 0 s … 250 ms"],
  [{ expression: "uptime_ratio", min: 0.9995 }, 0.99949, "99.949 % is below the minimum of 99.95 %"],
  [{ expression: "queue_depth", max: 4 }, 4.00001, "4.00001 is above the maximum of 4"],
  [
    { expression: "queue_depth", max: 2e12 },
    172_598_700_000,
    "172,600,000,000 is below the maximum of 2,000,000,000,000",
  ],
  [
    { expression: "sum(rate(sent_bytes_total[5m]))", max: 1e6 },
    2_097_152,
    "2 MiB/s is above the maximum of 976.6 KiB/s",
  ],
  // A bound taken from samples has all digits of a double.
  [
    { expression: "queue_depth", max: 1.7943999999999871 },
    1.7944000000000002,
    "1.794 is above the maximum of 1.794, by 1.31e-14",
  ],
  [
    { expression: "queue_depth", min: 0.1, max: 1.7943999999999871 },
    1.1234567,
    "1.123 is within 0.1 … 1.794",
  ],
  [
    { expression: "free_bytes", min: 6_385_655_180 },
    6_385_655_170,
    "5.947 GiB is below the minimum of 5.947 GiB, by 10 B",
  ],
  [
    { expression: "start_time_seconds", max: 1_795_404_045 },
    1_795_404_045 + 2 ** -12,
    "2026-11-23 03:20:45 UTC is above the maximum of 2026-11-23 03:20:45 UTC, by 244.1 µs",
  ],
  [
    { expression: "uptime_ratio", min: 0.9995 },
    0.9995 - 1e-11,
    "99.95 % is below the minimum of 99.95 %, by 1.00e-9 percentage points",
  ],
  [
    { expression: "sum(rate(gc_duration_seconds_sum[5m]))", max: 5e-6 },
    3.4e-6,
    "3.4 µs/s is below the maximum of 5 µs/s",
  ],
  [{ expression: "error_ratio", max: 0.05 }, 3.4e-6, "less than 0.01 % is below the maximum of 5 %"],
  [{ expression: "error_ratio", max: 2e-6 }, 3.4e-6, "0.00034 % is above the maximum of 0.0002 %"],
  [{ expression: "queue_depth", max: 4 }, Infinity, "∞ is above the maximum of 4"],
  [
    { expression: "a_seconds", max: 4, warnMax: 3 },
    3.5,
    "3.5 s is within bounds, but above the warning bound of 3 s",
  ],
];

for (const [draft, value, reason] of REASONS) {
  Deno.test(`judgeValue() says ${reason}`, () => {
    const rules = judgeRules(
      { ...draftOf({ name: "a", ...draft }), step: "15s" } as Sla,
      { staleAfterMs: 180_000, riskForMs: 60_000, riskThreshold: 0.5 },
    );
    const bound = brokenBound(value, rules);
    const run = bound === null
      ? null
      : { bound, fromMs: START_MS, steps: 1, counted: true, firstValue: value };
    const progress = newSeriesProgress("0123456789abcdef", {}, START_MS);
    strictEqual(judgeValue(progress, { atMs: START_MS, value, run, rules }).reason, reason);
  });
}

Deno.test("judgeValue() tells a value from its bounds where a violation is probable, too", () => {
  const rules = judgeRules(
    {
      ...draftOf({ name: "a", expression: "queue_depth", min: 1_795_416_000, max: 1_795_417_000 }),
      step: "15s",
    } as Sla,
    { staleAfterMs: 180_000, riskForMs: 60_000, riskThreshold: 0.5 },
  );
  const risk = { probability: 0.7, active: true, untilMs: START_MS + 600_000 };
  const progress = { ...newSeriesProgress("0123456789abcdef", {}, START_MS), risk };
  strictEqual(
    judgeValue(progress, { atMs: START_MS, value: 1_795_416_500, run: null, rules }).reason,
    "1,795,416,500 is within bounds, but a violation is probable: 70 %",
  );
});

Deno.test("judgeValue() says that a violation stays probable below the threshold at which it began to be", () => {
  const rules = judgeRules(
    { ...draftOf({ name: "a", expression: "queue_depth", max: 4 }), step: "15s" } as Sla,
    { staleAfterMs: 180_000, riskForMs: 60_000, riskThreshold: 0.5 },
  );
  const reasonAt = (probability: number): string => {
    const risk = { probability, active: true, untilMs: START_MS + 600_000 };
    const progress = { ...newSeriesProgress("0123456789abcdef", {}, START_MS), risk };
    return judgeValue(progress, { atMs: START_MS, value: 3, run: null, rules }).reason;
  };
  strictEqual(reasonAt(0.5), "3 is within bounds, but a violation is probable: 50 %");
  strictEqual(
    reasonAt(0.46),
    "3 is within bounds, but a violation stays probable: 46 % (ok again below 40 %)",
  );
});
