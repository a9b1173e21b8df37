import type { VNode } from "preact";
import { useRef } from "preact/hooks";
import { isFarHorizon } from "../../../shared/domain/results/far_horizon.ts";
import { type Unit } from "../../../shared/domain/units/unit.ts";
import {
  readForecast,
  readPastForecasts,
  readSamples,
  type Samples,
  type Series,
  type SeriesForecast,
} from "../api/retrieval.ts";
import { type ChartLine, historyAndForecast, trackOf } from "../charts/data/chart_line.ts";
import { SinceNote } from "../charts/since_note.tsx";
import { TimeChart } from "../charts/time_chart.tsx";
import { rangeSinceFirst } from "../charts/data/young_range.ts";
import { serviceNowMs } from "../clock.ts";
import { CONFIDENCE, describeBand, heldLess } from "../format/backtest.ts";
import { formatInterval, formatQuantity } from "../format/quantity.ts";
import { formatSpan } from "../format/time.ts";
import { describeLacking } from "../format/too_few.ts";
import { describeWorking, horizonChoices, horizonMsOf } from "../horizons.ts";
import { type Live, useLive } from "../live.ts";
import { Answer, Failure } from "../parts/answer.tsx";
import { Choice } from "../parts/choice.tsx";
import { KeepHeight } from "../parts/keep_height.tsx";
import { Method } from "../parts/words/method.tsx";
import { Panel } from "../parts/panel.tsx";
import { TooFew } from "../parts/words/too_few.tsx";
import { Time } from "../parts/words/time.tsx";
import { route, updateQuery, zoomTo } from "../route.ts";
import { loadablePart, readZoom, type TimeRange } from "../zoom_range.ts";
import { pastLine } from "./past_line.ts";

const RANGES = [["1h", "1 h"], ["3h", "3 h"], ["12h", "12 h"], ["24h", "24 h"]] as const;
const RANGE_MS: Readonly<Record<string, number>> = {
  "1h": 3_600_000,
  "3h": 10_800_000,
  "12h": 43_200_000,
  "24h": 86_400_000,
};

interface ForecastPanelProps {
  readonly series: Series;
  readonly unit: Unit;
  readonly bounds: readonly { readonly label: string; readonly value: number }[];
  /** As far as the service looks by itself. */
  readonly near: Live<SeriesForecast>;
  /** When the last sample came, of a series that is silent. */
  readonly silentMs: number | undefined;
}

/** History, forecast and what was forecast before, on one axis that goes into the future. */
export function ForecastPanel({ series, unit, bounds, near, silentMs }: ForecastPanelProps): VNode {
  const { range = "3h", horizon = "", past = "1" } = route.value.query;
  const zoom = readZoom(route.value.query);
  const further = useLive(
    `forecast-${series.id}-${horizon}`,
    (signal) => horizon === "" ? Promise.resolve(undefined) : readForecast(series.id, horizon, signal),
    15_000,
  );
  const forecast: Live<SeriesForecast | undefined> = horizon === "" ? near : further;
  const nearMs = near.value?.horizonMs;
  // While another horizon is worked out, the past still ends where it did.
  const lastOriginMs = useRef<number | undefined>(undefined);
  const originMs = lastOriginMs.current = forecast.value?.originMs ?? lastOriginMs.current;
  const wasForecast = useRef(false);
  if (forecast.value !== undefined) wasForecast.current = forecast.value.tooFew === undefined;
  const isBusy = forecast.value === undefined && forecast.error === undefined;
  // Its line stays, empty, so that neither the chart is made anew nor its legend jumps.
  const awaited = isBusy && wasForecast.current && originMs !== undefined
    ? { originMs, mean: [], lower: [], upper: [] }
    : undefined;
  const known = forecast.value?.tooFew === undefined ? forecast.value : undefined;
  const widthMs = RANGE_MS[range] ?? RANGE_MS["3h"];
  const loaded = (): TimeRange => {
    const endMs = originMs ?? serviceNowMs();
    return zoom === undefined
      ? { fromMs: endMs - widthMs, toMs: endMs + 60_000 }
      : loadablePart(zoom, { nowMs: endMs, stepMs: forecast.value?.stepMs ?? 15_000 });
  };
  const view = zoom === undefined ? range : `${zoom.fromMs}-${zoom.toMs}`;
  const samples = useLive(
    `samples-${series.id}?${view}`,
    (signal) => readSamples(series.id, loaded(), signal),
    15_000,
  );
  const history = useLive(
    `past-${series.id}-${past}?${view}`,
    (signal) => past === "1" ? readPastForecasts(series.id, loaded(), signal) : Promise.resolve([]),
    60_000,
  );
  return (
    <Panel
      title="Past and next"
      hint="Solid: what came. Dashed: the point forecast, near the middle of what is expected; rare bursts can go beyond it, and lift the mean told below. Faint: what had been expected at each moment."
      actions={
        <>
          <Choice
            label="Range"
            options={RANGES}
            value={zoom === undefined ? range : ""}
            onChoose={(value) => updateQuery({ range: value, from: undefined, to: undefined })}
          />
          <Choice
            label="Horizon"
            options={horizonChoices(nearMs, horizon)}
            value={horizon}
            onChoose={(value) => updateQuery({ horizon: value })}
          />
          <label class="check">
            <input
              type="checkbox"
              checked={past === "1"}
              onChange={(event) => updateQuery({ past: event.currentTarget.checked ? "1" : "0" })}
            />
            Past forecasts
          </label>
        </>
      }
    >
      <Answer of={samples} what="the samples" fromSource heightPx={[385, 430]}>
        {(value) => {
          const lines = linesOf(value, known ?? awaited, history.value ?? []);
          const whole = {
            fromMs: value.toMs - widthMs,
            // Until the forecast is there, room for it; where there is none, no empty future.
            toMs: value.toMs +
              ((forecast.value === undefined ? horizonMsOf(horizon, nearMs) : known?.horizonMs) ?? 0),
          };
          return (
            <>
              <TimeChart
                name="past-and-next"
                title={`${series.name}: history and forecast`}
                unit={unit}
                lines={lines}
                range={zoom ?? rangeSinceFirst(whole, trackOf(value))}
                nowMs={originMs}
                bounds={bounds}
                height={340}
                onRange={zoomTo}
              />
              {zoom === undefined && <SinceNote asked={whole} track={trackOf(value)} lastMs={silentMs} />}
            </>
          );
        }}
      </Answer>
      <KeepHeight isBusy={isBusy}>
        {forecast.value !== undefined
          ? <ForecastWords forecast={forecast.value} unit={unit} nearMs={nearMs} silentMs={silentMs} />
          : forecast.error !== undefined
          ? <Failure error={forecast.error} what="the forecast" retry={forecast.refresh} />
          : <p class="words" role="status">{describeWorking(horizon, nearMs)}</p>}
      </KeepHeight>
    </Panel>
  );
}

