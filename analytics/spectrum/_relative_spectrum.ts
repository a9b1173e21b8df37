import { selectSmallest } from "../series/_select_smallest.ts";
import { fourierTransform } from "../fourier/_fourier_transform.ts";
import type { UnitCircle } from "../fourier/_unit_circle.ts";

/** A periodogram relative to its own background. */
export interface RelativeSpectrum {
  /** Size of the transform, zero-padded to at least twice the series. */
  readonly size: number;
  /**
   * Power at frequency k / size over the background there, k = 0 … size / 2; about exponential of mean 1 for noise.
   */
  readonly power: Float64Array;
  /** How many independent ordinates the background at k is worth. */
  readonly backgroundWeight: Float64Array;
  /** Σ over t of products of the series, each frequency scaled to its background, lag 0 … length − 1. */
  readonly lagProducts: Float64Array;
}

/** Fewest independent ordinates a background is the median of. */
const ORDINATES_MIN = 16;
/** Half the width of a background's window, as a factor. */
const REACH = 1.5;

/**
 * Compares each frequency with its surroundings: the background is a running median over a window of constant
 * width on the logarithmic axis. Noise of any smooth spectrum becomes level by it, while lines stand out.
 *
 * Lines and background are taken under a Hann taper, or the leakage of a strong line would pass for background. The
 * lag products are those of the series without a taper, which would take most from long lags.
 */
export function relativeSpectrum(residuals: Float64Array, circle: UnitCircle): RelativeSpectrum {
  const size = circle.size;
  const half = size / 2;
  const length = residuals.length;
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  re.set(residuals);
  // The taper has mean square 1, so that noise keeps its level.
  const turn = 2 * Math.PI / length;
  const scale = Math.sqrt(8 / 3) / 2;
  for (let t = 0; t < length; t++) im[t] = residuals[t] * scale * (1 - Math.cos(turn * (t + 0.5)));
  fourierTransform(re, im, circle);
  const plain = new Float64Array(half + 1);
  const power = new Float64Array(half + 1);
  for (let k = 0; k <= half; k++) {
    // Two real series went through one transform: even and odd parts are theirs.
    const mirror = k === 0 ? 0 : size - k;
    const [plainRe, plainIm] = [re[k] + re[mirror], im[k] - im[mirror]];
    const [taperedRe, taperedIm] = [im[k] + im[mirror], re[mirror] - re[k]];
    plain[k] = (plainRe * plainRe + plainIm * plainIm) / 4;
    power[k] = (taperedRe * taperedRe + taperedIm * taperedIm) / 4;
  }
  const perOrdinate = size / length;
  const { background, backgroundWeight } = localBackground(power, perOrdinate);
  // Far from a strong line of a quiet series its leakage is all there is: it must not pass for signal.
  const { background: plainBackground } = localBackground(plain, perOrdinate);
  const lowest = Math.max(1, Math.round(perOrdinate / 2));
  im.fill(0);
  for (let k = 0; k <= half; k++) {
    power[k] = k < lowest ? 0 : power[k] / background[k];

    re[k] = k < lowest ? 0 : plain[k] / Math.max(background[k], plainBackground[k]);
    if (k > 0) re[size - k] = re[k];
  }
  fourierTransform(re, im, circle);
  const lagProducts = re.slice(0, length);
  for (let lag = 0; lag < length; lag++) lagProducts[lag] /= perOrdinate;
  return { size, power, backgroundWeight, lagProducts };
}

function localBackground(
  power: Float64Array,
  perOrdinate: number,
): { background: Float64Array; backgroundWeight: Float64Array } {
  const last = power.length - 1;
  const lowest = Math.max(1, Math.round(perOrdinate / 2));
  const span = Math.ceil(ORDINATES_MIN * perOrdinate);
  const centres: number[] = [];
  const levels: number[] = [];
  const weights: number[] = [];
  const scratch = new Float64Array(last + 1);
  let total = 0;
  for (let k = lowest; k <= last; k++) total += power[k];
  // Of a series that is one line the surroundings are rounding errors: they must not divide.
  const floor = 1e-18 * total / last;
  for (let centre = lowest + span / 2; centre <= last * REACH; centre *= REACH) {
    const at = Math.min(centre, last);
    const from = Math.max(lowest, Math.min(Math.floor(at / REACH), Math.round(at - span / 2)));
    const to = Math.min(last, Math.max(Math.ceil(at * REACH), Math.round(at + span / 2)));
    const window = scratch.subarray(0, to - from + 1);
    // Enough places for a good median, however wide the window.
    const stride = Math.max(1, Math.floor(window.length / 400));
    let count = 0;
    for (let k = from; k <= to; k += stride) window[count++] = power[k];
    const median = selectSmallest(window, count, count >> 1);
    centres.push(at);
    levels.push(Math.log(Math.max(median / Math.LN2, floor, Number.MIN_VALUE)));
    // A median of exponential ordinates is worth half as many in a mean, and the taper makes neighbours alike.
    weights.push(Math.max(2, Math.min(window.length / perOrdinate, count) / 3));
    if (centre >= last) break;
  }
  const background = new Float64Array(last + 1);
  const backgroundWeight = new Float64Array(last + 1);
  let segment = 0;
  for (let k = 0; k <= last; k++) {
    while (segment < centres.length - 2 && k > centres[segment + 1]) segment++;
    const next = Math.min(segment + 1, centres.length - 1);
    const share = next === segment
      ? 0
      : Math.min(1, Math.max(0, (k - centres[segment]) / (centres[next] - centres[segment])));
    const level = levels[segment] + share * (levels[next] - levels[segment]);
    background[k] = Math.exp(level);
    backgroundWeight[k] = weights[segment] + share * (weights[next] - weights[segment]);
  }
  return { background, backgroundWeight };
}
