import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { ChartLine } from "../../../../../../services/dashboard/page/charts/data/chart_line.ts";
import { withoutOutliers } from "../../../../../../services/dashboard/page/charts/data/outliers.ts";
import { viewOfValues } from "../../../../../../services/dashboard/page/charts/data/value_view.ts";

const RANGE = { fromMs: 0, toMs: 1_000 };

function line(values: readonly (number | null)[], more: Partial<ChartLine> = {}): ChartLine {
  return { label: "value", colour: "history", track: { timesMs: values.map((_, i) => i), values }, ...more };
}

/** From 2 to 6, and for a few steps as high as told. */
function queue(block?: number): (number | null)[] {
  return Array.from(
    { length: 200 },
    (_, i) => i >= 100 && i < 105 && block !== undefined ? block : 2 + i % 5,
  );
}

Deno.test("viewOfValues() cuts a block off that would flatten the rest, and says how far it goes", () => {
  const { low, high, cutOff } = viewOfValues({ lines: [line(queue(600))], range: RANGE });
  ok(low > 1 && high < 10, `${low} … ${high}`);
  deepStrictEqual(cutOff, [{ label: "value", side: "above", value: 600 }]);
});

Deno.test("viewOfValues() shows all of it where that is asked for, or where nothing is flattened", () => {
  const whole = viewOfValues({ lines: [line(queue(600))], range: RANGE, whole: true });
  ok(whole.high > 600);
  deepStrictEqual(whole.cutOff, []);
  ok(viewOfValues({ lines: [line(queue(20))], range: RANGE }).high > 20);
  // Nothing is lost by a line that is flat anyway.
  const flat = queue().map((_, i) => i === 50 ? 600 : 0);
  ok(viewOfValues({ lines: [line(flat)], range: RANGE }).high > 600);
});

Deno.test("viewOfValues() shows the whole of a violation, and with it the bound that it broke", () => {
  const bounds = [{ value: 80 }];
  const lines = [line(queue(98))];
  ok(viewOfValues({ lines, range: RANGE, bounds }).high < 10);
  const { high, cutOff } = viewOfValues({
    lines,
    range: RANGE,
    bounds,
    intervals: [{ fromMs: 100, toMs: 104 }],
  });
  ok(high > 98, `up to ${high}`);
  deepStrictEqual(cutOff, []);
  // One before the time that is shown asks for no room.
  const range = { fromMs: 110, toMs: 1_000 };
  ok(viewOfValues({ lines, range, bounds, intervals: [{ fromMs: 100, toMs: 104 }] }).high < 10);
});

Deno.test("viewOfValues() is not scaled by what stands aside, and says where that is cut off", () => {
  const past = line(queue(600).map((value) => -value!), { label: "expected before", aside: true });
  const { low, cutOff } = viewOfValues({ lines: [past, line(queue())], range: RANGE });
  strictEqual(low, 2 - 4 * 0.06);
  deepStrictEqual(cutOff, [{ label: "expected before", side: "below", value: -600 }]);
  const near = line(queue().map((value) => value! + 1.5), { label: "expected before", aside: true });
  deepStrictEqual(viewOfValues({ lines: [near, line(queue())], range: RANGE }).cutOff, []);
});

Deno.test("viewOfValues() has room for the forecast's interval, but not for one that is far out", () => {
  const timesMs = [300, 301];
  const forecast = (upper: number, middle = 4) =>
    line([], {
      label: "forecast",
      track: { timesMs, values: [4, middle] },
      band: { lower: { timesMs, values: [3, 3] }, upper: { timesMs, values: [6, upper] }, colour: "band" },
    });
  ok(viewOfValues({ lines: [line(queue()), forecast(12)], range: RANGE }).high > 12);
  // Where the middle goes, the chart goes with it.
  ok(viewOfValues({ lines: [line(queue()), forecast(900, 300)], range: RANGE }).high > 300);
  // What is usual is not known yet.
  ok(viewOfValues({ lines: [line(queue().slice(0, 20)), forecast(900)], range: RANGE }).high > 900);
  const { high, cutOff } = viewOfValues({ lines: [line(queue()), forecast(900)], range: RANGE });
  ok(high < 10);
  deepStrictEqual(cutOff, [{ label: "interval of forecast", side: "above", value: 900 }]);
});

Deno.test("viewOfValues() brings a near bound into view, leaves a far one, and knows what lies outside the time", () => {
  const lines = [line([...queue(), 9_999])];
  const range = { fromMs: 0, toMs: 199 };
  ok(viewOfValues({ lines, range, bounds: [{ value: 13 }] }).high > 13);
  ok(viewOfValues({ lines, range, bounds: [{ value: 15 }] }).high < 10);
  ok(viewOfValues({ lines, range, bounds: [{ value: 900 }] }).high < 10);
  deepStrictEqual(viewOfValues({ lines: [], range }), { low: 0, high: 1, cutOff: [] });
});

Deno.test("withoutOutliers() takes few values as they are", () => {
  deepStrictEqual(withoutOutliers([1, 2, 1_000], [1, 2, 1_000]), [1, 1_000]);
  strictEqual(withoutOutliers([], []), undefined);
});
