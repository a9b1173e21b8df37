import { deepStrictEqual } from "node:assert/strict";
import type {
  MetadataSummary,
  Series,
  Statistics,
} from "../../../../../services/dashboard/page/api/retrieval.ts";
import {
  searchText,
  selectRows,
  type SeriesRow,
} from "../../../../../services/dashboard/page/overview/select_rows.ts";

function row(
  name: string,
  labels: Record<string, string>,
  mean: number | null,
  season: string,
  drift: string,
): SeriesRow {
  const series: Series = { id: "0000000000000000", name, labels, type: "gauge", unit: null };
  return {
    series,
    text: searchText(series),
    metadata: {
      series,
      seasonality: { verdict: season },
      stationarity: { verdict: drift },
    } as MetadataSummary,
    statistics: { mean } as Statistics,
  };
}

const ROWS = [
  row("cpu", { job: "api" }, 5, "seasonal", "stationary"),
  row("disk", { job: "db" }, null, "not seasonal", "unit-root"),
  row("queue", { job: "api" }, 1, "not seasonal", "stationary"),
];
const ALL = { search: "", verdict: "", sort: "name", descending: false } as const;

function names(rows: readonly SeriesRow[]): string[] {
  return rows.map(({ series }) => series.name);
}

Deno.test("selectRows() wants every word of the search, labels included", () => {
  deepStrictEqual(names(selectRows(ROWS, { ...ALL, search: 'JOB="api" que' })), ["queue"]);
});

for (
  const [search, found] of [["c.*u", ["cpu"]], ['job="(api|web)" queue', ["queue"]], ["CPU(", []]] as const
) {
  Deno.test(`selectRows() takes "${search}" as it stands or as a pattern`, () => {
    deepStrictEqual(names(selectRows(ROWS, { ...ALL, search })), found);
  });
}

Deno.test("selectRows() filters by verdict", () => {
  deepStrictEqual(names(selectRows(ROWS, { ...ALL, verdict: "seasonal" })), ["cpu"]);
  deepStrictEqual(names(selectRows(ROWS, { ...ALL, verdict: "drifting" })), ["disk"]);
  const young = row("young", {}, 2, "unknown", "unknown");
  const rows = [...ROWS, young, row("line", {}, 3, "unknown", "trend-stationary")];
  deepStrictEqual(selectRows(rows, { ...ALL, verdict: "unknown" }), [young]);
});

for (const descending of [false, true]) {
  Deno.test(`selectRows() puts what has no value last, ${descending ? "descending" : "ascending"}`, () => {
    deepStrictEqual(
      names(selectRows(ROWS, { ...ALL, sort: "mean", descending })),
      descending ? ["cpu", "queue", "disk"] : ["queue", "cpu", "disk"],
    );
  });
}
