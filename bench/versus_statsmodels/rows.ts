import {
  acf,
  adfTest,
  autoEts,
  fitHoltWinters,
  kpssTest,
  seasonalDecompose,
  stl,
  summarize,
} from "@pronoia/analytics";
import { metricLike } from "./series.ts";

/** One piece of work that both sides do, and how many times faster than statsmodels it has to be. */
export interface Row {
  /** Key the Python side knows the work by. */
  readonly work: string;
  /** The work in words. */
  readonly title: string;
  readonly n: number;
  readonly period: number;
  readonly floor: number;
  readonly aim: number;
  /** Runs of the Python side; slow ones are few. */
  readonly runs: number;
  /** The same work here; a number it returns is compared with what Python's side returns. */
  readonly run: (values: Float64Array) => number | void;
}

const seasonal = { trend: "additive", seasonal: "additive" } as const;

/** The table of what is promised, in the order it is promised in. */
export const rows: readonly Row[] = [
  {
    work: "acf",
    title: "acf, all lags",
    n: 1440,
    period: 60,
    floor: 0.5,
    aim: 1.5,
    runs: 101,
    run: (values) => acf(values).values[1],
  },
  {
    work: "adf",
    title: "adfTest c, aic",
    n: 1440,
    period: 60,
    floor: 25,
    aim: 80,
    runs: 15,
    run: (values) => adfTest(values).statistic,
  },
  {
    work: "adf",
    title: "adfTest c, aic",
    n: 10_080,
    period: 1440,
    floor: 60,
    aim: 200,
    runs: 5,
    run: (values) => adfTest(values).statistic,
  },
  {
    work: "kpss",
    title: "kpssTest",
    n: 1440,
    period: 60,
    floor: 2,
    aim: 5,
    runs: 101,
    run: (values) => kpssTest(values).statistic,
  },
  {
    work: "seasonal_decompose",
    title: "seasonalDecompose",
    n: 2016,
    period: 288,
    floor: 20,
    aim: 60,
    runs: 51,
    run: (values) => seasonalDecompose(values, { period: 288 }).seasonal[0],
  },
  {
    work: "stl",
    title: "stl, exact",
    n: 2016,
    period: 288,
    floor: 20,
    aim: 100,
    runs: 5,
    run: (values) => stl(values, { period: 288 }).trend[1000],
  },
  {
    work: "stl_robust",
    title: "stl, robust",
    n: 2016,
    period: 288,
    floor: 20,
    aim: 60,
    runs: 3,
    run: (values) => stl(values, { period: 288, robust: true }).trend[1000],
  },
  {
    work: "holt_winters",
    title: "fitHoltWinters add/add",
    n: 1440,
    period: 60,
    floor: 30,
    aim: 100,
    runs: 5,
    run: (values) => fitHoltWinters(values, { ...seasonal, period: 60 }).sse,
  },
  {
    work: "holt_winters",
    title: "fitHoltWinters add/add",
    n: 2016,
    period: 288,
    floor: 50,
    aim: 200,
    runs: 3,
    run: (values) => fitHoltWinters(values, { ...seasonal, period: 288 }).sse,
  },
  {
    work: "auto_ets",
    title: "autoEts, all candidates",
    n: 1000,
    period: 24,
    floor: 100,
    aim: 300,
    runs: 1,
    run: (values) => autoEts(values, { period: 24 }).aicc,
  },
  {
    work: "whole",
    title: "whole analysis of a series",
    n: 1440,
    period: 60,
    floor: 40,
    aim: 100,
    runs: 5,
    run: wholeAnalysis,
  },
];

/** What the services compute of one series: its memory, its stationarity, its season, a model, and its range. */
function wholeAnalysis(values: Float64Array): void {
  acf(values);
  adfTest(values);
  kpssTest(values);
  stl(values, { period: 60 });
  fitHoltWinters(values, { ...seasonal, period: 60 });
  summarize(values);
}

/** The series of one row. */
export function seriesOf(row: Row): Float64Array {
  return metricLike(row.n, row.period);
}
