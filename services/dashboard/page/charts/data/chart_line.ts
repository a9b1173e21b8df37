import type { Palette } from "./colours.ts";
import { gridTimes, type Track } from "./time_table.ts";

/** One line of a chart, optionally with a band around it. */
export interface ChartLine {
  readonly label: string;
  readonly colour: keyof Palette;
  readonly track: Track;
  readonly band?: Band;
  readonly dashed?: boolean;
  /** Colour of the area below the line. */
  readonly fill?: keyof Palette;
  /** Shown beside the others and as far as it fits: it does not set the scale. */
  readonly aside?: boolean;
}

/** What a line lies in. */
export interface Band {
  readonly lower: Track;
  readonly upper: Track;
  readonly colour: keyof Palette;
  /** What the legend calls it; a band without a name is told by its line's. */
  readonly label?: string;
  /** Whether it is not to be relied on: such a band is hatched between dashed edges. @default false */
  readonly isUnsure?: boolean;
}

/** Values on a grid, `null` where there was no sample. */
interface History {
  readonly fromMs: number;
  readonly stepMs: number;
  readonly values: readonly (number | null)[];
}

/** What is expected after its origin, a step apart. */
interface Expected {
  readonly originMs: number;
  readonly stepMs: number;
  readonly mean: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly band: Pick<Band, "label" | "isUnsure">;
}

/** Values on a grid with their times. */
export function trackOf({ fromMs, stepMs, values }: History): Track {
  return { timesMs: gridTimes(fromMs, stepMs, values.length), values };
}

/** What came, and what is expected with the interval it lies in. */
export function historyAndForecast(history: History, forecast: Expected | undefined): ChartLine[] {
  const lines: ChartLine[] = [{ label: "value", colour: "history", track: trackOf(history) }];
  if (forecast === undefined) return lines;
  const { originMs, mean, lower, upper, band } = forecast;
  const timesMs = gridTimes(originMs + forecast.stepMs, forecast.stepMs, mean.length);
  lines.push({
    label: "point forecast",
    colour: "forecast",
    dashed: true,
    track: { timesMs, values: mean },
    band: {
      lower: { timesMs, values: lower },
      upper: { timesMs, values: upper },
      colour: "band",
      ...band,
    },
  });
  return lines;
}

/** Every track of the lines in the order the plot has them: a line, then the edges of its band. */
export function tracksOf(lines: readonly ChartLine[]): readonly Track[] {
  return lines.flatMap(({ track, band }) => band === undefined ? [track] : [track, band.lower, band.upper]);
}
