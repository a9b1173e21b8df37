import { createHash } from "node:crypto";
import { seriesId } from "../../shared/domain/labels.ts";
import type { Series } from "../../shared/domain/series.ts";
import { shardOf } from "../../shared/domain/shard.ts";
import { formatDuration } from "../../shared/domain/units/duration_text.ts";
import type { DiscoveredSeries, Discovery } from "../../shared/ports/metrics_source.ts";
import type { DroppedSeries } from "../record/cycle_log.ts";
import type { EtlSettings } from "../settings.ts";

/** A series to watch. */
export interface SelectedSeries {
  readonly series: Series;
  readonly stepMs: number;
  readonly expression: string;
}

/** What the choice depends on. */
export interface SelectionSettings
  extends Pick<EtlSettings, "seriesMax" | "sampleSize" | "seed" | "stepMs" | "lookbackMs"> {
  /** The shards whose series are this replica's. */
  readonly owned: ReadonlySet<number>;
}

/** Which of the found series are watched. */
export interface SelectionResult {
  readonly kept: readonly SelectedSeries[];
  readonly dropped: readonly DroppedSeries[];
  /** How many more were dropped than are told one by one. */
  readonly droppedUntold: number;
  /** Series that another replica watches. */
  readonly elsewhere: readonly Series[];
  readonly warnings: readonly string[];
}

/** Most dropped series told one by one; the others are counted. */
const DROPPED_MAX = 10_000;
/** A day at 5 s. */
const STEPS_MAX = 17_280;

/**
 * Chooses the series to watch: all found ones, or the seeded random sample asked for; of these those in the shards
 * that are this replica's own, and at most the limit.
 *
 * The choice depends on each series' own id and the seed alone, so that a series stays chosen while others come and
 * go, and every replica draws the same sample.
 */
export function selectSeries(
  discovery: Discovery,
  settings: SelectionSettings,
): SelectionResult {
  const { seriesMax, sampleSize, seed, owned } = settings;
  const found = discovery.series.map((each) => toSelected(each, stepOf(each.stepMs, settings)));
  const isSampled = sampleSize !== undefined && sampleSize < found.length;
  const ordered = isSampled
    ? byKey(found, ({ series }) => drawOf(seed, series.id))
    : byKey(found, ({ series }) => series.id);
  const sampled = isSampled ? ordered.slice(0, sampleSize) : ordered;
  const { true: own = [], false: others = [] } = Object.groupBy(
    sampled,
    ({ series }) => `${owned.has(shardOf(series.id))}`,
  );
  const kept = own.slice(0, seriesMax);
  const dropped = [
    ...own.slice(seriesMax).map(({ series }) => ({
      series,
      cause: "unselected" as const,
      reason: `Beyond ETL_SERIES_MAX=${seriesMax}`,
    })),
    ...(isSampled ? ordered.slice(sampleSize) : []).map(({ series }) => ({
      series,
      cause: "unselected" as const,
      reason: `Not in the random sample of ETL_SAMPLE_SIZE=${sampleSize}`,
    })),
  ];
  const beyond = own.length - kept.length;
  const warnings = beyond > 0
    ? [
      `${beyond} of ${own.length} series are not analysed as ETL_SERIES_MAX is ${seriesMax}: narrow ETL_SELECTORS or raise it`,
    ]
    : [];
  const coarse = settings.stepMs === undefined
    ? discovery.series.filter(({ stepMs }) => stepOf(stepMs, settings) !== stepMs)
    : [];
  if (coarse.length > 0) {
    const [{ stepMs }] = coarse;
    warnings.push(
      `${coarse.length} series are scraped as often as every ${formatDuration(stepMs)} and analysed every ` +
        `${
          formatDuration(stepOf(stepMs, settings))
        }, as a window holds at most ${STEPS_MAX} steps: set ETL_STEP or ` +
        "shorten ETL_LOOKBACK to choose yourself",
    );
  }
  const elsewhere = others.map(({ series }) => series);
  return {
    kept,
    dropped: dropped.slice(0, DROPPED_MAX),
    droppedUntold: Math.max(0, dropped.length - DROPPED_MAX),
    elsewhere,
    warnings,
  };
}

/**
 * The step of the analysis: the scrape interval, or the least multiple of it of which the window holds no more than
 * can be analysed in time; then the newest sample of each step counts.
 */
function stepOf(
  intervalMs: number,
  { stepMs, lookbackMs }: Pick<EtlSettings, "stepMs" | "lookbackMs">,
): number {
  return stepMs ?? intervalMs * Math.max(1, Math.ceil(lookbackMs / intervalMs / STEPS_MAX));
}

function toSelected(found: DiscoveredSeries, stepMs: number): SelectedSeries {
  const { __name__ = "", ...labels } = found.labels;
  return {
    series: {
      id: seriesId(found.labels),
      name: __name__,
      labels,
      type: found.type,
      unit: analysedUnit(found),
    },
    stepMs,
    expression: found.expression,
  };
}

/** A counter is analysed as its rate, so its unit is one per second. */
function analysedUnit({ type, unit }: DiscoveredSeries): string | null {
  if (type !== "counter") return unit;
  return unit === null ? "per second" : `${unit} per second`;
}

function byKey<Item>(items: readonly Item[], key: (item: Item) => string): readonly Item[] {
  return items.map((item) => ({ item, key: key(item) })).sort((a, b) => a.key < b.key ? -1 : 1).map((
    { item },
  ) => item);
}

/** A number drawn for the series, as text that sorts. */
function drawOf(seed: number, id: string): string {
  return createHash("sha256").update(`${seed} ${id}`).digest("hex");
}
