import { z } from "zod";
import { canonicalLabels, type Labels } from "../../domain/labels.ts";
import { exactSelector } from "../../domain/selector.ts";
import type { MetricType } from "../../domain/series.ts";
import { typeBySuffix, unitByName } from "../../domain/units/metric_name.ts";
import type { Clock } from "../../ports/clock.ts";
import type { PrometheusClient } from "./client/prometheus_client.ts";
import { readMatrix } from "./read_matrix.ts";
import { toSeconds } from "./to_seconds.ts";

/** What is known of a series besides its samples. */
export interface TypedMetric {
  readonly type: MetricType;
  readonly unit: string | null;
}

const FRESH_MS = 5 * 60_000;
/** A target tells its types with its first scrape: until a new name is so old, it is asked for again so often. */
const SETTLED_MS = 5 * 60_000;
const UNSETTLED_FRESH_MS = 10_000;
const REMEMBERED_MAX = 100_000;
/** What falls more often than its process restarts, and than at every twentieth change, is no counter but a gauge. */
const RESETS_SHARE_MAX = 0.05;
const CHANGES_MIN = 20;

const metadataAnswer = z.record(
  z.string(),
  z.array(z.object({ type: z.string(), unit: z.string().optional() })),
);

/** Finds types and units. */
export interface MetricTypes {
  /**
   * The type of each series: what its targets declare, else what its name suggests unless its movement over the range
   * refutes it (a counter seldom falls). A name that says nothing leaves the type unknown, however the series moves:
   * a leak rises like a counter.
   */
  find(
    series: readonly Labels[],
    range: { readonly fromMs: number; readonly toMs: number },
    signal?: AbortSignal,
  ): Promise<TypedMetric[]>;
}

/** Creates a finder that remembers what it found. */
export function createMetricTypes(client: PrometheusClient, clock: Clock): MetricTypes {
  let declared: { readonly types: ReadonlyMap<string, TypedMetric>; readonly atMs: number } | undefined;
  const judged = new Map<string, MetricType>();
  /** When each name was asked for first. */
  const metAtMs = new Map<string, number>();

  async function declaredTypes(
    series: readonly Labels[],
    signal: AbortSignal | undefined,
  ): Promise<ReadonlyMap<string, TypedMetric>> {
    const nowMs = clock.nowMs();
    const known = declared?.types;
    let freshMs = FRESH_MS;
    if (metAtMs.size > REMEMBERED_MAX) metAtMs.clear();
    for (const labels of series) {
      const name = labels.__name__ ?? "";
      const metMs = metAtMs.get(name) ?? nowMs;
      metAtMs.set(name, metMs);
      const isOpen = known !== undefined && declaredType(known, labels) === undefined;
      if (isOpen && nowMs - metMs < SETTLED_MS) freshMs = UNSETTLED_FRESH_MS;
    }
    if (declared === undefined || nowMs - declared.atMs > freshMs) {
      declared = { types: addNews(known ?? new Map(), await askMetadata(client, signal)), atMs: nowMs };
    }
    return declared.types;
  }

  return {
    async find(series, range, signal) {
      const types = await declaredTypes(series, signal);
      const open = new Map<string, Labels>();
      for (const labels of series) {
        const key = canonicalLabels(labels);
        const isOpen = declaredType(types, labels) === undefined &&
          typeBySuffix(labels.__name__ ?? "") === "counter";
        if (isOpen && !judged.has(key)) open.set(key, labels);
      }
      if (judged.size + open.size > REMEMBERED_MAX) judged.clear();
      if (open.size > 0) await judgeMovement(client, open, { ...range, signal }, judged);
      return series.map((labels) => {
        const name = labels.__name__ ?? "";
        const known = declaredType(types, labels);
        return {
          type: known?.type ?? judged.get(canonicalLabels(labels)) ?? typeBySuffix(name),
          unit: known?.unit || unitByName(name),
        };
      });
    },
  };
}

