import { breachProbability, chooseForecaster } from "@pronoia/analytics";
import { createGenerator } from "../../analytics/random/_generator.ts";
import { median } from "./statistics.ts";

/** Values seen, and series of every kind. */
const LENGTH = 1440;
const SEEDS = 20;

interface Leak {
  /** The series at step `t`, without its noise. */
  readonly level: (t: number) => number;
  /** Change per step at the end. */
  readonly slope: number;
  readonly periods?: readonly number[];
}

/** Something fills up, or looks as if it did; the noise has a deviation of 0.2. */
const leaks: Readonly<Record<string, Leak>> = {
  "line": { level: (t) => 200 - 0.01 * t, slope: -0.01 },
  "line after a jump in the first tenth": { level: (t) => (t < 100 ? 30 : 200) - 0.01 * t, slope: -0.01 },
  "line after a jump in the last fifth": { level: (t) => (t < 1200 ? 30 : 200) - 0.01 * t, slope: -0.01 },
  "sawtooth, cleaned up every 700 steps": { level: (t) => 100 - 0.1 * ((t + 400) % 700), slope: -0.1 },
  "line and a season of 288 steps": {
    level: (t) => 300 - 0.02 * t + 2 * Math.sin(2 * Math.PI * t / 288),
    slope: -0.02,
    periods: [288],
  },
  "levelled off 120 steps ago": { level: (t) => 200 - 0.01 * Math.min(t, LENGTH - 120), slope: 0 },
};

/** Prints the probability that a leak reaches a bound it will reach in half the horizon, and in three times that. */
export function reportLeaks(effort: "quick" | "full"): void {
  console.log(`Leaks, ${LENGTH} values, ${SEEDS} series each, mean probability within h, effort ${effort}`);
  console.log("h     reached in h/2   time, of true   reached in 3 h   leak");
  for (const [name, leak] of Object.entries(leaks)) {
    for (const horizon of [120, 240, 480]) reportLeak(name, leak, horizon, effort);
  }
}

/** Median steps until a line with this noise is first below a bound. */
function firstPassage(slope: number, bound: number): number {
  const steps = Array.from({ length: 400 }, (_, seed) => {
    const random = createGenerator(seed, 1);
    for (let k = 1; k <= 2 * LENGTH; k++) if (slope * k + 0.2 * random.normal() < bound) return k;
    return Infinity;
  });
  return median(steps);
}

function reportLeak(name: string, leak: Leak, horizon: number, effort: "quick" | "full"): void {
  const { level, slope, periods = [] } = leak;
  const end = level(LENGTH - 1);
  const pace = slope === 0 ? -0.01 : slope;
  const passage = firstPassage(slope, pace * horizon / 2);
  let near = 0;
  let far = 0;
  const times: number[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) {
    const random = createGenerator(seed, 0);
    const values = Float64Array.from({ length: LENGTH }, (_, t) => level(t) + 0.2 * random.normal());
    const forecast = chooseForecaster(values, { periods, horizon, effort }).forecast(horizon);
    const { probability, timeToBreach } = breachProbability(forecast, { min: end + pace * horizon / 2 });
    near += probability / SEEDS;
    times.push((timeToBreach.p50 ?? Infinity) / passage);
    far += breachProbability(forecast, { min: end + pace * horizon * 3 }).probability / SEEDS;
  }
  const ratio = median(times);
  const time = periods.length === 0 && slope !== 0 && Number.isFinite(ratio) ? ratio.toFixed(2) : "-";
  const cells = [
    near.toFixed(3).padStart(14),
    time.padStart(14),
    far.toFixed(3).padStart(15),
  ];
  console.log(`${String(horizon).padEnd(4)}${cells.join("  ")}   ${name}`);
}
