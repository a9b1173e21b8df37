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

/**
 * Filters and sorts; every word of the search must be found, as it stands or as a regular expression. What has no
 * value comes last in either order.
 */
export function selectRows(rows: readonly SeriesRow[], selection: RowSelection): readonly SeriesRow[] {
  const words = selection.search.split(/\s+/).filter((word) => word !== "").map(readWord);
  const kept = rows.filter((row) =>
    words.every((isIn) => isIn(row.text)) && hasVerdict(row.metadata, selection.verdict)
  );
  const sign = selection.descending ? -1 : 1;
  return kept.sort((a, b) => {
    const [left, right] = [sortKey(a, selection.sort), sortKey(b, selection.sort)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return left < right ? -sign : left > right ? sign : 0;
  });
}

/** What the filter offers, and which word of the library's that is. */
const FILTERS: Readonly<Record<string, string>> = {
  seasonal: "seasonal",
  stationary: "stationary",
  drifting: "unit-root",
  trending: "trend-stationary",
  constant: "constant",
  unclear: "inconclusive",
  unknown: "unknown",
};

/** Half a pattern, as it is while it is typed, is looked for as it stands. */
function readWord(word: string): (text: string) => boolean {
  const plain = word.toLowerCase();
  try {
    const pattern = new RegExp(word, "i");
    return (text) => text.includes(plain) || pattern.test(text);
  } catch {
    return (text) => text.includes(plain);
  }
}

function hasVerdict(metadata: MetadataSummary | undefined, verdict: string): boolean {
  const asked = FILTERS[verdict];
  if (asked === undefined || metadata?.stationarity.verdict === asked) return true;
  // That no season can be ruled out yet says little of a series whose level is known.
  return asked !== "unknown" && metadata?.seasonality.verdict === asked;
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
