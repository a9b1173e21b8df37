import { deepStrictEqual } from "node:assert/strict";
import { warnOfDrops } from "../../../../services/etl/cycle/drop_warnings.ts";
import type { DropCause, DroppedSeries } from "../../../../services/etl/record/cycle_log.ts";

const NOW_MS = 1_000_000_000;
const OPTIONS = { nowMs: NOW_MS, intervalMs: 60_000 };

function dropped(name: string, cause: DropCause = "empty"): DroppedSeries {
  return {
    series: { id: name, name, labels: {}, type: "gauge", unit: "" },
    cause,
    reason: `${name}'s reason`,
  };
}

Deno.test("warnOfDrops() tells series that may be too young apart from those that have no values", () => {
  const memories = new Map([
    ["queue", { foundAtMs: NOW_MS }],
    ["born", { foundAtMs: NOW_MS - 20_000 }],
    ["nan", { foundAtMs: NOW_MS - 60_000 }],
  ]);
  deepStrictEqual(
    warnOfDrops(["queue", "born", "nan"].map((name) => dropped(name)), { ...OPTIONS, memories }),
    [
      "Dropped as they are too young to have usable values: 2 series born within 1m, such as born",
      "Dropped as they have no usable values in the window: 1 series, such as nan",
    ],
  );
});

Deno.test("warnOfDrops() takes none for young that was there when the etl looked first", () => {
  const memories = new Map([["nan", { foundAtMs: NOW_MS }]]);
  deepStrictEqual(warnOfDrops([dropped("nan")], { ...OPTIONS, memories }), [
    "Dropped as they have no usable values in the window: 1 series, such as nan",
  ]);
});

Deno.test("warnOfDrops() gives the reason of what failed, however new it is", () => {
  const memories = new Map([["queue", { foundAtMs: NOW_MS }]]);
  deepStrictEqual(warnOfDrops([dropped("queue", "failed")], { ...OPTIONS, memories }), [
    "Dropped as their analysis failed: 1 series, such as queue. queue's reason",
  ]);
  deepStrictEqual(warnOfDrops([], { ...OPTIONS, memories }), []);
});
