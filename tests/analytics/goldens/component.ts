import { ok } from "node:assert/strict";

/** A component of a golden decomposition: every `stride`-th value, and the sum of squares of all. */
export interface GoldenComponent {
  readonly stride: number;
  readonly values: readonly (number | null)[];
  readonly squares: number;
}

/** Holds a component against its golden, relative to the largest size `scale` among the values it came from. */
export function agrees(actual: Float64Array, golden: GoldenComponent, scale: number, tolerance = 1e-8): void {
  golden.values.forEach((expected, k) => {
    const found = actual[k * golden.stride];
    ok(
      expected === null ? Number.isNaN(found) : Math.abs(found - expected) <= tolerance * scale,
      `value at ${k * golden.stride}: ${found} instead of ${expected}`,
    );
  });
  const squares = actual.reduce((sum, value) => Number.isNaN(value) ? sum : sum + value * value, 0);
  ok(
    Math.abs(squares - golden.squares) <= tolerance * Math.max(golden.squares, scale * scale),
    `sum of squares: ${squares} instead of ${golden.squares}`,
  );
}
