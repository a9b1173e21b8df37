import { createDemoSeries } from "../../services/shared/adapters/demo/demo_series.ts";
import { DEMO_STEP_MS } from "../../services/shared/adapters/demo/demo_source.ts";
import type { Labels } from "../../services/shared/domain/labels.ts";

/** A series of given samples. */
export interface GivenSeries {
  readonly labels: Labels;
  readonly samples: readonly { readonly timeMs: number; readonly value: number }[];
}

const MINUTE = 60_000;

/** Series the demo world has not: hostile labels, an interval of their own, values that are no numbers. */
export function extraHistory(toMs: number): readonly GivenSeries[] {
  const odd = [1e308, -0, 5e-324, 2 ** 60, NaN, Infinity, -Infinity, 0.1 + 0.2, -1e-300];
  const endMs = Math.floor(toMs / MINUTE) * MINUTE;
  const samples = (value: (k: number) => number) =>
    Array.from({ length: 120 }, (_, k) => ({ timeMs: endMs - (120 - k) * MINUTE, value: value(k) }));
  const given: GivenSeries[] = [
    { labels: { __name__: "extra_odd_values", job: "extra" }, samples: samples((k) => odd[k % odd.length]) },
    {
      labels: {
        __name__: "extra_hostile",
        job: "extra",
        path: 'C:\\"quoted"\nline',
        text: 'käse 🧀 {a="b"}',
      },
      samples: samples((k) => k),
    },
    {
      labels: { __name__: "extra_hostile", job: "extra", path: "it's 100 %", text: "" },
      samples: samples((k) => -k),
    },
  ];
  return given.map(({ labels, samples }) => ({ labels: withoutEmpty(labels), samples }));
}

/** The demo world (and the extra series) in OpenMetrics text, as `promtool` loads it. */
export function demoHistory(
  range: { readonly fromMs: number; readonly toMs: number; readonly seed?: number },
): string {
  const { fromMs, toMs, seed = 1 } = range;
  const lines: string[] = [];
  for (const { labels, signal } of createDemoSeries(seed)) {
    for (let t = fromMs; t < toMs; t += DEMO_STEP_MS) {
      const value = signal(t);
      if (!Number.isNaN(value)) lines.push(line(labels, t, value));
    }
  }
  for (const { labels, samples } of extraHistory(toMs)) {
    for (const { timeMs, value } of samples) lines.push(line(labels, timeMs, value));
  }
  return [...lines, "# EOF", ""].join("\n");
}

function line(labels: Labels, timeMs: number, value: number): string {
  const { __name__, ...rest } = labels;
  const pairs = Object.entries(rest).map(([name, text]) =>
    `${name}="${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`
  );
  return `${__name__}{${pairs.join(",")}} ${number(value)} ${timeMs / 1_000}`;
}

function number(value: number): string {
  if (value === Infinity) return "+Inf";
  if (value === -Infinity) return "-Inf";
  return Object.is(value, -0) ? "-0" : String(value);
}

function withoutEmpty(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ""));
}
