/**
 * How accurate the forecasts, intervals and breach probabilities are, on M4 hourly, on NAB, on leaks, on growth and
 * where the truth is known.
 *
 * `deno task accuracy [part] [--data=folder] [--cut=steps] [--effort=quick] [--windows=40] [--length=1440]` with part
 * `m4`, `nab`, `leaks`, `growth` or `breach`, or `ages`, which is left out unless it is asked for. The folder holds
 * `m4-hourly/{train,test}.csv` and `nab/group/series.csv`, by default `../shared/data`.
 */
import { reportBreach } from "./breach.ts";
import { reportChoiceAge } from "./choice_age.ts";
import { reportGrowth } from "./growth.ts";
import { reportLeaks } from "./leaks.ts";
import { reportM4Hourly } from "./m4_hourly.ts";
import { reportNab } from "./nab.ts";

if (import.meta.main) {
  const option = (name: string): string | undefined =>
    Deno.args.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
  const data = option("data") ?? new URL("../../../shared/data", import.meta.url).pathname;
  const part = Deno.args.find((argument) => !argument.startsWith("--"));
  const effort = option("effort") === "quick" ? "quick" : "full";
  const isWanted = (name: string): boolean => part === undefined || part === name;
  if (isWanted("m4")) reportM4Hourly(data, Number(option("cut") ?? 0));
  // A day of minutes is what a service looks back on.
  const length = Number(option("length") ?? 1440);
  if (isWanted("nab")) reportNab(data, { effort, count: Number(option("windows") ?? 40), length });
  if (isWanted("leaks")) reportLeaks(effort);
  if (isWanted("growth")) reportGrowth(effort);
  const numbers = (name: string, usual: number[]): number[] => option(name)?.split(",").map(Number) ?? usual;
  if (part === "ages") {
    reportChoiceAge(data, {
      horizons: numbers("horizons", [10, 40]),
      count: Number(option("windows") ?? 20),
    });
  }
  if (isWanted("breach")) {
    reportBreach({
      seeds: Number(option("seeds") ?? 20),
      horizons: numbers("horizons", [10, 30, 60, 120]),
      lengths: numbers("lengths", [720, 1440, 5000]),
      names: option("processes"),
    });
  }
}
