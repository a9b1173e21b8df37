import type { TimeRange } from "../../zoom_range.ts";
import { type ChartLine, tracksOf } from "./chart_line.ts";
import { spanOf, withoutOutliers } from "./outliers.ts";
import type { Track } from "./time_table.ts";

/** What decides which values are in view. */
export interface ValueViewOptions {
  readonly lines: readonly ChartLine[];
  readonly range: TimeRange;
  readonly bounds?: readonly { readonly value: number }[];
  /** Stretches of which nothing that came is cut off: violations, which are what the chart is looked at for. */
  readonly intervals?: readonly TimeRange[];
  /** Values that are in view whatever the data: a share goes from 0 to 1. */
  readonly values?: readonly [low: number, high: number];
  /** True: nothing is cut off, however flat it makes the rest. */
  readonly whole?: boolean;
}

/** The part of the value axis that is drawn, and what lies beyond. */
export interface ValueView {
  readonly low: number;
  readonly high: number;
  readonly cutOff: readonly CutOff[];
}

/** The farthest that a line goes beyond one edge of the chart. */
export interface CutOff {
  readonly label: string;
  readonly side: "above" | "below";
  readonly value: number;
}

/** What stands aside, or was cut off, comes into view where it is this near, in heights of the data. */
const ASIDE_REACH = 0.5;

/** A bound that is this many heights of the data away still comes into view. */
const BOUND_REACH = 2;

/**
 * Room for what the lines do most of the time: a few values far from all others are cut off rather than pressing the
 * others into a flat line, unless they are a violation. What is expected is never cut off, though its interval may
 * be. A bound that is near comes into view, one that is far must not flatten the line either.
 */
export function viewOfValues(options: ValueViewOptions): ValueView {
  const { lines, range, bounds = [], values } = options;
  const span = spanOfLines(options);
  if (span === undefined) {
    const [low, high] = values ?? [0, 1];
    return { low, high, cutOff: [] };
  }
  const all = tracksOf(lines).flatMap((track) => seenOf(track, range));
  const withAll = reachFor(span, all, (span[1] - span[0]) * ASIDE_REACH);
  const data = values === undefined ? withAll : spanOf([...withAll, ...values])!;
  const reach = Math.max(span[1] - span[0], Math.abs(data[1]) * 1e-3) * BOUND_REACH;
  const [bottom, top] = reachFor(data, bounds.map(({ value }) => value), reach);
  const room = (top - bottom) * 0.06 || Math.abs(top) * 0.05 || 1;
  const view = { low: bottom >= 0 && bottom - room < 0 ? 0 : bottom - room, high: top + room };
  return { ...view, cutOff: lines.flatMap((line) => beyond(line, range, view)) };
}

/** What the lines span that set the scale, without outliers where these may be cut off. */
function spanOfLines(
  { lines, range, intervals = [], values, whole = false }: ValueViewOptions,
): Span | undefined {
  const scaling = whole ? lines : lines.filter(({ aside }) => aside !== true);
  const seen = tracksOf(scaling).flatMap((track) => seenOf(track, range));
  if (whole || values !== undefined) return spanOf(seen);
  const [came, expected] = [false, true].map((hasBand) =>
    scaling.filter(({ band }) => (band !== undefined) === hasBand)
      .flatMap(({ track }) => seenOf(track, range))
  );
  const violating = scaling.filter(({ band }) => band === undefined)
    .flatMap(({ track }) => intervals.flatMap((interval) => seenOf(track, inBoth(interval, range))));
  return spanOf([...withoutOutliers(seen, came) ?? [], ...expected, ...violating]);
}

type Span = readonly [low: number, high: number];

/** The span extended to those of the values that lie at most so far outside. */
function reachFor([low, high]: Span, values: readonly number[], reach: number): Span {
  return spanOf([low, high, ...values.filter((value) => value > low - reach && value < high + reach)])!;
}

function inBoth(a: TimeRange, b: TimeRange): TimeRange {
  return { fromMs: Math.max(a.fromMs, b.fromMs), toMs: Math.min(a.toMs, b.toMs) };
}

function seenOf({ timesMs, values }: Track, { fromMs, toMs }: TimeRange): number[] {
  return values.filter((value, i): value is number =>
    value !== null && timesMs[i] >= fromMs && timesMs[i] <= toMs
  );
}

function beyond(
  { label, track, band }: ChartLine,
  range: TimeRange,
  { low, high }: { readonly low: number; readonly high: number },
): CutOff[] {
  const tracks = [
    [label, track],
    ...band === undefined ? [] : [
      [`interval of ${label}`, band.lower],
      [`interval of ${label}`, band.upper],
    ] as const,
  ] as const;
  return tracks.flatMap(([name, one]): CutOff[] => {
    const span = spanOf(seenOf(one, range));
    if (span === undefined) return [];
    return [
      ...span[1] > high ? [{ label: name, side: "above", value: span[1] } as const] : [],
      ...span[0] < low ? [{ label: name, side: "below", value: span[0] } as const] : [],
    ];
  });
}
