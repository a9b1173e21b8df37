import type { SamplesLacking } from "../../shared/domain/sla/sla_progress.ts";
import type { GridSamples } from "../judging/advance.ts";

/** Counts the samples that came since, up to `toMs`. */
export function countFurther(
  lacking: SamplesLacking,
  { startMs, values }: GridSamples,
  { toMs, stepMs }: { readonly toMs: number; readonly stepMs: number },
): SamplesLacking {
  let { found } = lacking;
  const first = Math.max(0, Math.round((lacking.toMs - startMs) / stepMs));
  const end = Math.min(values.length, Math.round((toMs - startMs) / stepMs));
  for (let k = first; k < end; k++) if (Number.isFinite(values[k])) found++;
  return { ...lacking, found, toMs: Math.max(lacking.toMs, toMs) };
}
