import type { VNode } from "preact";
import { formatShare } from "../../../shared/domain/units/quantity.ts";
import { type Unit } from "../../../shared/domain/units/unit.ts";
import { type Accuracy, readAccuracy, type SeriesForecast } from "../api/retrieval.ts";
import { tellApart } from "../format/backtest.ts";
import { formatSpread, formatTogether } from "../format/quantity.ts";
import { asSentence } from "../format/sentence.ts";
import { useLive } from "../live.ts";
import { Answer } from "../parts/answer.tsx";
import { Mase } from "../parts/words/mase.tsx";
import { Panel } from "../parts/panel.tsx";

interface AccuracyPanelProps {
  readonly id: string;
  readonly unit: Unit;
  /** The newest, for what its backtest had promised. */
  readonly forecast: SeriesForecast | undefined;
}

/** What the forecasts that were served were worth. */
export function AccuracyPanel({ id, unit, forecast }: AccuracyPanelProps): VNode {
  const accuracy = useLive(`accuracy-${id}`, (signal) => readAccuracy(id, signal), 60_000);
  return (
    <Panel
      title="How well it did"
      hint="The forecasts of the last hour as they were served, against what came; without those from too few samples."
    >
      <Answer of={accuracy} what="the accuracy" fromSource>
        {({ graded, forecasts, mae, mase, coverage, newest, reason }) =>
          graded === 0
            ? <p class="empty">{asSentence(reason ?? "no served forecast has come due yet")}</p>
            : (
              <>
                <dl class="figures">
                  <div class="wide">
                    <dt>graded</dt>
                    <dd>
                      {graded.toLocaleString("en-US")} {graded === 1 ? "value" : "values"} of{" "}
                      {forecasts.toLocaleString("en-US")} {forecasts === 1 ? "forecast" : "forecasts"}
                    </dd>
                  </div>
                  <div>
                    <dt>mean absolute error</dt>
                    <dd>{formatSpread(mae, unit)}</dd>
                  </div>
                  <div>
                    <dt>
                      <Mase />
                    </dt>
                    <dd>{mase === null ? "–" : mase.toFixed(2)}</dd>
                  </div>
                  <div>
                    <dt>within the interval</dt>
                    <dd>{formatShare(coverage, 1)}</dd>
                  </div>
                </dl>
                <Apart forecast={forecast} served={{ graded, forecasts, mae, coverage }} unit={unit} />
                {newest !== null && newest.outside !== null && <Newest {...newest} unit={unit} />}
              </>
            )}
      </Answer>
    </Panel>
  );
}

function Apart(
  { forecast, served, unit }: {
    readonly forecast: SeriesForecast | undefined;
    readonly served: Pick<Accuracy, "graded" | "forecasts" | "mae" | "coverage">;
    readonly unit: Unit;
  },
): VNode | null {
  const words = forecast && tellApart(forecast.explanation.backtest, served, unit);
  return words === undefined ? null : <p class="notice">{words}</p>;
}

function Newest(
  { value, lower, upper, outside, unit }: NonNullable<Accuracy["newest"]> & { readonly unit: Unit },
): VNode {
  const [found, low, high] = formatTogether([value, lower, upper], unit);
  return (
    <p class={outside ? "notice notice-stale" : "words"}>
      The newest value, {found}, lies {outside ? "outside" : "within"} the interval it was given,{" "}
      {low === high ? low : `${low} … ${high}`}.
    </p>
  );
}
