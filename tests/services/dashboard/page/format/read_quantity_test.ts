import { strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { formatQuantity } from "../../../../../services/shared/domain/units/quantity.ts";
import type { Unit } from "../../../../../services/shared/domain/units/unit.ts";
import {
  describeReading,
  readQuantity,
} from "../../../../../services/dashboard/page/format/read_quantity.ts";

const READINGS: readonly (readonly [text: string, unit: Unit, value: number | undefined])[] = [
  ["1,5", { base: null }, 1.5],
  ["1,200", { base: null }, 1_200],
  ["-1,234,567.5", { base: null }, -1_234_567.5],
  ["0,999", { base: null }, 0.999],
  ["99,9 %", { base: "ratio" }, 0.999],
  ["1,000 %", { base: "ratio" }, 10],
  ["1e-3", { base: null }, 0.001],
  ["−3", { base: null }, -3],
  [".5", { base: null }, 0.5],
  ["1.2.3", { base: null }, undefined],
  ["many", { base: null }, undefined],
  ["%", { base: "ratio" }, undefined],
  ["90 %", { base: "ratio" }, 0.9],
  ["90 %", { base: "percent" }, 90],
  ["90 %", { base: null }, 0.9],
  ["90 %", { base: "bytes" }, undefined],
  ["2 GiB", { base: "bytes" }, 2 * 1024 ** 3],
  ["2 GB", { base: "bytes" }, 2e9],
  ["2Mi", { base: "bytes" }, 2 * 1024 ** 2],
  ["64 B", { base: "bytes" }, 64],
  ["1.5 MiB/s", { base: "bytes", perSecond: true }, 1.5 * 1024 ** 2],
  ["1.5 MiB/s", { base: "bytes" }, undefined],
  ["2 GiB", { base: null }, 2 * 1024 ** 3],
  ["2 GiB", { base: "seconds" }, undefined],
  ["500 ms", { base: "seconds" }, 0.5],
  ["500ms", { base: null }, 0.5],
  ["5 min", { base: "seconds" }, 300],
  ["500 ms", { base: "bytes" }, undefined],
  ["1.5k", { base: null }, 1_500],
  ["1.5K req/s", { base: "requests", perSecond: true }, 1_500],
  ["300 msg", { base: "messages" }, 300],
  ["300 messages", { base: "messages" }, 300],
  ["300 MiB", { base: "messages" }, undefined],
  ["70 °C", { base: "celsius" }, 70],
  ["12 volts", { base: "volts" }, 12],
  ["5 min", { base: "epoch seconds" }, undefined],
];
for (const [text, unit, value] of READINGS) {
  const of = `${unit.base ?? "unknown"}${unit.perSecond ? " per second" : ""}`;
  Deno.test(`readQuantity() takes "${text}" of ${of} for ${value}`, () => {
    strictEqual(readQuantity(text, unit), value);
  });
}

Deno.test("readQuantity() reads what the page writes", () => {
  const bases = ["bytes", "seconds", "ratio", "percent", "celsius", "requests", "messages", "volts", null];
  const number = fc.double({ min: -1e14, max: 1e14, noNaN: true })
    .filter((value) => Math.abs(value) > 1e-3);
  fc.assert(
    fc.property(number, fc.constantFrom(...bases), fc.boolean(), (value, base, perSecond) => {
      const unit: Unit = { base, perSecond };
      const read = readQuantity(formatQuantity(value, unit, { digits: 6 }), unit);
      // Six digits were written.
      strictEqual(Math.abs((read ?? NaN) - value) <= 1e-5 * Math.abs(value), true, `${read}`);
    }),
    { seed: 20, numRuns: 500 },
  );
});

Deno.test("describeReading() gives a number its unit, and one with a unit as a number", () => {
  strictEqual(describeReading("0.9", { base: "ratio" }), "= 90 %");
  strictEqual(describeReading("90 %", { base: "ratio" }), "= 0.9");
  strictEqual(describeReading("90 %", { base: null }), "= 0.9");
  strictEqual(describeReading("500 ms", { base: "seconds" }), "= 0.5 seconds");
  strictEqual(describeReading("1.5k", { base: "requests", perSecond: true }), "= 1,500 requests per second");
  strictEqual(describeReading("0.9999999", { base: "ratio" }), "= 99.99999 %");
  strictEqual(describeReading("1900000000", { base: "bytes" }), "≈ 1.77 GiB");
  strictEqual(describeReading("1.8GB", { base: "bytes" }), "= 1.676 GiB (1,800,000,000 bytes)");
  strictEqual(
    describeReading("1.5 MB/s", { base: "bytes", perSecond: true }),
    "= 1.431 MiB/s (1,500,000 bytes per second)",
  );
  strictEqual(describeReading("2 GiB", { base: "bytes" }), "= 2,147,483,648 bytes");
  strictEqual(describeReading("64 B", { base: "bytes" }), "= 64 bytes");
  strictEqual(describeReading("4.5", { base: null }), undefined);
  strictEqual(describeReading("", { base: "bytes" }), undefined);
});
