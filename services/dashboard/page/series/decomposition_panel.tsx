import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Unit } from "../../../shared/domain/units/unit.ts";
import type { DecompositionAnswer } from "../analysis_worker.ts";
import { type Metadata, readSamples, type Samples, type Series } from "../api/retrieval.ts";
import { TimeChart } from "../charts/time_chart.tsx";
import { gridTimes } from "../charts/data/time_table.ts";
import { readable, withoutVerdict } from "../format/sentence.ts";
import { formatPeriod, formatSpan } from "../format/time.ts";
import { useLive } from "../live.ts";
import { Answer, roomFor } from "../parts/answer.tsx";
import { Panel } from "../parts/panel.tsx";
import { decompose } from "./decompose.ts";

interface DecompositionPanelProps {
  readonly series: Series;
  readonly metadata: Metadata;
  readonly unit: Unit;
}

/** Numbers are as long as `0.05 req/s` at most, but for few units: the times of all parts line up. */
const VALUES_PX = 88;

const PARTS = [["trend", "Trend"], ["seasonal", "Season"], ["remainder", "Remainder"]] as const;

/** The series as trend, season and remainder, computed here by the library. */
export function DecompositionPanel({ series, metadata, unit }: DecompositionPanelProps): VNode {
  const [periodMs] = metadata.seasonality.periods;
  if (periodMs === undefined) {
    return (
      <Panel title="Decomposition">
        <p class="empty">
          There is no season to take out: {readable(withoutVerdict(metadata.seasonality.explanation))}
        </p>
      </Panel>
    );
  }
  return <Decomposition series={series} metadata={metadata} unit={unit} periodMs={periodMs} />;
}

function Decomposition(props: DecompositionPanelProps & { readonly periodMs: number }): VNode {
  const { series, metadata, unit, periodMs } = props;
  const { fromMs, toMs } = metadata;
  const samples = useLive(
    `decomposition-${series.id}-${toMs}`,
    (signal) => readSamples(series.id, { fromMs, toMs }, signal),
    600_000,
  );
  const parts = useDecomposition(samples.value, periodMs);
  return (
    <Panel
      title="Decomposition"
      hint={`Robust STL with a season of ${formatPeriod(periodMs)}, computed in this page from the last ${
        formatSpan(toMs - fromMs)
      }.`}
    >
      <Answer of={samples} what="the samples" fromSource heightPx={[615, 615]}>
        {(value) => {
          if (parts === undefined) {return (
              <p class="loading" role="status" style={roomFor([615, 615])}>Decomposing …</p>
            );}
          if ("failure" in parts) return <p class="empty">{parts.failure}</p>;
          const timesMs = gridTimes(value.fromMs, value.stepMs, value.values.length);
          return PARTS.map(([part, title]) => (
            <div key={part} class="part">
              <h3>{title}</h3>
              <TimeChart
                name={part}
                title={`${series.name}: ${title.toLowerCase()}`}
                unit={unit}
                lines={[{
                  label: title.toLowerCase(),
                  colour: part === "seasonal" ? "forecast" : "history",
                  track: {
                    timesMs,
                    values: Array.from(parts[part], (number) => Number.isNaN(number) ? null : number),
                  },
                }]}
                range={{ fromMs: value.fromMs, toMs: value.toMs }}
                height={150}
                valuesPx={VALUES_PX}
              />
            </div>
          ));
        }}
      </Answer>
    </Panel>
  );
}

function useDecomposition(samples: Samples | undefined, periodMs: number): DecompositionAnswer | undefined {
  const [answer, setAnswer] = useState<DecompositionAnswer>();
  useEffect(() => {
    if (samples === undefined) return;
    let current = true;
    const values = Float64Array.from(samples.values, (value) => value ?? NaN);
    decompose(values, Math.round(periodMs / samples.stepMs)).then((parts) => current && setAnswer(parts));
    return () => {
      current = false;
    };
  }, [samples, periodMs]);
  return answer;
}
