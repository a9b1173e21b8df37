import { DomainError } from "../../shared/domain/errors.ts";
import type { Series } from "../../shared/domain/series.ts";
import type { LatestOptions, ResultReader, Stored, StoredResults } from "../../shared/ports/result_reader.ts";

/**
 * Reads one series.
 *
 * @throws {DomainError} `not-found` if there is none of this id.
 */
export async function requireSeries(reader: ResultReader, id: string): Promise<Series> {
  const series = await reader.readSeries(id);
  if (series === null) throw new DomainError("not-found", `There is no series "${id}"`);
  return series;
}

/**
 * Reads the newest result of a series.
 *
 * @throws {DomainError} `not-found` if there is no such series, or none of its results yet.
 */
export async function requireLatest<Kind extends keyof StoredResults>(
  reader: ResultReader,
  kind: Kind,
  id: string,
  options: LatestOptions = {},
): Promise<Stored<StoredResults[Kind]>> {
  const result = await reader.readLatest(kind, id, options);
  if (result !== null) return result;
  await requireSeries(reader, id);
  throw new DomainError(
    "not-found",
    `There is no ${kind} of series "${id}" yet: it comes with the next cycle`,
  );
}
