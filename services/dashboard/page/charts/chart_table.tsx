import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { Unit } from "../../../shared/domain/units/unit.ts";
import { formatWithin } from "../format/quantity.ts";
import { ScrollRegion } from "../parts/scroll_region.tsx";
import { Time } from "../parts/words/time.tsx";
import type { TimeRange } from "../zoom_range.ts";
import { type ChartLine, tracksOf } from "./data/chart_line.ts";
import { spanOf } from "./data/outliers.ts";
import { joinTracks } from "./data/time_table.ts";

/** What of a chart its table takes. */
interface ChartTableProps {
  readonly title: string;
  readonly unit: Unit;
  readonly lines: readonly ChartLine[];
  readonly range: TimeRange;
}

/** Rows of the table; of more moments, evenly spread ones are shown. */
const ROWS_MAX = 200;

/** What the chart shows as a table, newest first: for those who can't see it, and for those who want the numbers. */
export function ChartTable(props: ChartTableProps): VNode {
  const [open, setOpen] = useState(false);
  return (
    <details class="chart-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>As a table</summary>
      {open && <Rows {...props} />}
    </details>
  );
}

function Rows({ title, lines, range, unit }: ChartTableProps): VNode {
  const tracks = tracksOf(lines);
  const { timesMs, columns } = joinTracks(tracks);
  const values = tracks.flatMap((track) => track.values.filter((value) => value !== null));
  const format = formatWithin(spanOf(values) ?? [0, 0], unit);
  const seen = timesMs.map((_, i) => i).filter((i) => timesMs[i] >= range.fromMs && timesMs[i] < range.toMs);
  const stride = Math.max(1, Math.ceil(seen.length / ROWS_MAX));
  const rows = seen.reverse().filter((_, k) => k % stride === 0);
  const headings = lines.flatMap(({ label, band }) =>
    band === undefined ? [label] : [label, `${label}: from`, `${label}: to`]
  );
  return (
    <ScrollRegion label={title}>
      <table class="numbers">
        <caption>
          {title}
          {stride > 1 && ` (one moment in ${stride})`}
        </caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {headings.map((heading) => <th key={heading} scope="col">{heading}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((i) => (
            <tr key={timesMs[i]}>
              <th scope="row">
                <Time atMs={timesMs[i]} />
              </th>
              {columns.map((column, k) => <td key={headings[k]}>{format(column[i])}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
