import { type ForecasterJson, readForecaster } from "@pronoia/analytics";
import type { SlaEntry } from "../held/sla_entry.ts";

/** A forecaster for far horizons, and where it stands. */
interface FarModel {
  readonly json: ForecasterJson;
  readonly chosenAtMs: number;
  /** End of the samples it has seen, epoch ms, exclusive. */
  readonly toMs: number;
}

/** By label set, for as long as the definition stays. */
const held = new WeakMap<SlaEntry, Map<string, FarModel>>();

/** What a forecaster for far horizons is made from. */
export interface FarSamples {
  readonly seriesId: string;
  /** The values up to `toMs`. */
  readonly values: Float64Array;
  readonly toMs: number;
  readonly stepMs: number;
}

/**
 * The forecaster for far horizons, which learns of new samples and is chosen anew when it is outgrown or
 * `chooseIntervalMs` have passed, as that for the configured one is: choices between methods that err alike are a
 * matter of luck, and an answer that changed with each could not be acted on.
 */
export async function farModel(
  entry: SlaEntry,
  { seriesId, values, toMs, stepMs }: FarSamples,
  { chooseIntervalMs, choose }: {
    readonly chooseIntervalMs: number;
    readonly choose: () => Promise<ForecasterJson>;
  },
): Promise<FarModel> {
  const known = held.get(entry) ?? new Map<string, FarModel>();
  held.set(entry, known);
  const before = known.get(seriesId);
  const isDue = before === undefined || toMs < before.toMs || toMs - before.chosenAtMs >= chooseIntervalMs;
  const carried = isDue ? null : carry(before, { values, toMs, stepMs });
  const model = isDue || carried === null
    ? { json: await choose(), chosenAtMs: toMs, toMs }
    : { ...before, json: carried, toMs };
  known.set(seriesId, model);
  return model;
}

/** The state after the samples that came since; `null` where they show it to be outgrown. */
function carry(
  { json, toMs: fromMs }: FarModel,
  samples: Omit<FarSamples, "seriesId">,
): ForecasterJson | null {
  const { values, toMs, stepMs } = samples;
  const news = Math.round((toMs - fromMs) / stepMs);
  if (news === 0) return json;
  // What was cut off at the end of the samples is missing.
  const missing = new Float64Array(Math.max(0, news - values.length)).fill(NaN);
  const forecaster = readForecaster(json).update(missing).update(values.slice(-news));
  return forecaster.isOutgrown ? null : forecaster.toJson();
}
