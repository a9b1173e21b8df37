import type { Sla, SlaDraft } from "../../../shared/domain/sla.ts";
import type { SlaBudget } from "../../../shared/domain/sla_budget.ts";
import type { SlaEvent } from "../../../shared/domain/sla_event.ts";
import type { SlaPrediction } from "../../../shared/domain/sla_prediction.ts";
import type { SlaPreview } from "../../../shared/domain/sla_preview.ts";
import type { SlaSamples } from "../../../shared/domain/sla_samples.ts";
import type { SlaStatus } from "../../../shared/domain/sla_status.ts";
import type { SlaViolations } from "../../../shared/domain/sla_violations.ts";
import { request, requestAll, requestTagged } from "./request.ts";

export type {
  Sla,
  SlaBudget,
  SlaDraft,
  SlaEvent,
  SlaPrediction,
  SlaPreview,
  SlaSamples,
  SlaStatus,
  SlaViolations,
};

/** Most SLAs the overview shows. */
export const SLAS_SHOWN_MAX = 2_000;

const WORST_FIRST = ["violated", "unknown", "at_risk", "ok"];

/** Every SLA's status, worst first. */
export async function readStatuses(signal?: AbortSignal): Promise<SlaStatus[]> {
  const statuses = await requestAll<SlaStatus>("sla/slas/status", SLAS_SHOWN_MAX, signal);
  return statuses.sort((a, b) => WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state));
}

/** Every SLA's definition. */
export function readSlas(signal?: AbortSignal): Promise<Sla[]> {
  return requestAll<Sla>("sla/slas", SLAS_SHOWN_MAX, signal);
}

/** Every SLA's prediction. */
export function readPredictions(signal?: AbortSignal): Promise<SlaPrediction[]> {
  return requestAll<SlaPrediction>("sla/slas/predictions", SLAS_SHOWN_MAX, signal);
}

/** One SLA with the tag a change must name. */
export async function readSla(
  id: string,
  signal?: AbortSignal,
): Promise<{ readonly sla: Sla; readonly etag: string }> {
  const { body, etag } = await requestTagged<Sla>(`sla/slas/${id}`, { signal });
  return { sla: body, etag: etag ?? "*" };
}

/** One SLA's status. */
export function readStatus(id: string, signal?: AbortSignal): Promise<SlaStatus> {
  return request<SlaStatus>(`sla/slas/${id}/status`, { signal });
}

/** One SLA's past violations. */
export function readViolations(id: string, window: string, signal?: AbortSignal): Promise<SlaViolations> {
  return request<SlaViolations>(`sla/slas/${id}/violations?window=${window}`, { signal });
}

/** One SLA's prediction; another horizon than the configured one is computed on demand. */
export function readPrediction(id: string, horizon: string, signal?: AbortSignal): Promise<SlaPrediction> {
  return request<SlaPrediction>(`sla/slas/${id}/prediction${horizon === "" ? "" : `?horizon=${horizon}`}`, {
    signal,
  });
}

/** One SLA's budget. */
export function readBudget(id: string, signal?: AbortSignal): Promise<SlaBudget> {
  return request<SlaBudget>(`sla/slas/${id}/budget`, { signal });
}

/** One SLA's newest events. */
export async function readEvents(id: string, signal?: AbortSignal): Promise<readonly SlaEvent[]> {
  return (await request<{ items: SlaEvent[] }>(`sla/slas/${id}/events?limit=100`, { signal })).items;
}

/** The samples of one SLA's expression. */
export function readSlaSamples(id: string, window: string, signal?: AbortSignal): Promise<SlaSamples> {
  return request<SlaSamples>(`sla/slas/${id}/samples?window=${window}`, { signal });
}

/** Judges a draft without storing it. */
export function previewSla(draft: Partial<SlaDraft>, signal?: AbortSignal): Promise<SlaPreview> {
  return request<SlaPreview>("sla/slas/preview", { method: "POST", body: draft, signal });
}

/** Stores a new SLA. */
export function createSla(draft: Partial<SlaDraft>): Promise<Sla> {
  return request<Sla>("sla/slas", { method: "POST", body: draft });
}

/** Changes an SLA, unless somebody else did in the meantime. */
export function replaceSla(id: string, draft: Partial<SlaDraft>, etag: string): Promise<Sla> {
  return request<Sla>(`sla/slas/${id}`, { method: "PUT", body: draft, ifMatch: etag });
}

/** Deletes an SLA, unless somebody changed it in the meantime. */
export function deleteSla(id: string, etag: string): Promise<void> {
  return request<void>(`sla/slas/${id}`, { method: "DELETE", ifMatch: etag });
}
