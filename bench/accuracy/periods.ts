/**
 * What `findPeriods` finds on M4 hourly, how often it finds a period where there is none, and where there is one.
 *
 *     deno run --allow-read bench/accuracy/periods.ts [--data=folder] [--runs=500]
 *
 * The folder holds `m4-hourly/train.csv` and `test.csv`, by default `../shared/data`.
 */
import { findPeriods } from "@pronoia/analytics";
import { createGenerator } from "../../analytics/random/_generator.ts";
import { aperiodic } from "../../tests/analytics/_aperiodic.ts";
import { readM4Hourly } from "./read_series.ts";
import { median } from "./statistics.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LENGTHS = [300, 1440, 2880, 17_280];

function reportM4(data: string): void {
  const series = readM4Hourly(data);
  for (const options of [{}, { stepMs: HOUR_MS }]) {
    let [days, weeks, others] = [0, 0, 0];
    const durations: number[] = [];
    for (const { train } of series) {
      const start = performance.now();
      const periods = findPeriods(train, options).periods.map(({ period }) => period);
      durations.push(performance.now() - start);
      if (periods.includes(24)) days++;
      if (periods.includes(168)) weeks++;
      others += periods.filter((period) => period !== 24 && period !== 168).length;
    }
    console.log(
      `M4 hourly ${JSON.stringify(options)}: 24 in ${days}, 168 in ${weeks} of ${series.length} series, ` +
        `${others} other periods; median ${median(durations).toFixed(2)} ms`,
    );
  }
}

function reportFalseAlarms(runs: number): void {
  console.log("\nShare of series of a day without a period in which one was found, at a significance of 1 %");
  console.log(`values              ${LENGTHS.map((length) => String(length).padStart(8)).join("")}`);
  for (const [name, start] of Object.entries(aperiodic)) {
    const shares = LENGTHS.map((length) => {
      // A day of five seconds takes long, and is no other series.
      const count = Math.ceil(runs * Math.min(1, 2880 / length));
      let alarms = 0;
      for (let seed = 1; seed <= count; seed++) {
        const next = start(createGenerator(seed), length);
        const values = Float64Array.from({ length }, () => next());
        if (findPeriods(values, { stepMs: DAY_MS / length }).periods.length > 0) alarms++;
      }
      return (alarms / count).toFixed(3).padStart(8);
    });
    console.log(`${name.padEnd(20)}${shares.join("")}`);
  }
}

/** How often a season is found that is there: a sine in white noise or in an autoregression of 0.9. */
function reportFound(runs: number): void {
  console.log("\nShare of days of 2880 values in which a season was found, by its share of the variance");
  console.log("noise   season    0.08    0.50    0.90");
  for (const memory of [0, 0.9]) {
    for (const hours of [12, 8, 6, 4, 1, 1 / 6]) {
      const period = hours * 120;
      const shares = [0.08, 0.5, 0.9].map((share) => {
        const height = Math.sqrt(2 * share / (1 - share));
        let found = 0;
        for (let seed = 1; seed <= runs; seed++) {
          const random = createGenerator(seed);
          let rest = 0;
          const values = Float64Array.from({ length: 2880 }, (_, t) => {
            rest = memory * rest + Math.sqrt(1 - memory * memory) * random.normal();
            return height * Math.sin(2 * Math.PI * t / period) + rest;
          });
          if (findPeriods(values, { stepMs: 30_000 }).periods.some((one) => one.period === period)) found++;
        }
        return (found / runs).toFixed(2).padStart(8);
      });
      console.log(`${`AR ${memory}`.padEnd(8)}${hours.toFixed(2).padStart(4)} h${shares.join("")}`);
    }
  }
}

if (import.meta.main) {
  const option = (name: string): string | undefined =>
    Deno.args.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
  reportM4(option("data") ?? new URL("../../../shared/data", import.meta.url).pathname);
  reportFalseAlarms(Number(option("runs") ?? 500));
  reportFound(Math.ceil(Number(option("runs") ?? 500) / 10));
}
