import { ok } from "node:assert/strict";
import { fourierTransform } from "../../../analytics/fourier/_fourier_transform.ts";
import { unitCircle } from "../../../analytics/fourier/_unit_circle.ts";
import { createGenerator } from "../../../analytics/random/_generator.ts";

Deno.test("unitCircle() is sine and cosine as far as their own angles are exact", () => {
  for (const size of [1, 2, 3, 4, 7, 8, 12, 16, 20, 24, 60, 96, 1024, 1440, 3072, 4096, 10_080]) {
    const { sines, cosines } = unitCircle(size);
    for (let k = 0; k < size; k++) {
      ok(Math.abs(sines[k] - Math.sin(2 * Math.PI * k / size)) < 2e-15, `sine ${k} of ${size}`);
      ok(Math.abs(cosines[k] - Math.cos(2 * Math.PI * k / size)) < 2e-15, `cosine ${k} of ${size}`);
    }
  }
});

Deno.test("fourierTransform() is the sum it is defined by, at every size", () => {
  const { normal } = createGenerator(5);
  const circle = { power: unitCircle(256), triple: unitCircle(192) };
  const own = [5, 7, 10, 15, 60, 77, 97, 121, 168, 288, 420, 1440];
  for (const size of [1, 2, 4, 8, 16, 32, 64, 128, 256, 3, 6, 12, 24, 48, 96, 192, ...own]) {
    const re = Float64Array.from({ length: size }, normal);
    const im = Float64Array.from({ length: size }, normal);
    const [foundRe, foundIm] = [re.slice(), im.slice()];
    const shared = size % 3 === 0 ? circle.triple : circle.power;
    fourierTransform(foundRe, foundIm, own.includes(size) ? unitCircle(size) : shared);
    for (let k = 0; k < size; k++) {
      let [sumRe, sumIm] = [0, 0];
      for (let t = 0; t < size; t++) {
        const angle = -2 * Math.PI * (k * t % size) / size;
        sumRe += re[t] * Math.cos(angle) - im[t] * Math.sin(angle);
        sumIm += re[t] * Math.sin(angle) + im[t] * Math.cos(angle);
      }
      ok(Math.hypot(foundRe[k] - sumRe, foundIm[k] - sumIm) < 1e-13 * size, `size ${size}, entry ${k}`);
    }
  }
});