/** The forecast in a sentence, and whether it is still one. */
function ForecastWords(
  { forecast, unit, nearMs, silentMs }:
    & { readonly forecast: SeriesForecast; readonly nearMs: number | undefined }
    & Pick<ForecastPanelProps, "unit" | "silentMs">,
): VNode {
  const { summary, originMs, horizonMs, confidence, lacking } = forecast;
  if (lacking !== undefined) {
    const wait = { ...forecast, lacking };
    return (
      <p class="notice notice-stale">
        <strong>Unknown.</strong> As of <Time atMs={originMs} />
        {silentMs === undefined
          ? (
            <>
              : <TooFew of={wait} />
            </>
          )
          : `, when it fell silent: ${describeLacking(wait, "until then")}`}
      </p>
    );
  }
  const held = heldLess(forecast.explanation.backtest.coverage, confidence);
  const expired = originMs + horizonMs < serviceNowMs();
  return (
    <p class={expired ? "notice notice-stale" : "words"}>
      {expired && <strong>Expired: everything this forecast speaks of is past.</strong>}
      From <Time atMs={originMs} />, next {formatSpan(horizonMs)}: {forecast.method === "constant"
        ? `${formatQuantity(summary.mean.value, unit)} throughout, as it has been.`
        : (
          <>
            mean {formatInterval(summary.mean, unit)}, min {formatInterval(summary.min, unit)}, max{" "}
            {formatInterval(summary.max, unit)}; {Math.round(confidence * 100)} % intervals
            {held !== undefined && <strong class="held">{` (${held})`}</strong>}; by{" "}
            <Method name={forecast.method} stepMs={forecast.stepMs} />
            {nearMs !== undefined && isFarHorizon(horizonMs, nearMs) &&
              `, chosen by its backtest far ahead (“How it is forecast” is about the next ${
                formatSpan(nearMs)
              })`}
            {forecast.quick === true && " (quick choice; the full one is under way)"}.
          </>
        )}
    </p>
  );
}

/** The place of a forecast that is being worked out. */
type AwaitedForecast = Pick<SeriesForecast, "originMs" | "mean" | "lower" | "upper">;

/** What came and what is expected, and behind them what had been expected of what has come since. */
function linesOf(
  samples: Samples,
  forecast: SeriesForecast | AwaitedForecast | undefined,
  past: readonly SeriesForecast[],
): ChartLine[] {
  const before = pastLine(past, forecast?.originMs ?? samples.toMs);
  const band = forecast !== undefined && "explanation" in forecast
    ? describeBand(forecast.explanation.backtest.coverage, forecast.confidence)
    : describeBand(undefined, CONFIDENCE);
  const lines = historyAndForecast(samples, forecast && { stepMs: samples.stepMs, ...forecast, band });
  return before === undefined ? lines : [before, ...lines];
}
