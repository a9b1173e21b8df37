/** Random access randomness: every value is a pure function of the seed, a stream and an index. */
export interface Noise {
  /** Uniform in (0, 1). */
  uniform(index: number): number;
  /** Standard normal. */
  normal(index: number): number;
  /** Normal with memory: smooth between independent values every `scaleMs`. */
  smooth(timeMs: number, scaleMs: number): number;
  /** Like `smooth` but uniform in (0, 1), so that its slope is bounded by `1.5 / scaleMs`. */
  bounded(timeMs: number, scaleMs: number): number;
}

/** Noise of one stream; streams of different names are independent. */
export function createNoise(seed: number, stream: string): Noise {
  let key = mix(seed >>> 0);
  for (let i = 0; i < stream.length; i++) key = mix(key ^ Math.imul(stream.charCodeAt(i) + 1, 0x9e3779b1));
  const uniform = (index: number) => (hash(key, index) + 0.5) / 0x1_0000_0000;
  const normal = (index: number) =>
    Math.sqrt(-2 * Math.log(uniform(index))) * Math.cos(2 * Math.PI * uniform(-index - 1));
  return {
    uniform,
    normal,
    smooth: (timeMs, scaleMs) => between(timeMs, scaleMs, normal),
    bounded: (timeMs, scaleMs) => between(timeMs, scaleMs, uniform),
  };
}

function between(timeMs: number, scaleMs: number, value: (index: number) => number): number {
  const position = timeMs / scaleMs;
  const index = Math.floor(position);
  const share = position - index;
  const weight = share * share * (3 - 2 * share);
  // Each scale has lattice points of its own, else octaves would move together.
  const offset = scaleMs * 1_009;
  return value(index + offset) * (1 - weight) + value(index + 1 + offset) * weight;
}

function hash(key: number, index: number): number {
  const low = index >>> 0;
  const high = Math.floor(index / 0x1_0000_0000) | 0;
  return mix(mix(key ^ low) ^ Math.imul(high, 0x85ebca6b)) >>> 0;
}

/** MurmurHash3's finalizer: every bit of the input moves every bit of the output. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) + 0x6d2b79f5 | 0;
}
