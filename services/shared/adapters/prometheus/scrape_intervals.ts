import { z } from "zod";
import { canonicalLabels, type Labels } from "../../domain/labels.ts";
import { exactSelector, formatSelector } from "../../domain/selector.ts";
import { readDuration } from "../../domain/units/duration_text.ts";
import type { Clock } from "../../ports/clock.ts";
import { AnswerTooLarge } from "./client/fetch_failure.ts";
import type { PrometheusClient } from "./client/prometheus_client.ts";
import { type RawSeries, readMatrix } from "./read_matrix.ts";
import { toSeconds } from "./to_seconds.ts";

/** Where nothing is known: Prometheus' own default. */
export const INTERVAL_DEFAULT_MS = 60_000;

/** How far to look back for a few samples, narrow first: a second's interval fills 10 min with 600 samples. */
const LOOKS_MS = [120_000, 600_000, 7_200_000];
const SAMPLES_MIN = 3;
/** An interval is found again after this long, so that a change is noticed. */
const FRESH_MS = 10 * 60_000;
const REMEMBERED_MAX = 100_000;
const NAMES_PER_QUERY = 50;

/** Finds how often series are sampled. */
export interface ScrapeIntervals {
  /**
   * The interval of each series, ms: the median distance of its newest raw samples; where they are too few, what the
   * targets say; last, what Prometheus is configured to, or the default of a minute.
   */
  find(
    series: readonly Labels[],
    range: { readonly fromMs: number; readonly toMs: number },
    signal?: AbortSignal,
  ): Promise<number[]>;
  /**
   * The longest interval of all targets, ms, known before anything is sampled; before there are targets, as just
   * after a start, of all jobs. `undefined` where none is told of.
   */
  longest(signal?: AbortSignal): Promise<number | undefined>;
}

/** Creates a finder that remembers what it found for ten minutes. */
export function createScrapeIntervals(client: PrometheusClient, clock: Clock): ScrapeIntervals {
  const known = new Map<string, { intervalMs: number; foundAtMs: number }>();

  return {
    async find(series, range, signal) {
      const nowMs = clock.nowMs();
      const keys = series.map(canonicalLabels);
      const found = new Map<string, number>();
      const unknown = new Map<string, Labels>();
      keys.forEach((key, i) => {
        const entry = known.get(key);
        if (entry !== undefined && nowMs - entry.foundAtMs < FRESH_MS) found.set(key, entry.intervalMs);
        else unknown.set(key, series[i]);
      });
      const search: Search = { client, unknown, found, signal };
      for (const lookMs of LOOKS_MS) await look(search, { toMs: range.toMs, lookMs });
      if (unknown.size > 0) await askTargets(search);
      if (unknown.size > 0) await lookOnce(search, range);
      if (known.size + found.size > REMEMBERED_MAX) known.clear();
      for (const [key, intervalMs] of found) {
        if (!known.has(key) || nowMs - known.get(key)!.foundAtMs >= FRESH_MS) {
          known.set(key, { intervalMs, foundAtMs: nowMs });
        }
      }
      return keys.map((key) => found.get(key) ?? INTERVAL_DEFAULT_MS);
    },
    async longest(signal) {
      const targets = await readTargets(client, signal);
      return targets.length === 0
        ? await readConfigured(client, signal)
        : Math.max(...targets.map(({ intervalMs }) => intervalMs));
    },
  };
}

/** The median distance of samples, `undefined` with too few. Whole seconds within 1 % are taken for meant. */
function medianInterval(timesMs: ArrayLike<number>): number | undefined {
  if (timesMs.length < SAMPLES_MIN) return undefined;
  const deltas = Float64Array.from({ length: timesMs.length - 1 }, (_, i) => timesMs[i + 1] - timesMs[i])
    .sort();
  const median = deltas[deltas.length >> 1];
  if (!(median > 0)) return undefined;
  const whole = Math.round(median / 1_000) * 1_000;
  return whole > 0 && Math.abs(median - whole) <= 0.01 * whole ? whole : Math.round(median);
}

/** What is looked for: a series goes from the unknown to the found ones. */
interface Search {
  readonly client: PrometheusClient;
  readonly unknown: Map<string, Labels>;
  readonly found: Map<string, number>;
  readonly signal?: AbortSignal;
}

/** When a series was sampled, whatever the samples are. */
type SampleTimes = Pick<RawSeries, "labels" | "timesMs">;

interface Look {
  readonly toMs: number;
  readonly lookMs: number;
}

