import type { Sla } from "../../services/shared/domain/sla/sla.ts";
import type { SlaAlert } from "../../services/shared/domain/sla/sla_event.ts";
import type { SeriesProgress } from "../../services/shared/domain/sla/sla_progress.ts";
import type { EvaluationStep, NewEvent } from "../../services/shared/ports/sla_progress_store.ts";
import { exampleSla } from "../support/example_sla.ts";

/** The one label set of what is built here. */
export const SERIES: string = "0123456789abcdef";

/** An SLA with a target. */
export function slaOf(id: string, changes: Partial<Sla>): Sla {
  return exampleSla({ id, name: `sla ${id}`, target: 0.99, ...changes });
}

/** An evaluation that brings an hour, an event and a message. */
export function stepOf(
  slaId: string,
  options: { readonly version: number; readonly goodMs?: number; readonly events?: readonly NewEvent[] },
): EvaluationStep {
  const { version, goodMs = 1, events = [eventOf(slaId, 1)] } = options;
  return {
    slaId,
    revision: 1,
    version,
    progress: {
      judgeKey: "key",
      judged: null,
      told: { state: "ok", atMs: 0 },
      evaluatedAtMs: 1,
      backfill: { fromMs: 0, toMs: 0, nextMs: 0, accounts: {}, done: true },
    },
    reset: false,
    resetModels: false,
    series: [seriesOf()],
    forgotten: [],
    buckets: [{ seriesId: SERIES, hourMs: 3_600_000, goodMs, badMs: 0, missingMs: 0 }],
    events,
    messages: [{ id: `message ${slaId}`, channel: "webhook", alert: alertOf(slaId) }],
  };
}

/** Progress with a value in every field. */
export function seriesOf(): SeriesProgress {
  return {
    seriesId: SERIES,
    labels: { __name__: "up", path: 'C:\\"x"\n' },
    account: { fromMs: 0, toMs: 15_000, run: null, recent: [[0, 15_000, "good"]] },
    state: "ok",
    sinceMs: 0,
    sinceAtLeast: true,
    reason: "fine",
    lastValue: 0.1 + 0.2,
    lastAtMs: 0,
    changedAtMs: 0,
    hidden: null,
    risk: { probability: 1 / 3, active: false, untilMs: 0 },
    clearSinceMs: null,
    alerts: {},
    unpredictable: "only 3 samples so far",
    tooFew: { found: 3, needed: 40, horizonMs: 600_000, stepMs: 15_000, toMs: 1_000 },
  };
}

/** The k-th event of an SLA. */
export function eventOf(slaId: string, k: number): NewEvent {
  return {
    id: `${slaId}:event:${k}`,
    slaId,
    name: "name",
    seriesId: SERIES,
    labels: {},
    kind: "state",
    from: "ok",
    to: "violated",
    atMs: k,
    recordedAtMs: k,
    value: 0.1 + 0.2,
    reason: "日本語",
  };
}

/** An alert that goes on. */
export function alertOf(slaId: string): SlaAlert {
  return {
    key: "k",
    kind: "violated",
    severity: "page",
    slaId,
    seriesId: SERIES,
    labels: { alertname: "a", sla: "日本語" },
    annotations: {},
    startsAtMs: 1,
    endsAtMs: null,
  };
}

/** A model by a quick choice. */
export function modelOf(
  slaId: string,
): { slaId: string; seriesId: string; chosenAtMs: number; effort: "quick"; json: string } {
  return { slaId, seriesId: SERIES, chosenAtMs: 5, effort: "quick", json: `{"version":1}` };
}
