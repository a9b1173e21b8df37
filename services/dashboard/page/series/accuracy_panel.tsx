import type { VNode } from "preact";
import { type Accuracy, readAccuracy } from "../api/retrieval.ts";
import { formatShare } from "../../../shared/domain/quantity.ts";
import { formatQuantity, formatTogether } from "../format/quantity.ts";
import { type Unit } from "../../../shared/domain/unit.ts";
import { useLive } from "../live.ts";
import { Answer } from "../parts/answer.tsx";
import { Mase } from "../parts/mase.tsx";
import { Panel } from "../parts/panel.tsx";

/** What the forecasts that were served were worth. */
export function AccuracyPanel({ id, unit }: { readonly id: string; readonly unit: Unit }): VNode {
  const accuracy = useLive(`accuracy-${id}`, (signal) => readAccuracy(id, signal), 60_000);
  return (
    <Panel title="How well it did" hint="Past forecasts as they were served, against what came.">
      <Answer of={accuracy} what="the accuracy">
        {({ graded, mae, mase, coverage, newest, reason }) =>
          graded === 0 ? <p class="empty">{reason ?? "No served forecast has come due yet."}</p> : (
            <>
              <dl class="figures">
                <div>
                  <dt>values graded</dt>
                  <dd>{graded}</dd>
                </div>
                <div>
                  <dt>mean absolute error</dt>
                  <dd>{formatQuantity(mae, unit)}</dd>
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
              {newest !== null && newest.outside !== null && <Newest {...newest} unit={unit} />}
            </>
          )}
      </Answer>
    </Panel>
  );
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
