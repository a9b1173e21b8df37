import type { VNode } from "preact";
import type { ChartLine } from "./data/chart_line.ts";

/** Which line is which, by colour, dashes and name. */
export function Legend({ lines }: { readonly lines: readonly ChartLine[] }): VNode {
  return (
    <ul class="legend">
      {lines.map(({ label, colour, dashed }) => (
        <li key={label}>
          <svg width="22" height="8" aria-hidden="true">
            <line
              class={`line-${colour}`}
              x1="0"
              x2="22"
              y1="4"
              y2="4"
              stroke-dasharray={dashed ? "6 4" : undefined}
            />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}
