/** The module of the etl's workers: analyses series, each worker keeping the forecasters of its own. */
import { serveMaths } from "../shared/runtime/maths/serve_maths.ts";
import { analyseSeries } from "./analysis/analyse_series.ts";
import type { AnalysisJob, AnalysisOutcome } from "./analysis/analysis_job.ts";
import type { ForecasterState } from "./analysis/series_forecaster.ts";

const states = new Map<string, ForecasterState>();

serveMaths<AnalysisJob, AnalysisOutcome | null>((job) => {
  if (job.kind === "forget") {
    for (const id of job.ids) states.delete(id);
    return { result: null };
  }
  const outcome = analyseSeries(job, states);
  return { result: outcome, transfer: outcome.messages.map(({ value }) => value.buffer as ArrayBuffer) };
});
