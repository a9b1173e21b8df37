import type { VNode } from "preact";
import { useState } from "preact/hooks";

interface CorrelogramProps {
  readonly values: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly stepMs: number;
  /** Lags to mark, the periods that were found. */
  readonly marks: readonly number[];
  readonly describeLag: (lag: number) => string;
}

const WIDTH = 720;
const HEIGHT = 160;
const BARS_MAX = 360;

/**
 * The autocorrelation by lag. The band is where the estimate of a series without any autocorrelation at that lag
 * would lie (the bounds minus the estimate): a bar that leaves it tells something.
 */
export function Correlogram(props: CorrelogramProps): VNode {
  const { values, lower, upper, marks, describeLag } = props;
  const stride = Math.max(1, Math.ceil((values.length - 1) / BARS_MAX));
  const lags: number[] = [];
  for (let lag = 1; lag < values.length; lag += stride) lags.push(lag);
  const x = (lag: number) => (lag / values.length) * WIDTH;
  const y = (value: number) => HEIGHT / 2 - value * (HEIGHT / 2 - 4);
  const edge = (sign: number) =>
    lags.map((lag) => `${x(lag)},${y(sign * (upper[lag] - lower[lag]) / 2)}`).join(" ");
  const [pointed, setPointed] = useState<number>();
  const strongest = lags.reduce(
    (best, lag) => Math.abs(values[lag]) > Math.abs(values[best]) ? lag : best,
    1,
  );
  const shown = pointed ?? strongest;
  return (
    <>
      <p class="readout">
        {pointed === undefined ? "Strongest shown, after" : "After"} {describeLag(shown)}:{" "}
        {values[shown]?.toFixed(3)}
        {Math.abs(values[shown]) > (upper[shown] - lower[shown]) / 2
          ? ", beyond the band"
          : ", within the band"}
      </p>
      <div class="correlogram-box">
        <span aria-hidden="true">1</span>
        <span aria-hidden="true">0</span>
        <span aria-hidden="true">−1</span>
        <svg
          class="correlogram"
          onPointerMove={(event) => {
            const { left, width } = event.currentTarget.getBoundingClientRect();
            const lag = Math.round((event.clientX - left) / width * values.length);
            setPointed(Math.min(values.length - 1, Math.max(1, lag)));
          }}
          onPointerLeave={() => setPointed(undefined)}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`Autocorrelation at ${values.length - 1} lags, strongest shown ${
            values[strongest]?.toFixed(2)
          } at ${describeLag(strongest)}`}
        >
          <polygon class="band" points={`${edge(1)} ${edge(-1).split(" ").reverse().join(" ")}`} />
          {marks.filter((lag) => lag < values.length).map((lag) => (
            <line key={`m${lag}`} class="mark" x1={x(lag)} x2={x(lag)} y1={0} y2={HEIGHT} />
          ))}
          <path
            class="bars"
            d={lags.map((lag) => `M${x(lag).toFixed(1)} ${y(0)}V${y(values[lag]).toFixed(1)}`).join("")}
          />
          <line class="axis" x1={0} x2={WIDTH} y1={y(0)} y2={y(0)} />
          {pointed !== undefined && (
            <line class="pointed" x1={x(pointed)} x2={x(pointed)} y1={0} y2={HEIGHT} />
          )}
        </svg>
      </div>
    </>
  );
}
