import { readCursor, writeCursor } from "../../shared/domain/cursor.ts";
import type { Page, PageRequest } from "../../shared/domain/page.ts";
import type { RequestedRange } from "../../shared/domain/requested_range.ts";
import type { SeriesForecast } from "../../shared/domain/results/forecast.ts";
import type { MetricsSource } from "../../shared/ports/metrics_source.ts";
import type { ResultReader } from "../../shared/ports/result_reader.ts";
import { readRange } from "../samples/read_range.ts";
import { requireSeries } from "../stored/require_series.ts";

/**
 * Lists past forecasts of a series by origin, oldest first; by default those of the last hour.
 *
 * @throws {DomainError} `not-found` if there is no such series, `invalid` for a wrong range or cursor.
 */
export async function listPastForecasts(
  { reader, source }: { readonly reader: ResultReader; readonly source: MetricsSource },
  id: string,
  query: RequestedRange,
  { limit, cursor }: PageRequest,
): Promise<Page<SeriesForecast>> {
  const range = await toTimes(query, source);
  const fromMs = cursor === undefined ? range.fromMs : readFrom(id, cursor);
  const items = await reader.listForecasts(id, { fromMs, toMs: range.toMs, limit: limit + 1 });
  if (items.length === 0) await requireSeries(reader, id);
  const more = items.length > limit;
  return {
    items: items.slice(0, limit),
    nextCursor: more ? writeCursor(listOf(id), [String(items[limit].originMs)]) : null,
  };
}

/** The range of a query in times, the metrics source's now being the end of a window. */
export async function toTimes(
  query: RequestedRange,
  source: MetricsSource,
): Promise<{ readonly fromMs: number; readonly toMs: number }> {
  const range = readRange(query);
  if (!("windowMs" in range)) return range;
  const nowMs = await source.nowMs();
  return { fromMs: nowMs - range.windowMs, toMs: nowMs };
}

/** The cursor is the origin of the next forecast: unique within a series. */
function readFrom(id: string, cursor: string): number {
  return Number(readCursor(listOf(id), cursor, 1)[0]);
}

function listOf(id: string): string {
  return `forecasts of ${id}`;
}
