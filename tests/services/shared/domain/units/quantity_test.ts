import { deepStrictEqual, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import {
  formatApart,
  formatDifference,
  formatProbability,
  formatQuantity,
  formatShare,
  shareDecimals,
} from "../../../../../services/shared/domain/units/quantity.ts";
import { NO_UNIT } from "../../../../../services/shared/domain/units/unit.ts";

const QUANTITIES: readonly (readonly [number | null, string | null, boolean, string])[] = [
  [null, null, false, "–"],
  [0, null, false, "0"],
  [1234.5678, null, false, "1.235K"],
  [-3.14159, null, false, "-3.142"],
  [1536, "bytes", false, "1.5 KiB"],
  [3 * 1024 ** 3, "bytes", true, "3 GiB/s"],
  [0.0123, "seconds", false, "12.3 ms"],
  [5400, "seconds", false, "90 min"],
  [0.4213, "ratio", false, "42.13 %"],
  [1e-9, null, false, "1.00e-9"],
  [42, "requests", true, "42 req/s"],
  [1_795_404_045, "epoch seconds", false, "2026-11-23 03:20:45 UTC"],
  [1_795_404_045_678, "epoch milliseconds", false, "2026-11-23 03:20:45 UTC"],
  [1_038_000, "epoch milliseconds", false, "17.3 min"],
  [0, "epoch seconds", false, "0 s"],
];

for (const [value, base, perSecond, words] of QUANTITIES) {
  Deno.test(`formatQuantity() writes ${value} ${base ?? ""}${perSecond ? " per second" : ""} as ${words}`, () => {
    strictEqual(formatQuantity(value, { base, perSecond }), words);
  });
}

Deno.test("formatProbability() never claims certainty it does not have", () => {
  strictEqual(formatProbability(0.9999), "> 99 %");
  strictEqual(formatProbability(1), "≈ 100 %");
  strictEqual(formatProbability(0), "≈ 0 %");
  strictEqual(formatProbability(0.001), "< 1 %");
  strictEqual(formatProbability(0.37), "37 %");
  strictEqual(formatProbability(null), "–");
});

for (
  const [share, text, decimals] of [
    [0.99941, "99.941 %", 3],
    [0.9995, "99.95 %"],
    [0.9999, "99.99 %"],
    [0.54213, "54 %"],
    [0.9134, "91.3 %"],
    [0.002, "0.2 %"],
    [0.99999, "> 99.99 %"],
    [0.99999, "99.999 %", 6],
    [0.00001, "< 0.01 %"],
    [0.996, "> 99 %", 0],
    [1, "100 %"],
    [0, "0 %"],
    [1 - 1e-15, "100 %"],
    [-1.404, "−140 %"],
    [0.6, "60 %", 0],
    [null, "–"],
  ] as const
) {
  Deno.test(`formatShare() writes ${share} with at most ${decimals ?? 2} decimals as ${text}`, () =>
    strictEqual(formatShare(share, decimals), text));
}

Deno.test("shareDecimals() is what so many values can tell apart", () =>
  deepStrictEqual([1, 100, 101, 1_000, 2_880, 1e9].map(shareDecimals), [0, 0, 1, 1, 2, 3]));

Deno.test("formatQuantity() writes numbers of no unit in full in sentences, and what is not finite", () => {
  const long = (value: number, digits?: number) => formatQuantity(value, NO_UNIT, { style: "long", digits });
  deepStrictEqual([172_598_700_000, 12_345, 1234.5678, 0.123456, -5e-7, 2e20].map((value) => long(value)), [
    "172,600,000,000",
    "12,345",
    "1,235",
    "0.1235",
    "-5.00e-7",
    "2.00e+20",
  ]);
  strictEqual(long(1234.5678, 6), "1,234.57");
  strictEqual(formatQuantity(Infinity), "∞");
});

Deno.test("values of one metric have one unit, however small they are", () => {
  const share = { base: "ratio" };
  deepStrictEqual(formatApart([2e-4, 3e-4], share), ["0.02 %", "0.03 %"]);
  deepStrictEqual(formatApart([0, 0.5], share), ["0 %", "50 %"]);
  const duration = { base: "seconds", perSecond: true };
  deepStrictEqual(formatApart([0, 2.851e-6, 1.128e-4], duration), ["0 s/s", "2.851 µs/s", "112.8 µs/s"]);
});

Deno.test("formatQuantity() writes a tiny share in a sentence as just that, unless it matters how tiny", () => {
  const long = (value: number, digits?: number) =>
    formatQuantity(value, { base: "ratio" }, { style: "long", digits });
  deepStrictEqual([3.4e-6, 1e-4, 0, -3.4e-6].map((value) => long(value)), [
    "less than 0.01 %",
    "0.01 %",
    "0 %",
    "-0.00034 %",
  ]);
  strictEqual(long(3.4e-6, 4), "0.00034 %");
  strictEqual(formatQuantity(0.0034, { base: "percent" }, { style: "long" }), "less than 0.01 %");
  deepStrictEqual(formatApart([3.4e-6, 0.05], { base: "ratio" }), ["less than 0.01 %", "5 %"]);
  deepStrictEqual(formatApart([3.4e-6, 3.4e-6, 0.05], { base: "ratio" }), ["0.00034 %", "0.00034 %", "5 %"]);
});

Deno.test("formatDifference() writes percentage points, and lengths between points in time", () => {
  strictEqual(formatDifference(0.098, { base: "ratio" }), "9.8 pp");
  strictEqual(formatDifference(0.098, { base: "ratio" }, { style: "long" }), "9.8 percentage points");
  strictEqual(formatDifference(3e-6, { base: "ratio" }, { style: "long" }), "0.0003 percentage points");
  strictEqual(formatDifference(90, { base: "epoch seconds" }), "90 s");
});

Deno.test("formatApart() takes the digits it needs, and never makes two numbers one", () => {
  deepStrictEqual(formatApart([4.00001, 4]), ["4.00001", "4"]);
  deepStrictEqual(formatApart([0.99951, 0.9995], { base: "ratio" }), ["99.951 %", "99.95 %"]);
  deepStrictEqual(formatApart([172_598_700_000, 1e10], { base: "bytes" }), ["160.7 GiB", "9.313 GiB"]);
  const short = { style: "short", digits: 12 } as const;
  deepStrictEqual(formatApart([1.795402e12, 1.795404e12, null], NO_UNIT, short), [
    "1.795402T",
    "1.795404T",
    "–",
  ]);
  deepStrictEqual(formatApart([1_795_402_000_100, 1_795_402_000_000], NO_UNIT, short), [
    "1,795,402,000,100",
    "1,795,402,000,000",
  ]);
  deepStrictEqual(formatApart([1, 1 + 1e-15], NO_UNIT, short), ["1", "1"]);
  deepStrictEqual(formatApart([1_795_404_045.5, 1_795_404_045], { base: "epoch seconds" }), [
    "2026-11-23 03:20:45.500 UTC",
    "2026-11-23 03:20:45.000 UTC",
  ]);
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(
      number,
      number,
      fc.constantFrom(null, "bytes", "seconds", "ratio", "epoch seconds"),
      (value, other, base) => {
        const [one, two] = formatApart([value, other], { base });
        return (one === two) === (value === other);
      },
    ),
    { seed: 1 },
  );
});
