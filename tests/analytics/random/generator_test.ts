import { deepStrictEqual, notDeepStrictEqual, ok } from "node:assert/strict";
import { createGenerator } from "../../../analytics/random/_generator.ts";

const draw = (seed: number, stream: number, count = 5) => {
  const generator = createGenerator(seed, stream);
  return Array.from({ length: count }, () => generator.uniform());
};

Deno.test("createGenerator() repeats itself from the same seed and stream", () => {
  deepStrictEqual(draw(42, 7), draw(42, 7));
});

Deno.test("createGenerator() differs by seed, by stream and by the high half of a seed", () => {
  notDeepStrictEqual(draw(1, 0), draw(2, 0));
  notDeepStrictEqual(draw(1, 0), draw(1, 1));
  notDeepStrictEqual(draw(1, 1), draw(2, 0));
  notDeepStrictEqual(draw(1, 0), draw(1 + 2 ** 32, 0));
});

Deno.test("createGenerator() uniform has the moments of the uniform distribution", () => {
  const { uniform } = createGenerator(3);
  let sum = 0, squares = 0, lagged = 0, previous = 0.5;
  const count = 200_000;
  for (let i = 0; i < count; i++) {
    const value = uniform();
    ok(value >= 0 && value < 1);
    sum += value;
    squares += value * value;
    lagged += (value - 0.5) * (previous - 0.5);
    previous = value;
  }
  ok(Math.abs(sum / count - 1 / 2) < 0.003);
  ok(Math.abs(squares / count - 1 / 3) < 0.003);
  ok(Math.abs(lagged / count) < 0.001);
});

Deno.test("createGenerator() first draws of neighbouring streams are uncorrelated", () => {
  let sum = 0, lagged = 0, previous = 0;
  const count = 50_000;
  for (let stream = 0; stream < count; stream++) {
    const value = createGenerator(1, stream).uniform() - 0.5;
    sum += value;
    lagged += value * previous;
    previous = value;
  }
  ok(Math.abs(sum / count) < 0.005);
  ok(Math.abs(lagged / count) < 0.0015);
});

Deno.test("createGenerator() normal has the moments of the normal distribution", () => {
  const { normal } = createGenerator(5);
  const moments = [0, 0, 0, 0];
  const count = 200_000;
  for (let i = 0; i < count; i++) {
    const value = normal();
    for (let power = 0; power < 4; power++) moments[power] += value ** (power + 1) / count;
  }
  [0, 1, 0, 3].forEach((expected, power) => ok(Math.abs(moments[power] - expected) < 0.05));
});

Deno.test("createGenerator() integer covers its range evenly", () => {
  const { integer } = createGenerator(9);
  const counts = new Int32Array(7);
  for (let i = 0; i < 70_000; i++) counts[integer(7)]++;
  ok(counts.every((count) => Math.abs(count - 10_000) < 500));
});
