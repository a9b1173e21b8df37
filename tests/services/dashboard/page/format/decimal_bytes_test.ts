import { strictEqual } from "node:assert/strict";
import { describeBounds } from "../../../../../services/dashboard/page/format/bounds.ts";
import { formatDecimal } from "../../../../../services/dashboard/page/format/decimal_bytes.ts";

const BYTES = { base: "bytes" };

for (
  const [value, words] of [
    [1.8e9, "1.8 GB"],
    [250e6, "250 MB"],
    [1_000, "1 kB"],
    [-5e12, "-5 TB"],
    [2 * 1024 ** 3, undefined],
    [1_024_000, undefined],
    [999, undefined],
    [null, undefined],
  ] as const
) {
  Deno.test(`formatDecimal() says ${words} of ${value} bytes`, () =>
    strictEqual(formatDecimal(value, BYTES), words));
}

Deno.test("formatDecimal() is for bytes alone, and for bytes per second", () => {
  strictEqual(formatDecimal(1.8e9, { base: "messages" }), undefined);
  strictEqual(formatDecimal(1.8e9, { base: "bytes", perSecond: true }), "1.8 GB/s");
});

Deno.test("describeBounds() writes bytes as they were typed where that is asked for", () => {
  const bounds = { value: 1e9, min: null, max: 1.8e9 };
  strictEqual(describeBounds(bounds, BYTES, { asTyped: true }).bounds, "≤ 1.8 GB = 1.676 GiB");
  strictEqual(describeBounds(bounds, BYTES).bounds, "≤ 1.676 GiB");
});