/** Metadata is declared per family: the parts of a histogram or summary are counters, its quantiles are not. */
function declaredType(types: ReadonlyMap<string, TypedMetric>, labels: Labels): TypedMetric | undefined {
  const name = labels.__name__ ?? "";
  // Prometheus 3 can carry type and unit with each series: then also of what no target of its own declares (OTLP).
  const carried = agreedType(labels.__type__ === undefined ? [] : [labels.__type__]);
  if (carried !== undefined) {
    const told = { type: carried, unit: labels.__unit__ || null };
    return isPart(name, told) ? asPart(name, told) : told;
  }
  const own = types.get(name);
  if (own !== undefined) return own;
  const family = types.get(name.replace(PART_SUFFIX, ""));
  return family !== undefined && isPart(name, family) ? asPart(name, family) : undefined;
}

const PART_SUFFIX = /_(?:sum|count|bucket|total)$/;

/** Whether the name is that of a part of such a family. */
function isPart(name: string, { type }: TypedMetric): boolean {
  return PART_SUFFIX.test(name) && (type === "histogram" || type === "summary" || type === "counter");
}

function asPart(name: string, { unit }: TypedMetric): TypedMetric {
  return { type: "counter", unit: name.endsWith("_count") ? null : unit };
}

/** What is declared of each name; `undefined` where targets disagree. */
type MetadataNews = ReadonlyMap<string, TypedMetric | undefined>;

async function askMetadata(
  client: PrometheusClient,
  signal?: AbortSignal,
): Promise<MetadataNews> {
  const news = new Map<string, TypedMetric | undefined>();
  try {
    const { data } = await client.get("api/v1/metadata", {}, { signal, attemptsMax: 2 });
    for (const [name, entries] of Object.entries(metadataAnswer.parse(data))) {
      const type = agreedType(entries.map((entry) => entry.type));
      news.set(name, type && { type, unit: entries[0].unit || null });
    }
  } catch {
    // The route is experimental and compatible servers lack it: then names and movement must tell.
    signal?.throwIfAborted();
  }
  return news;
}

/**
 * What was known, and the news. A Prometheus that has just been restarted has no metadata before the next scrape, and
 * one whose target is down forgets its: what was declared stands until something else is.
 */
function addNews(
  known: ReadonlyMap<string, TypedMetric>,
  news: MetadataNews,
): ReadonlyMap<string, TypedMetric> {
  const types = new Map(known.size + news.size > REMEMBERED_MAX ? [] : known);
  for (const [name, type] of news) {
    if (type === undefined) types.delete(name);
    else types.set(name, type);
  }
  return types;
}

/** Targets may disagree; then nothing is known. */
function agreedType(types: readonly string[]): MetricType | undefined {
  if (types.length === 0 || types.some((type) => type !== types[0])) return undefined;
  const [type] = types;
  if (type === "info" || type === "stateset") return "gauge";
  if (type === "gaugehistogram") return "histogram";
  return type === "counter" || type === "gauge" || type === "histogram" || type === "summary"
    ? type
    : undefined;
}

/**
 * Asks how often counters by name fell, one query per name: a function drops the name, so names may not be mixed.
 *
 * The restarts of their process, where it tells of them, are taken off: what counts a few things from start to start
 * would else fall as often as it rises.
 */
async function judgeMovement(
  client: PrometheusClient,
  open: ReadonlyMap<string, Labels>,
  range: { readonly fromMs: number; readonly toMs: number; readonly signal?: AbortSignal },
  judged: Map<string, MetricType>,
): Promise<void> {
  const names = [...new Set([...open.values()].map((labels) => labels.__name__ ?? ""))];
  await Promise.all(names.map(async (name) => {
    const window = `[${range.toMs - range.fromMs}ms]`;
    const read = exactSelector({ __name__: name }) + window;
    const restarts = `max by (job, instance) (changes(process_start_time_seconds${window}))`;
    const falls = `(resets(${read}) - on (job, instance) group_left () ${restarts} or resets(${read}))`;
    const form = {
      query: `${falls} / (changes(${read}) >= ${CHANGES_MIN})`,
      time: toSeconds(range.toMs),
    };
    const { data } = await client.post("api/v1/query", form, { signal: range.signal });
    for (const { labels, values } of readMatrix(data).series) {
      if (values[0] > RESETS_SHARE_MAX) judged.set(canonicalLabels({ ...labels, __name__: name }), "gauge");
    }
  }));
  for (const key of open.keys()) if (!judged.has(key)) judged.set(key, "counter");
}
