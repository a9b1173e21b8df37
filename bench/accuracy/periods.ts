/**
 * What `findPeriods` finds on M4 hourly, and how often it finds a period where there is none.
 *
 *     deno run --allow-read bench/accuracy/periods.ts [--data=folder] [--runs=500]
 *
 * The folder holds `m4-hourly/train.csv` and `test.csv`, by default `../shared/data`.
 */
import { findPeriods } from "@pronoia/analytics";
import { createGenerator } from "../../analytics/random/_generator.ts";
import { readM4Hourly } from "./read_series.ts";
import { median } from "./statistics.ts";

const HOUR_MS = 3_600_000;

/** Series without a period, each from a source of normal values. */
const nulls: Readonly<Record<string, (normal: () => number) => () => number>> = {
  "white noise": (normal) => normal,
  "random walk": (normal) => autoregression(normal, 1),
  "AR(1) of 0.9": (normal) => autoregression(normal, 0.9),
  "AR(1) of 0.99": (normal) => autoregression(normal, 0.99),
  "local level": (normal) => {
    const level = autoregression(normal, 1);
    return () => 0.3 * level() + normal();
  },
  "AR(2) of 1.5, -0.75": (normal) => {
    let [last, before] = [0, 0];
    return () => {
      [last, before] = [1.5 * last - 0.75 * before + normal(), last];
      return last;
    };
  },
};

function autoregression(normal: () => number, memory: number): () => number {
  let level = 0;
  return () => level = memory * level + normal();
}

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
  console.log(`\nShare of ${runs} series without a period in which one was found`);
  console.log("series               length  at 5 %  at 1 %");
  for (const [name, start] of Object.entries(nulls)) {
    for (const length of [300, 700, 1440]) {
      const generator = createGenerator(1);
      const alarms = [0.05, 0.01].map((significance) => {
        let count = 0;
        for (let run = 0; run < runs; run++) {
          const next = start(() => generator.normal());
          const values = Float64Array.from({ length }, () => next());
          if (findPeriods(values, { significance }).periods.length > 0) count++;
        }
        return count / runs;
      });
      const shares = alarms.map((share) => share.toFixed(3).padStart(8)).join("");
      console.log(`${name.padEnd(21)}${String(length).padStart(6)}${shares}`);
    }
  }
}

if (import.meta.main) {
  const option = (name: string): string | undefined =>
    Deno.args.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
  reportM4(option("data") ?? new URL("../../../shared/data", import.meta.url).pathname);
  reportFalseAlarms(Number(option("runs") ?? 500));
}
