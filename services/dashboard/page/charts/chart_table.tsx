import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { formatQuantity } from "../../../shared/domain/quantity.ts";
import { Time } from "../parts/time.tsx";
import type { TimeChartProps } from "./time_chart.tsx";
import { joinTracks } from "./time_table.ts";

/** Rows of the table; of more moments, evenly spread ones are shown. */
const ROWS_MAX = 200;

/** What the chart shows as a table, newest first: for those who can't see it, and for those who want the numbers. */
export function ChartTable(props: TimeChartProps): VNode {
  const [open, setOpen] = useState(false);
  return (
    <details class="chart-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>As a table</summary>
      {open && <Rows {...props} />}
    </details>
  );
}

function Rows({ title, lines, range, unit }: TimeChartProps): VNode {
  const { timesMs, columns } = joinTracks(
    lines.flatMap(({ track, band }) => band === undefined ? [track] : [track, band.lower, band.upper]),
  );
  const seen = timesMs.map((_, i) => i).filter((i) => timesMs[i] >= range.fromMs && timesMs[i] < range.toMs);
  const stride = Math.max(1, Math.ceil(seen.length / ROWS_MAX));
  const rows = seen.reverse().filter((_, k) => k % stride === 0);
  const headings = lines.flatMap(({ label, band }) =>
    band === undefined ? [label] : [label, `${label}: from`, `${label}: to`]
  );
  return (
    <div class="scroll" tabIndex={0}>
      <table>
        <caption>
          {title}
          {stride > 1 && ` (every ${stride}th moment)`}
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
              {columns.map((column, k) => <td key={headings[k]}>{formatQuantity(column[i], unit)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
