import { readDuration } from "../../../shared/domain/units/duration_text.ts";
import type { SlaPrediction } from "../api/slas.ts";
import { NEARER } from "../horizons.ts";
import { formatAhead, formatSpan } from "./time.ts";

/** What a service waits for before it looks ahead, as its answer says. */
export type Wait = Required<Pick<SlaPrediction, "lacking" | "stepMs" | "horizonMs">>;

/** Fewer are too few to look ahead at all. */
const SAMPLES_LEAST = 20;

/** How many samples there are of how many, as a sentence; `when` says up to when they were counted. */
export function describeLacking({ lacking, stepMs, horizonMs }: Wait, when = "so far"): string {
  const { found, needed } = lacking;
  return `Only ${formatCount(found)} ${found === 1 ? "sample" : "samples"} ${when}: ${
    formatCount(needed)
  }, one each ${formatSpan(stepMs)}, are needed to look ${formatSpan(horizonMs)} ahead.`;
}

/** The same in a few words, for a table. */
export function countLacking({ found, needed }: Wait["lacking"]): string {
  return `: ${formatCount(found)} of ${formatCount(needed)} samples yet`;
}

/** When those that are awaited are there, as a sentence. */
export function describeWait({ lacking, stepMs }: Wait, nowMs: number): string {
  return `If they go on coming, there are enough ${
    formatAhead(nowMs + (lacking.needed - lacking.found) * stepMs, nowMs)
  }.`;
}

/** How far ahead can be looked from those that are there, as a link says it; nothing where no shorter time can. */
export function horizonNow({ lacking: { found }, stepMs }: Wait): string | undefined {
  if (found < SAMPLES_LEAST) return undefined;
  return NEARER.find((horizon) => readDuration(horizon) <= found * stepMs);
}

function formatCount(samples: number): string {
  return samples.toLocaleString("en-US");
}
