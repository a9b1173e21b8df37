import type { VNode } from "preact";
import { unitOf } from "../../../shared/domain/units/unit.ts";
import {
  type Metadata,
  readForecast,
  readMetadata,
  readSeries,
  readStatistics,
  type Series,
} from "../api/retrieval.ts";
import { ApiError } from "../api/request.ts";
import { readStatuses } from "../api/slas.ts";
import { useTitle } from "../arrival.ts";
import { describeObservations } from "../format/observations.ts";
import { readable } from "../format/sentence.ts";
import { verdictWords } from "../format/verdict.ts";
import { useLive } from "../live.ts";
import { Answer, Failure } from "../parts/answer.tsx";
import { Labels } from "../parts/words/labels.tsx";
import { Panel } from "../parts/panel.tsx";
import { PrometheusLink } from "../parts/words/prometheus_link.tsx";
import { Ago, Time } from "../parts/words/time.tsx";
import { linkTo } from "../route.ts";
import { AccuracyPanel } from "./accuracy_panel.tsx";
import { AutocorrelationPanel } from "./autocorrelation_panel.tsx";
import { DecompositionPanel } from "./decomposition_panel.tsx";
import { ForecastPanel } from "./forecast_panel.tsx";
import { MethodPanel } from "./method_panel.tsx";
import { silentSinceMs } from "./silent_since.ts";
import { StatisticsPanel } from "./statistics_panel.tsx";

/** One series: what it was, what it is like, what it will be. */
export function SeriesPage({ id }: { readonly id: string }): VNode {
  const series = useLive(`series-${id}`, (signal) => readSeries(id, signal), 300_000);
  useTitle(series.value?.name ?? "Series");
  if (series.error instanceof ApiError && series.error.status === 404) return <NoSeries />;
  return (
    <main>
      <Answer of={series} what="the series">
        {(one) => <SeriesPanels series={one} />}
      </Answer>
    </main>
  );
}

function NoSeries(): VNode {
  return (
    <main>
      <h1>No such series</h1>
      <p>
        No series has this id, or none has had it for long. <a href={linkTo("")}>All series</a>{" "}
        are on the overview.
      </p>
    </main>
  );
}

function SeriesPanels({ series }: { readonly series: Series }): VNode {
  const unit = unitOf(series);
  const metadata = useLive(`metadata-${series.id}`, (signal) => readMetadata(series.id, signal), 60_000);
  const forecast = useLive(`forecast-${series.id}`, (signal) => readForecast(series.id, "", signal), 15_000);
  const statistics = useLive(
    `statistics-${series.id}`,
    (signal) => readStatistics(series.id, signal),
    30_000,
  );
  const statuses = useLive("statuses", readStatuses, 15_000);
  const silentMs = silentSinceMs(forecast.value, statistics.value);
  // A counter's own bounds are of what it counts, not of its rate, which is what is drawn.
  const bounds = (series.type === "counter" ? [] : statuses.value ?? [])
    .filter((status) => status.series.some(({ seriesId }) => seriesId === series.id))
    .flatMap(({ slaId, name, min, max }) => [
      ...(min === null ? [] : [{ slaId, label: `${name}: ≥`, value: min }]),
      ...(max === null ? [] : [{ slaId, label: `${name}: ≤`, value: max }]),
    ]);
  return (
    <>
      <div class="title">
        <h1>{series.name}</h1>
        <Labels labels={series.labels} />
        <p>
          {series.type}
          {series.type === "counter" && ", analysed as its rate per second"} ·{" "}
          <a href={linkTo("sla", { expression: selectorOf(series) })}>Make an SLA of it</a>
          <PrometheusLink expression={selectorOf(series)} />
        </p>
        {silentMs !== undefined && (
          <p class="notice notice-stale" role="status">
            Silent since <Time atMs={silentMs} />: no sample came after it. What is said here is as of then.
          </p>
        )}
      </div>
      <ForecastPanel
        series={series}
        unit={unit}
        bounds={bounds}
        near={forecast}
        silentMs={silentMs}
      />
      <div class="columns">
        <StatisticsPanel
          statistics={statistics}
          unit={unit}
          stepMs={metadata.value?.stepMs}
          silentMs={silentMs}
        />
        <Verdicts metadata={metadata.value} error={metadata.error} />
      </div>
      <Answer of={metadata} what="the metadata">
        {(value) => (
          <>
            <DecompositionPanel series={series} metadata={value} unit={unit} />
            <AutocorrelationPanel metadata={value} />
          </>
        )}
      </Answer>
      <AccuracyPanel id={series.id} unit={unit} forecast={forecast.value} />
      <MethodPanel forecast={forecast} metadata={metadata.value} unit={unit} />
    </>
  );
}

function Verdicts(
  { metadata, error }: { readonly metadata: Metadata | undefined; readonly error: Error | undefined },
): VNode {
  const rows = metadata === undefined ? [] : [
    // Without an estimate nothing was tested, and nothing is known either way.
    [
      "Autocorrelation",
      metadata.autocorrelation.values.length > 0
        ? metadata.autocorrelation
        : { ...metadata.autocorrelation, verdict: "could not be tested" },
    ],
    ["Stationarity", metadata.stationarity],
    ["Seasonality", metadata.seasonality],
  ] as const;
  return (
    <Panel title="What it is like">
      {rows.length === 0 && (error === undefined
        ? <p class="empty">Not analysed yet.</p>
        : <Failure error={error} what="what it is like" />)}
      <dl class="verdicts">
        {rows.map(([title, { verdict, explanation }]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>
              <strong>{verdictWords(verdict)}</strong>
              {verdictWords(verdict) !== verdict && <small>{` (${verdict})`}</small>}
              <p>{readable(explanation)}</p>
            </dd>
          </div>
        ))}
      </dl>
      {metadata !== undefined && (
        <p class="hint">
          Judged <Ago atMs={metadata.producedAtMs} /> from {describeObservations(metadata)}.
        </p>
      )}
    </Panel>
  );
}

/** The series as a PromQL selector, label values escaped. */
function selectorOf(series: Series): string {
  const quote = (text: string) => JSON.stringify(text);
  const plain = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(series.name);
  const matchers = Object.entries(series.labels).map(([name, value]) =>
    `${/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) ? name : quote(name)}=${quote(value)}`
  );
  const selector = plain
    ? `${series.name}{${matchers.join(",")}}`
    : `{${[quote(series.name), ...matchers].join(",")}}`;
  return series.type === "counter" ? `rate(${selector}[5m])` : selector;
}
