import { readDuration } from "../../../shared/domain/units/duration_text.ts";
import { readSlaSamples, type Sla, type SlaSamples } from "../api/slas.ts";
import { serviceNowMs } from "../clock.ts";
import { type Live, useLive } from "../live.ts";
import { route } from "../route.ts";
import { loadablePart, readZoom, type TimeRange } from "../zoom_range.ts";
import { revisionOf } from "./revision_of.ts";

/** The part of an SLA's past that its page shows. */
export interface ShownSpan {
  /** The trailing window that is chosen. */
  readonly window: string;
  /** Where it was zoomed to, if it was. */
  readonly zoom: TimeRange | undefined;
  /** Tells one from another, for the key of an answer. */
  readonly view: string;
  /** What to ask a service for. */
  readonly asked: () => { readonly window: string } | TimeRange;
}

/** What the link asks to be shown of an SLA. */
export function shownSpan(sla: Sla): ShownSpan {
  const { window = "3h" } = route.value.query;
  const zoom = readZoom(route.value.query);
  return {
    window,
    zoom,
    view: zoom === undefined ? window : `${zoom.fromMs}-${zoom.toMs}`,
    asked: () =>
      zoom === undefined
        ? { window }
        : loadablePart(zoom, { nowMs: serviceNowMs(), stepMs: readDuration(sla.step) }),
  };
}

/** The samples of that, and what is expected next. */
export function useShownSamples(sla: Sla): Live<SlaSamples> {
  const { view, asked } = shownSpan(sla);
  return useLive(
    `sla-samples-${revisionOf(sla)}?${view}`,
    (signal) => readSlaSamples(sla.id, asked(), signal),
    15_000,
  );
}
