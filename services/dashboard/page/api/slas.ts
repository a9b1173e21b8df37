import type { TimeRange } from "../zoom_range.ts";
import { answerOf, readList, type Schemas, services } from "./request.ts";

/** A stored SLA. */
export type Sla = Schemas["Sla"];
/** What a caller says about an SLA. */
export type SlaDraft = Schemas["SlaDraft"];
/** An SLA now. */
export type SlaStatus = Schemas["SlaStatus"];
/** Its past violations. */
export type SlaViolations = Schemas["SlaViolations"];
/** Its next minutes. */
export type SlaPrediction = Schemas["SlaPrediction"];
/** Its error budget. */
export type SlaBudget = Schemas["SlaBudget"];
/** How that was spent. */
export type SlaBudgetHistory = Schemas["SlaBudgetHistory"];
/** Something that changed. */
export type SlaEvent = Schemas["SlaEvent"];
/** What its expression yielded, and what is expected next. */
export type SlaSamples = Schemas["SlaSamples"];
/** What an SLA would say if it were stored. */
export type SlaPreview = Schemas["SlaPreview"];

/** Most SLAs the overview shows. */
const SLAS_SHOWN_MAX = 2_000;

/** Every SLA's status. */
export function readStatuses(signal?: AbortSignal): Promise<SlaStatus[]> {
  return readList(
    SLAS_SHOWN_MAX,
    (query) => services.GET("/sla/slas/status", { params: { query }, signal }),
  );
}

/** Every SLA's definition. */
export function readSlas(signal?: AbortSignal): Promise<Sla[]> {
  return readList(SLAS_SHOWN_MAX, (query) => services.GET("/sla/slas", { params: { query }, signal }));
}

/** Every SLA's prediction. */
export function readPredictions(signal?: AbortSignal): Promise<SlaPrediction[]> {
  return readList(
    SLAS_SHOWN_MAX,
    (query) => services.GET("/sla/slas/predictions", { params: { query }, signal }),
  );
}

/** Every SLA's budget. */
export function readBudgets(signal?: AbortSignal): Promise<SlaBudget[]> {
  return readList(
    SLAS_SHOWN_MAX,
    (query) => services.GET("/sla/slas/budgets", { params: { query }, signal }),
  );
}

/** One SLA with the tag a change must name. */
export async function readSla(
  id: string,
  signal?: AbortSignal,
): Promise<{ readonly sla: Sla; readonly etag: string }> {
  const answer = services.GET("/sla/slas/{id}", { params: { path: { id } }, signal });
  return { sla: await answerOf(answer), etag: (await answer).response.headers.get("etag") ?? "*" };
}

/** One SLA's status. */
export function readStatus(id: string, signal?: AbortSignal): Promise<SlaStatus> {
  return answerOf(services.GET("/sla/slas/{id}/status", { params: { path: { id } }, signal }));
}

/** A trailing window, or a range. */
type Span = { readonly window: string } | TimeRange;

/** One SLA's past violations. */
export function readViolations(id: string, span: Span, signal?: AbortSignal): Promise<SlaViolations> {
  return answerOf(
    services.GET("/sla/slas/{id}/violations", { params: { path: { id }, query: span }, signal }),
  );
}

/** One SLA's prediction; another horizon than the configured one is computed on demand. */
export function readPrediction(id: string, horizon: string, signal?: AbortSignal): Promise<SlaPrediction> {
  const params = { path: { id }, query: horizon === "" ? {} : { horizon } };
  return answerOf(services.GET("/sla/slas/{id}/prediction", { params, signal }));
}

/** One SLA's budget. */
export function readBudget(id: string, signal?: AbortSignal): Promise<SlaBudget> {
  return answerOf(services.GET("/sla/slas/{id}/budget", { params: { path: { id } }, signal }));
}

/** How one SLA's budget was spent over its window. */
export function readBudgetHistory(id: string, signal?: AbortSignal): Promise<SlaBudgetHistory> {
  return answerOf(services.GET("/sla/slas/{id}/budget/history", { params: { path: { id } }, signal }));
}

/** Events of an SLA that are read; there may be older ones. */
export const EVENTS_READ = 100;

/** One SLA's newest events. */
export async function readEvents(id: string, signal?: AbortSignal): Promise<readonly SlaEvent[]> {
  const params = { path: { id }, query: { limit: EVENTS_READ } };
  return (await answerOf(services.GET("/sla/slas/{id}/events", { params, signal }))).items;
}

/** The samples of one SLA's expression. */
export function readSlaSamples(id: string, span: Span, signal?: AbortSignal): Promise<SlaSamples> {
  return answerOf(
    services.GET("/sla/slas/{id}/samples", { params: { path: { id }, query: span }, signal }),
  );
}

/** Judges a draft without storing it, as a new SLA or as that which it is to replace. */
export function previewSla(
  draft: Partial<SlaDraft>,
  { replaces, signal }: { readonly replaces?: string; readonly signal?: AbortSignal },
): Promise<SlaPreview> {
  const body = { expression: "", ...draft };
  return answerOf(services.POST("/sla/slas/preview", { params: { query: { replaces } }, body, signal }));
}

/** Stores a new SLA. */
export function createSla(draft: Partial<SlaDraft>): Promise<Sla> {
  return answerOf(services.POST("/sla/slas", { body: filledIn(draft) }));
}

/** Changes an SLA, unless somebody else did in the meantime. */
export function replaceSla(id: string, draft: Partial<SlaDraft>, etag: string): Promise<Sla> {
  const params = { path: { id }, header: { "if-match": etag } };
  return answerOf(services.PUT("/sla/slas/{id}", { params, body: filledIn(draft) }));
}

/** Deletes an SLA, unless somebody changed it in the meantime. */
export async function deleteSla(id: string, etag: string): Promise<void> {
  await services.DELETE("/sla/slas/{id}", { params: { path: { id }, header: { "if-match": etag } } });
}

/** A form that is not filled in yet is the service's to refuse, field by field. */
function filledIn(draft: Partial<SlaDraft>): SlaDraft {
  return { name: "", expression: "", ...draft };
}
