import { type LoessRows, type LoessShape, tricube } from "./_rows.ts";

/**
 * Local fits where hardly any value has a weight: only those that have one are visited, so that the cost follows
 * their number and not the window.
 */
export interface SparseFits {
  /** Fits row `row`; NaN where all weights of its window are 0. */
  fit(row: number, values: Float64Array): number;
}

/** Prepares fits under `weights`, which must not change afterwards. */
export function createSparseFits(rows: LoessRows, shape: LoessShape, weights: Float64Array): SparseFits {
  const { length, degree } = shape;
  const places = new Int32Array(length);
  const before = new Int32Array(length + 1);
  for (let i = 0; i < length; i++) {
    places[before[i]] = i;
    before[i + 1] = before[i] + (weights[i] > 0 ? 1 : 0);
  }
  const spreadMin = (0.001 * (length - 1)) ** 2;

  function fit(row: number, values: Float64Array): number {
    const position = rows.positions[row];
    const bandwidth = rows.bandwidths[row];
    const from = before[rows.first[row]];
    const to = before[rows.first[row] + rows.count[row]];
    let total = 0;
    let moment = 0;
    let sum = 0;
    for (let k = from; k < to; k++) {
      const place = places[k];
      const weight = weights[place] * tricube(Math.abs(place - position), bandwidth);
      total += weight;
      moment += weight * (place - position);
      sum += weight * values[place];
    }
    if (!(total > 0)) return NaN;
    if (degree === 0) return sum / total;
    const centre = moment / total;
    let spread = 0;
    let slope = 0;
    for (let k = from; k < to; k++) {
      const place = places[k];
      const distance = place - position - centre;
      const weighted = weights[place] * tricube(Math.abs(place - position), bandwidth) * distance;
      spread += weighted * distance;
      slope += weighted * values[place];
    }
    if (!(spread / total > spreadMin)) return sum / total;
    return sum / total - centre * slope / spread;
  }

  return { fit };
}
