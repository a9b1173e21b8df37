import type { EvaluationStep } from "../../shared/ports/sla_progress_store.ts";
import type { SeriesEntry, SlaEntry, SlaView } from "../held/sla_entry.ts";
import { judgedBefore } from "../judging/judged_definition.ts";

/** What was found of one SLA: for readers at once, and to be stored before it counts. */
export interface Evaluation {
  readonly entry: SlaEntry;
  readonly view: SlaView;
  /** `null` when there is nothing to store: the source failed before the first look. */
  readonly step: EvaluationStep | null;
  /** Label sets met for the first time. */
  readonly added: ReadonlyMap<string, SeriesEntry>;
}

/** Makes a stored evaluation the state from which the next one starts. */
export function acceptEvaluation({ entry, step, added }: Evaluation): void {
  if (step === null) return;
  entry.version = step.version + 1;
  entry.progress = step.progress;
  entry.reset = false;
  entry.editedFrom = judgedBefore(step.progress, entry.sla);
  for (const [id, series] of added) entry.series.set(id, series);
  for (const progress of step.series) entry.series.get(progress.seriesId)!.progress = progress;
  for (const id of step.forgotten) entry.series.delete(id);
  for (const bucket of step.buckets) entry.series.get(bucket.seriesId)?.totals.addBuckets([bucket]);
}
