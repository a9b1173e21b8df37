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
  if (series === null) {
    throw new DomainError(
      "not-found",
      `There is no series "${id}": the list of series has those that are stored`,
    );
  }
  return series;
}

/**
 * Reads the newest result of a series.
 *
 * @throws {DomainError} `not-found` if there is no such series, `not-yet` if none of its results is stored.
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
  throw noneStored(kind, id, options);
}

/**
 * Why there is none is known to the etl alone: it may be that no cycle was over the series yet, or that none could.
 */
export function noneStored(
  kind: keyof StoredResults,
  id: string,
  { window }: LatestOptions = {},
): DomainError {
  const over = window === undefined ? "" : ` over ${window}`;
  const are = kind === "statistics" ? "are" : "is";
  return new DomainError(
    "not-yet",
    `No ${kind} of series "${id}"${over} ${are} stored: its first cycle is still to come, or the etl says why there ` +
      `${are} none, in the "problems" of a cycle's series`,
  );
}
