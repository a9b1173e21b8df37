/** The module of the SLA manager's workers: chooses forecasters and simulates long horizons. */
import { breachProbability, chooseForecaster, readForecaster } from "@pronoia/analytics";
import { serveMaths } from "../shared/runtime/maths/serve_maths.ts";
import type { MathsJob, MathsOutcome } from "./prediction/maths.ts";

serveMaths<MathsJob, MathsOutcome>((job) => {
  if (job.kind === "choose") return { result: chooseForecaster(job.values, job.options).toJson() };
  return { result: breachProbability(readForecaster(job.forecaster), job.options) };
});
