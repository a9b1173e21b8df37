import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { parseExpression } from "../../../../../services/shared/adapters/promql/parse_expression.ts";

const NAME = { label: "__name__", operator: "=" } as const;

for (
  const [text, matchers] of [
    ["up", [{ ...NAME, value: "up" }]],
    ["((up))", [{ ...NAME, value: "up" }]],
    ['{__name__="x","a.b"=~"c|d"}', [{ ...NAME, value: "x" }, {
      label: "a.b",
      operator: "=~",
      value: "c|d",
    }]],
    ['{"my.metric",a!="b"}', [{ ...NAME, value: "my.metric" }, { label: "a", operator: "!=", value: "b" }]],
    [String.raw`x{a="q\"\n\\ü\u00e9"}`, [{ ...NAME, value: "x" }, {
      label: "a",
      operator: "=",
      value: 'q"\n\\üé',
    }]],
    ["x{a=`raw\\n`}", [{ ...NAME, value: "x" }, { label: "a", operator: "=", value: "raw\\n" }]],
  ] as const
) {
  Deno.test(`parseExpression() reads the selector ${text}`, () => {
    const parsed = parseExpression(text);
    strictEqual(parsed.kind, "selector");
    if (parsed.kind === "selector") deepStrictEqual(parsed.selector.matchers, matchers);
  });
}

Deno.test("parseExpression() reads a rate and its range", () => {
  const parsed = parseExpression('rate(http_requests_total{code!~"5.."}[1m30s])');
  strictEqual(parsed.kind, "rate");
  if (parsed.kind === "rate") strictEqual(parsed.rangeMs, 90_000);
  deepStrictEqual(parsed.reads.map(({ inRange }) => inRange), [true]);
});

for (const text of ["sum(rate(x[5m])) / y", "x offset 5m", "x @ end()", "x[5m]", "x > 1", "1 + 1", "-x"]) {
  Deno.test(`parseExpression() leaves ${text} to Prometheus`, () => {
    strictEqual(parseExpression(text).kind, "other");
  });
}

for (const text of ['up{a="1', "", " ", "rate(x[5m]", "sum by (", "x".repeat(100_001)]) {
  Deno.test(`parseExpression() finds the error in ${JSON.stringify(text.slice(0, 20))}`, () => {
    strictEqual(parseExpression(text).kind, "error");
  });
}

Deno.test("parseExpression() lists every selector and whether it is read as a range", () => {
  const { reads } = parseExpression("sum(rate(x[5m])) / y + max_over_time(z[1h:1m])");
  deepStrictEqual(reads.map(({ matchers, inRange }) => [matchers[0].value, inRange]), [
    ["x", true],
    ["y", false],
    ["z", true],
  ]);
});
