/**
 * An approximate inverse of the Gauss–Newton matrix: exact for the few weights and the level and trend, and for the
 * season as if it had neither beginning nor end (a circulant matrix, which Fourier's transform makes diagonal).
 * With it conjugate gradients need some ten rounds where the bare matrix of a long season would need hundreds.
 */
import type { Weights } from "./_shape.ts";
import { type FourierScratch, fourierScratch, fourierTransform } from "../fourier/_fourier_transform.ts";
import { type UnitCircle, unitCircle } from "../fourier/_unit_circle.ts";
import { firstSeason } from "./_direction.ts";

/** The season's part of the approximate inverse. */
export class SeasonPreconditioner {
  readonly #period: number;
  readonly #meanMoves: boolean;
  readonly #circle: UnitCircle;
  readonly #scratch: FourierScratch;
  readonly #real: Float64Array;
  readonly #imaginary: Float64Array;
  readonly #inverse: Float64Array;

  /** @param meanMoves Whether the season's mean is a state of its own instead of a part of the level. */
  constructor(period: number, meanMoves: boolean) {
    this.#meanMoves = meanMoves;
    this.#period = period;
    this.#circle = unitCircle(period);
    this.#scratch = fourierScratch(period);
    this.#real = new Float64Array(period);
    this.#imaginary = new Float64Array(period);
    this.#inverse = new Float64Array(period);
  }

  /**
   * Sets the weights; `cycles` is the number of seasons observed, `gain` how much a move of the season moves the
   * residuals: 1 for amounts, about the level for factors.
   */
  prepare({ level, trend, seasonal, damping }: Weights, cycles: number, gain: number): void {
    const period = this.#period;
    const { cosines, sines } = this.#circle;
    for (let k = 1; k <= period >> 1; k++) {
      const c = cosines[k], s = -sines[k];
      // How the filter answers a pure wave B = e^{−iω}: 1 / (1 + B[(α + φB·d)/(1−B) + φ·d]), d = β/(1−φB).
      const dampR = 1 - damping * c, dampI = -damping * s;
      const dampSquare = dampR * dampR + dampI * dampI;
      const dR = trend * dampR / dampSquare, dI = -trend * dampI / dampSquare;
      const upperR = level + damping * (c * dR - s * dI), upperI = damping * (c * dI + s * dR);
      const lowR = 1 - c, lowI = -s;
      const lowSquare = lowR * lowR + lowI * lowI;
      const sumR = (upperR * lowR + upperI * lowI) / lowSquare + damping * dR;
      const sumI = (upperI * lowR - upperR * lowI) / lowSquare + damping * dI;
      const whole = 1 + c * sumR - s * sumI, part = c * sumI + s * sumR;
      const square = whole * whole + part * part;
      const gainR = whole / square, gainI = -part / square;
      // Each cycle keeps 1 − γ·gain of the season: a geometric sum of what its errors say about the first one.
      const keep = Math.min((1 - seasonal * gainR) ** 2 + (seasonal * gainI) ** 2, 1);
      const total = keep > 1 - 1e-9 ? cycles : (1 - Math.pow(keep, cycles)) / (1 - keep);
      const value = square / (Math.max(total, 1) * period * gain * gain);
      this.#inverse[k] = value;
      this.#inverse[period - k] = value;
    }
    this.#inverse[0] = this.#meanMoves ? this.#inverse[1] : 0;
  }

  /** Writes the season's part of `solution` from that of `right`; the mean is left to the level. */
  apply(right: Float64Array, solution: Float64Array): void {
    const period = this.#period, real = this.#real, imaginary = this.#imaginary;
    for (let j = 0; j < period; j++) real[j] = right[firstSeason + j];
    imaginary.fill(0);
    fourierTransform(real, imaginary, this.#circle, this.#scratch);
    for (let k = 0; k < period; k++) {
      real[k] *= this.#inverse[k];
      imaginary[k] *= -this.#inverse[k];
    }
    // Transforming the conjugate again inverts: the answer is real.
    fourierTransform(real, imaginary, this.#circle, this.#scratch);
    for (let j = 0; j < period; j++) solution[firstSeason + j] = real[j];
  }
}
