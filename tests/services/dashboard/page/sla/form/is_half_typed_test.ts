import { strictEqual } from "node:assert/strict";
import { isHalfTyped } from "../../../../../../services/dashboard/page/sla/form/is_half_typed.ts";

Deno.test("isHalfTyped() is true while a quote or bracket is open, or an operator waits", () => {
  const whole =
    `sum by (job) (rate(http_requests_total{path=~"/a(b|c)[\\"]", method!='{'}[5m])) > 2 or vector(1)`;
  strictEqual(isHalfTyped(whole), false);
  for (
    const half of [
      "max(rabbit",
      "rate(m[5m",
      "rate(m[5m]",
      "m{",
      'm{a="b',
      'm{a="b"',
      "m{a='(",
      "a +",
      "a * ",
      "a or",
      "sum by",
      "label_replace(m, `",
    ]
  ) strictEqual(isHalfTyped(half), true, half);
});

Deno.test("isHalfTyped() is false of what is whole, or wrong whatever comes", () => {
  for (
    const one of [
      "",
      "node_load1",
      "m}",
      "rate(m))",
      "(m]",
      'm{a="("}',
      "m # (it's open",
      "vector",
      "for",
      "a_by",
      "job:m:by",
    ]
  ) strictEqual(isHalfTyped(one), false, one);
});