/** Reads the newest raw samples of the unknown series, all series of some names per query. */
async function look(search: Search, range: Look): Promise<void> {
  const names = [...new Set([...search.unknown.values()].map((labels) => labels.__name__ ?? ""))];
  for (let i = 0; i < names.length; i += NAMES_PER_QUERY) {
    const some = names.slice(i, i + NAMES_PER_QUERY);
    const selector = formatSelector([{
      label: "__name__",
      operator: "=~",
      value: some.map(escapePattern).join("|"),
    }]);
    settle(search, await rawSamples(search, selector, range));
  }
}

/** Last resort: one series of each name over the whole range speaks for its fellows. */
async function lookOnce(
  search: Search,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Promise<void> {
  const { client, unknown, found, signal } = search;
  const byName = new Map<string, string[]>();
  for (const [key, labels] of unknown) {
    const name = labels.__name__ ?? "";
    byName.set(name, [...(byName.get(name) ?? []), key]);
  }
  let configured: Promise<number | undefined> | undefined;
  for (const keys of byName.values()) {
    const selector = exactSelector(unknown.get(keys[0])!);
    const [one] = await rawSamples(search, selector, { toMs, lookMs: toMs - fromMs });
    const intervalMs = (one && medianInterval(one.timesMs)) ??
      await (configured ??= readConfigured(client, signal));
    for (const key of keys) found.set(key, intervalMs ?? INTERVAL_DEFAULT_MS);
  }
}

async function rawSamples(
  { client, signal }: Search,
  selector: string,
  { toMs, lookMs }: Look,
): Promise<readonly SampleTimes[]> {
  const form = { query: `${selector}[${lookMs}ms]`, time: toSeconds(toMs) };
  try {
    const answer = await client.post("api/v1/query", form, { signal });
    const { series, histograms } = readMatrix(answer.data);
    return [...series, ...histograms];
  } catch (error) {
    if (error instanceof AnswerTooLarge) return [];
    throw error;
  }
}

function settle({ unknown, found }: Search, series: readonly SampleTimes[]): void {
  for (const { labels, timesMs } of series) {
    const key = canonicalLabels(labels);
    const intervalMs = unknown.has(key) ? medianInterval(timesMs) : undefined;
    if (intervalMs === undefined) continue;
    found.set(key, intervalMs);
    unknown.delete(key);
  }
}

const targetsAnswer = z.object({
  activeTargets: z.array(z.object({
    labels: z.record(z.string(), z.string()),
    scrapeInterval: z.string().optional(),
  })),
});

/** What is scraped, and how often. */
interface Target {
  readonly labels: Labels;
  readonly intervalMs: number;
}

async function readTargets(client: PrometheusClient, signal?: AbortSignal): Promise<readonly Target[]> {
  try {
    const { data } = await client.get("api/v1/targets", { state: "active" }, { signal, attemptsMax: 1 });
    return targetsAnswer.parse(data).activeTargets.flatMap(({ labels, scrapeInterval }) =>
      scrapeInterval === undefined ? [] : [{ labels, intervalMs: readDuration(scrapeInterval) }]
    );
  } catch {
    // Compatible servers have no targets: then the samples alone must tell.
    signal?.throwIfAborted();
    return [];
  }
}

const configAnswer = z.object({ yaml: z.string() });

/** The longest interval of the jobs, or the one for all where there are none; Prometheus writes that one first. */
async function readConfigured(client: PrometheusClient, signal?: AbortSignal): Promise<number | undefined> {
  try {
    const { data } = await client.get("api/v1/status/config", {}, { signal, attemptsMax: 1 });
    const written = configAnswer.parse(data).yaml.matchAll(/^[ -]+scrape_interval: *(\S+)$/gm);
    const [common, ...ofJobs] = Array.from(written, ([, text]) => readDuration(text));
    return ofJobs.length === 0 ? common : Math.max(...ofJobs);
  } catch {
    // Compatible servers tell nothing of it, and a proxy may keep it shut.
    signal?.throwIfAborted();
    return undefined;
  }
}

async function askTargets({ client, unknown, found, signal }: Search): Promise<void> {
  const targets = await readTargets(client, signal);
  const intervals = new Map(targets.map(({ labels, intervalMs }) => [targetKey(labels), intervalMs]));
  for (const [key, labels] of unknown) {
    const intervalMs = intervals.get(targetKey(labels));
    if (intervalMs === undefined) continue;
    found.set(key, intervalMs);
    unknown.delete(key);
  }
}

function targetKey(labels: Labels): string {
  return JSON.stringify([labels.job, labels.instance]);
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&");
}
