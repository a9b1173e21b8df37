import { ok, strictEqual } from "node:assert/strict";

/** Asserts that two numbers agree to 1e-8 of the expected one, or of `floor` where that is near 0. */
export function close(actual: number, expected: number, what: string, floor = 1e-6, relative = 1e-8): void {
  const tolerance = relative * Math.max(Math.abs(expected), floor);
  ok(Math.abs(actual - expected) <= tolerance, `${what}: found ${actual}, expected ${expected}`);
}

/** Asserts that two numbers agree to `tolerance` of the expected one, or of 1 where that is less. */
export function closeTo(actual: number, expected: number, tolerance = 1e-8): void {
  ok(
    Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${actual} is not ${expected}`,
  );
}

/** Asserts that two series agree entry by entry. */
export function allClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  what: string,
  floor = 1e-6,
): void {
  strictEqual(actual.length, expected.length, `${what}: length`);
  for (let i = 0; i < expected.length; i++) close(actual[i], expected[i], `${what} at ${i}`, floor);
}
