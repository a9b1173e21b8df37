import type { MetadataSummary, Series, Statistics } from "../api/retrieval.ts";
import { describeVerdicts } from "../format/verdict.ts";

/** One line of the series table. */
export interface SeriesRow {
  readonly series: Series;
  readonly metadata: MetadataSummary | undefined;
  readonly statistics: Statistics | undefined;
  /** What the search looks through, lower case. */
  readonly text: string;
}

/** What the table can be sorted by. */
export type Column = "name" | "verdict" | "min" | "mean" | "max" | "deviation";

/** What to show, and in which order. */
export interface RowSelection {
  readonly search: string;
  readonly verdict: string;
  readonly sort: Column;
  readonly descending: boolean;
}

/** The searched text of a series: its name and labels as Prometheus writes them. */
export function searchText(series: Series): string {
  const labels = Object.entries(series.labels).map(([name, value]) => `${name}="${value}"`);
  return [series.name, ...labels].join(" ").toLowerCase();
}

/** Filters and sorts; every word of the search must be found. What has no value comes last in either order. */
export function selectRows(rows: readonly SeriesRow[], selection: RowSelection): readonly SeriesRow[] {
  const words = selection.search.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const kept = rows.filter((row) =>
    words.every((word) => row.text.includes(word)) && hasVerdict(row.metadata, selection.verdict)
  );
  const sign = selection.descending ? -1 : 1;
  return kept.sort((a, b) => {
    const [left, right] = [sortKey(a, selection.sort), sortKey(b, selection.sort)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return left < right ? -sign : left > right ? sign : 0;
  });
}

function hasVerdict(metadata: MetadataSummary | undefined, verdict: string): boolean {
  switch (verdict) {
    case "seasonal":
      return metadata?.seasonality.verdict === "seasonal";
    case "stationary":
      return metadata?.stationarity.verdict === "stationary";
    case "drifting":
      return ["unit-root", "trend-stationary"].includes(metadata?.stationarity.verdict ?? "");
    default:
      return true;
  }
}

function sortKey(row: SeriesRow, column: Column): string | number | null {
  switch (column) {
    case "verdict":
      return row.metadata === undefined ? null : describeVerdicts(row.metadata);
    case "min":
      return row.statistics?.min ?? null;
    case "mean":
      return row.statistics?.mean ?? null;
    case "max":
      return row.statistics?.max ?? null;
    case "deviation":
      return row.statistics?.standardDeviation ?? null;
    default:
      return row.text;
  }
}
