import type { Statistics } from "../../shared/domain/results/statistics.ts";
import { formatDuration } from "../../shared/domain/units/duration_text.ts";
import type { ResultReader, Stored } from "../../shared/ports/result_reader.ts";
import { noneStored, requireLatest, requireSeries } from "./require_series.ts";

/** Statistics of one series: a list of windows; those of one window are also at the top. */
export type SeriesStatistics =
  & { items: Stored<Statistics>[]; nextCursor: null }
  & Partial<Stored<Statistics>>;

/**
 * Reads the newest statistics of a series, of one window or of all that are configured.
 *
 * @throws {DomainError} `not-found` if there is no such series, or no statistics of it are stored.
 */
export async function readStatistics(
  reader: ResultReader,
  windowsMs: readonly number[],
  id: string,
  window?: string,
): Promise<SeriesStatistics> {
  if (window !== undefined) {
    const statistics = await requireLatest(reader, "statistics", id, { window });
    return { ...statistics, items: [statistics], nextCursor: null };
  }
  const found = await Promise.all(
    windowsMs.map((windowMs) => reader.readLatest("statistics", id, { window: formatDuration(windowMs) })),
  );
  const items = found.filter((statistics) => statistics !== null);
  if (items.length > 0) return { items, nextCursor: null };
  await requireSeries(reader, id);
  throw noneStored("statistics", id);
}
