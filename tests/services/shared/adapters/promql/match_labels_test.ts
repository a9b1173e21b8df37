import { ok, strictEqual, throws } from "node:assert/strict";
import { compileMatchers } from "../../../../../services/shared/adapters/promql/match_labels.ts";

for (
  const [operator, value, wanted] of [
    ["=", "a", true],
    ["=", "", false],
    ["!=", "a", false],
    ["=~", "a|b", true],
    ["=~", "", false],
    ["!~", "b.*", true],
    ["=~", ".", true],
  ] as const
) {
  Deno.test(`compileMatchers() compares "a" ${operator} "${value}"`, () => {
    strictEqual(compileMatchers([{ label: "x", operator, value }])({ x: "a" }), wanted);
  });
}

Deno.test("compileMatchers() takes an absent label for an empty one and anchors patterns", () => {
  ok(compileMatchers([{ label: "y", operator: "=", value: "" }])({ x: "a" }));
  ok(!compileMatchers([{ label: "x", operator: "=~", value: "b" }])({ x: "abc" }));
  ok(!compileMatchers([{ label: "toString", operator: "=~", value: ".+" }])({ x: "abc" }));
});

Deno.test("compileMatchers() answers a pattern that explodes elsewhere", () => {
  strictEqual(
    compileMatchers([{ label: "x", operator: "=~", value: "(a*)*b" }])({ x: "a".repeat(5_000) }),
    false,
  );
});

Deno.test("compileMatchers() rejects a pattern RE2 does not know", () => {
  for (const value of ["(?=a)", "a(", "a".repeat(1_001)]) {
    throws(() => compileMatchers([{ label: "x", operator: "=~", value }]), { name: "DomainError" });
  }
});
