import type { Series } from "../services/dashboard/page/api/retrieval.ts";
import { gridTimes, joinTracks } from "../services/dashboard/page/charts/data/time_table.ts";
import { searchText, selectRows, type SeriesRow } from "../services/dashboard/page/overview/select_rows.ts";

for (const count of [100, 1_000, 10_000]) {
  const rows = Array.from({ length: count }, (_, i): SeriesRow => {
    const series: Series = {
      id: i.toString(16).padStart(16, "0"),
      name: `metric_${i % 97}_seconds`,
      labels: { instance: `host-${i % 211}:9100`, job: i % 2 === 0 ? "api" : "db" },
      type: "gauge",
      unit: null,
    };
    return { series, metadata: undefined, statistics: undefined, text: searchText(series) };
  });
  Deno.bench(`the series table is searched and sorted, ${count} rows`, () => {
    selectRows(rows, { search: 'job="api" host-1', verdict: "", sort: "name", descending: true });
  });
}

const forecastTimes = gridTimes(1_440 * 60_000, 60_000, 10);
Deno.bench("a day of minutes and a forecast are laid on one axis", () => {
  const timesMs = gridTimes(0, 60_000, 1_440);
  const band = { timesMs: forecastTimes, values: forecastTimes };
  joinTracks([{ timesMs, values: timesMs }, band, band, band]);
});
