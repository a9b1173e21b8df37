import type { VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { unitOf } from "../../../shared/domain/units/unit.ts";
import {
  type MetadataSummary,
  readAllSeries,
  readAllStatistics,
  readVerdicts,
  type Series,
  type Statistics,
} from "../api/retrieval.ts";
import { formatQuantity, formatSpread, formatTogether } from "../format/quantity.ts";
import { formatSpan } from "../format/time.ts";
import { describeVerdicts } from "../format/verdict.ts";
import { type Live, useLive } from "../live.ts";
import { Answer } from "../parts/answer.tsx";
import { Choice } from "../parts/choice.tsx";
import { NoSeries } from "../parts/progress/no_series.tsx";
import { VirtualRows } from "../parts/virtual_rows.tsx";
import { linkTo, route, updateQuery } from "../route.ts";
import { type Column, searchText, selectRows, type SeriesRow } from "./select_rows.ts";

const ROW_HEIGHT_PX = 44;
/** With the verdict below the labels, as there is no room beside them. */
const NARROW_ROW_HEIGHT_PX = 64;

const VERDICTS = [
  ["", "all"],
  ["seasonal", "seasonal"],
  ["stationary", "steady"],
  ["trending", "trending"],
  ["drifting", "drifting"],
  ["constant", "constant"],
  ["unclear", "unclear"],
  ["unknown", "not known yet"],
] as const;

const COLUMNS: readonly (readonly [column: Column, title: string])[] = [
  ["name", "Series"],
  ["verdict", "What it is like"],
  ["min", "Min"],
  ["mean", "Mean"],
  ["max", "Max"],
  ["deviation", "Std. dev."],
];

/**
 * Every series (more often while a first cycle is filling in): search, filter by label and verdict, sort; as smooth
 * with ten thousand as with ten.
 */
export function SeriesTable({ filling }: { readonly filling: boolean }): VNode {
  const isFilling = useRef(filling);
  const series = useLive("series", readAllSeries, isFilling.current ? 3_000 : 60_000);
  isFilling.current = filling || series.value?.length === 0;
  const verdicts = useLive("verdicts", readVerdicts, filling ? 5_000 : 60_000);
  const statistics = useLive(
    "statistics-1h",
    (signal) => readAllStatistics("1h", signal),
    filling ? 5_000 : 30_000,
  );
  return (
    <Answer of={series} what="the series" heightPx={[735, 735]}>
      {(items) => items.length === 0 ? <NoSeries /> : <Rows rows={useRows(items, verdicts, statistics)} />}
    </Answer>
  );
}

function useRows(
  series: readonly Series[],
  verdicts: Live<MetadataSummary[]>,
  statistics: Live<Statistics[]>,
): readonly SeriesRow[] {
  return useMemo(() => {
    const verdictOf = new Map(verdicts.value?.map((metadata) => [metadata.series.id, metadata]));
    const statisticsOf = new Map(statistics.value?.map((entry) => [entry.series.id, entry]));
    return series.map((one): SeriesRow => ({
      series: one,
      metadata: verdictOf.get(one.id),
      statistics: statisticsOf.get(one.id),
      text: searchText(one),
    }));
  }, [series, verdicts.value, statistics.value]);
}

function Rows({ rows }: { readonly rows: readonly SeriesRow[] }): VNode {
  const rowHeightPx = useNarrow() ? NARROW_ROW_HEIGHT_PX : ROW_HEIGHT_PX;
  const { search = "", verdict = "", sort = "name", descending = "" } = route.value.query;
  const shown = useMemo(
    () => selectRows(rows, { search, verdict, sort: sort as Column, descending: descending === "1" }),
    [rows, search, verdict, sort, descending],
  );
  return (
    <>
      <div class="filters">
        <label>
          Search
          <input
            type="search"
            value={search}
            placeholder='name, label="value", or .* for any'
            onInput={(event) => updateQuery({ search: event.currentTarget.value }, { typed: true })}
          />
        </label>
        <Choice
          label="Verdict"
          options={VERDICTS}
          value={verdict}
          onChoose={(value) => updateQuery({ verdict: value })}
        />
        <p role="status">
          {shown.length === rows.length
            ? `${rows.length} series`
            : `${shown.length} of ${rows.length} series`}, figures of the last hour
        </p>
      </div>
      <div class="table" role="table" aria-label="Series" aria-rowcount={shown.length + 1}>
        <div class="row head" role="row">
          {COLUMNS.map(([column, title]) => (
            <div
              key={column}
              class={`cell-${column}`}
              role="columnheader"
              aria-sort={sort !== column ? "none" : descending === "1" ? "descending" : "ascending"}
            >
              <button
                type="button"
                onClick={() =>
                  updateQuery({
                    sort: column,
                    descending: sort === column && descending !== "1" ? "1" : undefined,
                  })}
              >
                {title}{" "}
                <span aria-hidden="true">{sort !== column ? "" : descending === "1" ? "↓" : "↑"}</span>
              </button>
            </div>
          ))}
        </div>
        {shown.length === 0 && (
          <p class="empty">No series matches. Clear the search or choose another verdict.</p>
        )}
        <VirtualRows
          count={shown.length}
          rowHeightPx={rowHeightPx}
          row={(i) => <Row row={shown[i]} index={i} heightPx={rowHeightPx} />}
        />
      </div>
    </>
  );
}

interface RowProps {
  readonly row: SeriesRow;
  readonly index: number;
  readonly heightPx: number;
}

/** More digits than this are for the hover. */
const CELL_LENGTH = 13;

/**
 * Labels that many series share: where there is no room for all, those that tell series apart come before them, the
 * least telling last.
 */
const COMMON_LABELS: readonly string[] = ["instance", "job"];

function Row({ row, index, heightPx }: RowProps): VNode {
  const { series, metadata, statistics } = row;
  const unit = unitOf(series);
  const figures = [statistics?.min, statistics?.mean, statistics?.max];
  const exact = formatTogether(figures, unit);
  const young = describeYoung(row);
  const [min, mean, max] = figures.map((figure, k) =>
    exact[k].length > CELL_LENGTH ? formatQuantity(figure, unit) : exact[k]
  );
  const labels = Object.entries(series.labels)
    .sort(([a], [b]) => COMMON_LABELS.indexOf(a) - COMMON_LABELS.indexOf(b))
    .map(([name, value]) => `${name}="${value}"`).join(" ");
  const verdicts = metadata === undefined ? "…" : describeVerdicts(metadata);
  const tested = metadata && `${metadata.seasonality.verdict}, ${metadata.stationarity.verdict}`;
  return (
    <div class="row" role="row" aria-rowindex={index + 2} style={{ height: `${heightPx}px` }}>
      <div role="cell" class="name">
        <a href={linkTo(`series/${series.id}`)} title={series.name}>{series.name}</a>
        <small title={labels}>{labels}</small>
        {heightPx === NARROW_ROW_HEIGHT_PX && <small title={tested}>{verdicts}</small>}
      </div>
      <div role="cell" class="cell-verdict" title={tested}>{verdicts}</div>
      <div role="cell" class="cell-min" title={exact[0]}>{min}{young}</div>
      <div role="cell" class="cell-mean" title={exact[1]}>{mean}{young}</div>
      <div role="cell" class="cell-max" title={exact[2]}>{max}</div>
      <div role="cell" class="cell-deviation">{formatSpread(statistics?.standardDeviation, unit)}</div>
    </div>
  );
}

/** A window that samples fill by less is not what its column says. */
const FULL_SHARE = 0.9;

/** How much of the window there are samples of, where that is not nearly all of it. */
function describeYoung({ statistics, metadata }: SeriesRow): VNode | null {
  if (statistics === undefined || metadata === undefined) return null;
  const knownMs = statistics.count * metadata.stepMs;
  if (knownMs >= FULL_SHARE * (statistics.toMs - statistics.fromMs)) return null;
  return <small title="There are samples of this much of the window">of {formatSpan(knownMs)}</small>;
}

/** Whether there is room for two columns only; the style sheet hides the others below the same width. */
function useNarrow(): boolean {
  const query = useMemo(() => matchMedia("(max-width: 700px)"), []);
  const [narrow, setNarrow] = useState(query.matches);
  useEffect(() => {
    const look = () => setNarrow(query.matches);
    query.addEventListener("change", look);
    return () => query.removeEventListener("change", look);
  }, []);
  return narrow;
}
