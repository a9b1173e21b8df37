/**
 * Writes web_load.csv: `deno run --allow-write examples/data/generate.ts`. The same file every time.
 *
 * Five days of requests per second, every 10 minutes: a day's shape, a slow growth, noise with memory, an outage.
 */
const STEP_MS = 600_000;
const PER_DAY = 144;
const START_MS = Date.UTC(2026, 0, 5);

let seed = 1;
let memory = 0;
const lines = ["time,requests_per_second"];
for (let t = 0; t < 5 * PER_DAY; t++) {
  const hour = t % PER_DAY / PER_DAY * 24;
  const day = 60 - 35 * Math.cos(2 * Math.PI * (hour - 3) / 24) + 12 * Math.exp(-(((hour - 20) / 1.5) ** 2));
  memory = 0.6 * memory + 3 * noise();
  const isOut = t >= 400 && t < 406;
  const value = isOut ? "" : (day + 0.01 * t + memory).toFixed(2);
  lines.push(`${new Date(START_MS + t * STEP_MS).toISOString()},${value}`);
}
await Deno.writeTextFile(new URL("web_load.csv", import.meta.url), lines.join("\n") + "\n");

/** About standard normal: twelve draws of a linear congruence (Numerical Recipes), summed. */
function noise(): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    sum += seed / 2 ** 32;
  }
  return sum;
}
