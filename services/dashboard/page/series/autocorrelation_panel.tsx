import type { VNode } from "preact";
import type { Metadata } from "../api/retrieval.ts";
import { Correlogram } from "../charts/correlogram.tsx";
import { readable } from "../format/sentence.ts";
import { formatSpan } from "../format/time.ts";
import { Panel } from "../parts/panel.tsx";

/** The autocorrelation by lag, the found periods marked. */
export function AutocorrelationPanel({ metadata }: { readonly metadata: Metadata }): VNode {
  const { stepMs, autocorrelation, seasonality } = metadata;
  const lags = autocorrelation.values.length - 1;
  return (
    <Panel
      title="Autocorrelation"
      hint="How much a value resembles the one a lag before. A bar outside the band is more than chance; dotted lines are the periods found."
    >
      {lags < 1 ? <p class="empty">{readable(autocorrelation.explanation)}</p> : (
        <>
          <Correlogram
            values={autocorrelation.values}
            lower={autocorrelation.lower}
            upper={autocorrelation.upper}
            stepMs={stepMs}
            marks={seasonality.periods.map((period) => period / stepMs)}
            describeLag={(lag) => formatSpan(lag * stepMs)}
          />
          <p class="axis-ends">
            <span>{formatSpan(stepMs)}</span>
            <span>{formatSpan(lags * stepMs)}</span>
          </p>
        </>
      )}
    </Panel>
  );
}
