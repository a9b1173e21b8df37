import type { VNode } from "preact";
import type { Unit } from "../../../shared/domain/units/unit.ts";
import type { SlaSamples } from "../api/slas.ts";
import { historyAndForecast, trackOf } from "../charts/data/chart_line.ts";
import { SinceNote } from "../charts/since_note.tsx";
import { CONFIDENCE, describeBand } from "../format/backtest.ts";
import { TimeChart } from "../charts/time_chart.tsx";
import type { ShadedStretch } from "../charts/data/shaded_stretch.ts";
import { firstSampleMs, rangeSinceFirst } from "../charts/data/young_range.ts";
import type { TimeRange } from "../zoom_range.ts";

interface SlaChartProps {
  readonly name: string;
  readonly unit: Unit;
  readonly samples: SlaSamples;
  /** Id of the label set to draw. */
  readonly shown: string;
  readonly bounds: { readonly min: number | null; readonly max: number | null };
  readonly intervals: readonly ShadedStretch[];
  readonly zoom?: TimeRange;
  readonly onRange?: (range: TimeRange | null) => void;
  readonly height?: number;
}

/** What is judged and what is expected next, between its bounds; violations are shaded. */
export function SlaChart(props: SlaChartProps): VNode {
  const { name, unit, samples, shown, bounds, intervals, zoom, onRange, height } = props;
  const series = samples.series.find(({ seriesId }) => seriesId === shown) ?? samples.series[0];
  if (series === undefined) return <p class="empty">The expression yields no series in this window.</p>;
  const { fromMs, toMs, stepMs } = samples;
  const { forecast } = series;
  const history = { fromMs, stepMs, values: series.values };
  const track = trackOf(history);
  // Before its first sample there is nothing to see, unless that is a violation.
  const isSilentFirst = intervals.some((one) =>
    one.cause === "noData" && one.fromMs < (firstSampleMs(track) ?? toMs)
  );
  const whole = { fromMs, toMs: toMs + (forecast?.mean.length ?? 0) * stepMs };
  return (
    <>
      <TimeChart
        name="values"
        title={`${name}: values, bounds and violations`}
        unit={unit}
        lines={historyAndForecast(
          history,
          forecast && { ...forecast, stepMs, band: describeBand(forecast.coverage, CONFIDENCE) },
        )}
        range={zoom ?? (isSilentFirst ? whole : rangeSinceFirst(whole, track))}
        nowMs={forecast?.originMs}
        bounds={[
          ...(bounds.min === null ? [] : [{ label: "bound ≥", value: bounds.min }]),
          ...(bounds.max === null ? [] : [{ label: "bound ≤", value: bounds.max }]),
        ]}
        intervals={intervals}
        onRange={onRange}
        height={height}
      />
      {zoom === undefined && <SinceNote asked={whole} track={track} />}
    </>
  );
}
