import type { VNode } from "preact";
import type { ChartLine } from "./data/chart_line.ts";

/** Which line and which band is which, by colour, dashes and name, and what is hatched. */
export function Legend(
  { lines, isSilent = false }: {
    readonly lines: readonly ChartLine[];
    /** Whether stretches without samples are hatched. */
    readonly isSilent?: boolean;
  },
): VNode {
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
      {lines.map(({ label, colour, band }) =>
        band?.label !== undefined && (
          <li key={`band of ${label}`}>
            <svg width="22" height="12" aria-hidden="true" class={`line-${colour}`}>
              {band.isUnsure
                ? (
                  <>
                    <path class="hatched" d="M0 12L6 0M6 12L12 0M12 12L18 0M18 12L22 4" />
                    <path class="dashed" d="M0 0.5H22M0 11.5H22" />
                  </>
                )
                : <rect class={`fill-${band.colour}`} width="22" height="12" />}
            </svg>
            {band.label}
          </li>
        )
      )}
      {isSilent && (
        <li>
          <svg width="22" height="12" aria-hidden="true" class="line-bound">
            <path class="hatched" d="M0 12L6 0M6 12L12 0M12 12L18 0M18 12L22 4" />
            <path class="dashed" d="M0 1H22" />
          </svg>
          no samples: violated
        </li>
      )}
    </ul>
  );
}
