import type { ComponentChildren, VNode } from "preact";
import { spanOf, withoutOutliers } from "./data/outliers.ts";

interface SparklineProps {
  readonly values: readonly (number | null)[];
  readonly forecast?: {
    readonly mean: readonly number[];
    readonly lower: readonly number[];
    readonly upper: readonly number[];
  };
  readonly bounds: readonly number[];
  readonly label: string;
}

const WIDTH = 220;
const HEIGHT = 44;

/** The last hour and the next minutes at a glance: line, forecast with its band, bounds where they are near. */
export function Sparkline({ values, forecast, bounds, label }: SparklineProps): VNode {
  const ahead = forecast ?? { mean: [], lower: [], upper: [] };
  const seen = values.filter((value) => value !== null);
  const count = values.length + ahead.mean.length;
  if (seen.length === 0) return <Frame label={`${label}: no samples`} />;
  const usual = withoutOutliers([...seen, ...ahead.lower, ...ahead.upper], seen)!;
  const [low, high] = spanOf([...usual, ...ahead.mean])!;
  const near = bounds.filter((bound) => bound > low - (high - low) && bound < high + (high - low));
  const [bottom, top] = spanOf([low, high, ...near])!;
  const x = (i: number) => (i / Math.max(1, count - 1)) * WIDTH;
  const y = (value: number) => HEIGHT - 3 - ((value - bottom) / (top - bottom || 1)) * (HEIGHT - 6);
  const point = (value: number, i: number) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`;
  const offset = values.length;
  const upper = ahead.upper.map((value, i) => point(value, offset + i));
  const lower = ahead.lower.map((value, i) => point(value, offset + i)).reverse();
  return (
    <Frame label={label}>
      {near.map((bound) => <line key={bound} class="bound" x1={0} x2={WIDTH} y1={y(bound)} y2={y(bound)} />)}
      <polygon class="band" points={[...upper, ...lower].join(" ")} />
      <path class="history" d={brokenLine(values, point)} />
      <polyline class="forecast" points={ahead.mean.map((value, i) => point(value, offset + i)).join(" ")} />
    </Frame>
  );
}

function Frame(
  { label, children }: { readonly label: string; readonly children?: ComponentChildren },
): VNode {
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {children}
    </svg>
  );
}

function brokenLine(values: readonly (number | null)[], point: (value: number, i: number) => string): string {
  let path = "";
  values.forEach((value, i) => {
    if (value !== null) path += `${i > 0 && values[i - 1] !== null ? "L" : "M"}${point(value, i)}`;
  });
  return path;
}
