import { match, strictEqual } from "node:assert/strict";
import {
  describeGaps,
  describeSpending,
  describeWithout,
  judgedMs,
  spentMs,
} from "../../../../../services/dashboard/page/sla/spent_time.ts";

const HOUR_MS = 3_600_000;
const TIMES = { goodMs: 100_000, badMs: 5_000, missingMs: 80_000 };
const HISTORY = {
  window: "3h",
  fromMs: 0,
  toMs: 3 * HOUR_MS,
  stepMs: HOUR_MS,
  judgedFromMs: 0,
  remaining: [1, 0.997, 0.997],
  badMs: [0, 0, 0],
  missingMs: [0, 80_000, 0],
};

Deno.test("spentMs() and judgedMs() count time without samples as the SLA says", () => {
  strictEqual(spentMs(TIMES, "violated"), 85_000);
  strictEqual(spentMs(TIMES, "ok"), 5_000);
  strictEqual(spentMs(TIMES, "unknown"), 5_000);
  strictEqual(judgedMs(TIMES, "violated"), 185_000);
  strictEqual(judgedMs(TIMES, "ok"), 185_000);
  strictEqual(judgedMs(TIMES, "unknown"), 105_000);
});

Deno.test("describeWithout() says what time without samples counts as", () => {
  strictEqual(describeWithout(0, "violated"), "never");
  strictEqual(describeWithout(80_000, "violated"), "for 80 s, which counts as out of bounds");
  strictEqual(describeWithout(80_000, "ok"), "for 80 s, which counts as in bounds");
  strictEqual(describeWithout(80_000, "unknown"), "for 80 s");
});

Deno.test("describeGaps() says which part of a time that is judged had no samples", () => {
  strictEqual(describeGaps(0, "unknown"), "");
  strictEqual(describeGaps(80_000, "unknown"), ", but for 80 s without samples");
  strictEqual(describeGaps(80_000, "violated"), ", 80 s without samples counting as out of bounds");
  strictEqual(describeGaps(80_000, "ok"), ", 80 s without samples counting as in bounds");
});

Deno.test("describeSpending() never says that nothing was spent where time without samples was charged", () => {
  match(
    describeSpending(HISTORY, "violated"),
    /^99\.7 % is left\. Most was spent in the hour from .+: 80 s without samples, which counts as out of bounds\.$/,
  );
  match(
    describeSpending({ ...HISTORY, badMs: [0, 40_000, 0] }, "violated"),
    /: 2 min out of bounds, 80 s of it without samples\.$/,
  );
  const unspent = { ...HISTORY, remaining: [1, 1, 1] };
  strictEqual(describeSpending(unspent, "unknown"), "Nothing of it was spent in the last 3 h.");
  const young = { ...unspent, judgedFromMs: 2.8 * HOUR_MS };
  // How long it was judged is told of the time that has a verdict alone, by the budget.
  match(
    describeSpending(young, "unknown"),
    /^Judged since .*:48:00, but for 80 s without samples: nothing of it was spent yet\.$/,
  );
  match(
    describeSpending({ ...young, missingMs: [0, 0, 0] }, "unknown"),
    /^Judged since .*:48:00: nothing of it was spent yet\.$/,
  );
});

Deno.test("describeSpending() speaks of the step that spent most, and since when nothing is left", () => {
  const history = { ...HISTORY, remaining: [0.5, 0, -0.4], badMs: [300_000, 660_000, 1_000] };
  const words = describeSpending(history, "unknown");
  match(
    words,
    /^Nothing is left since .+; 140 % of what is allowed was spent\. Most was spent in the hour from /,
  );
  match(words, /: 11 min out of bounds\.$/);
  match(describeSpending({ ...history, stepMs: 6 * HOUR_MS }, "unknown"), /Most was spent in the 6 h from /);
});
