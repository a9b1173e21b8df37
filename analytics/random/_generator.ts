/**
 * Seeded pseudo-random numbers: xoshiro128** (Blackman & Vigna 2018), its state filled by splitmix32.
 *
 * The library has no other randomness. 32-bit integer arithmetic keeps it fast and bit-identical on every runtime.
 */

/** A stream of random numbers; the same seed and stream give the same numbers for ever. */
export interface Generator {
  /** Uniform on [0, 1), in steps of 2⁻⁵³. */
  uniform(): number;
  /** Standard normal, by the polar method of Marsaglia. */
  normal(): number;
  /** Uniform integer on [0, `bound`), for bounds up to 2³². */
  integer(bound: number): number;
}

/**
 * Creates a generator.
 *
 * @param seed Any integer; others are truncated, and only the lowest 64 bits count.
 * @param stream Number of an independent stream under this seed. Giving path `p` stream `p` makes it draw the same
 * numbers whatever the number of paths.
 */
export function createGenerator(seed: number, stream = 0): Generator {
  let mixer = fold(seed) ^ Math.imul(fold(stream) + 0x632be5ab, 0x85ebca6b);
  const next = () => {
    mixer = (mixer + 0x9e3779b9) | 0;
    let word = mixer ^ (mixer >>> 16);
    word = Math.imul(word, 0x21f0aaad);
    word ^= word >>> 15;
    word = Math.imul(word, 0x735a2d97);
    return word ^ (word >>> 15);
  };
  // One step in between separates streams whose first mixtures are close to each other.
  mixer = next();
  let a = next(), b = next(), c = next(), d = next() | 1;
  let spare = NaN;

  const bits = () => {
    const scrambled = Math.imul(b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result >>> 0;
  };
  const uniform = () => ((bits() >>> 5) * 67108864 + (bits() >>> 6)) / 9007199254740992;
  const normal = () => {
    if (spare === spare) {
      const value = spare;
      spare = NaN;
      return value;
    }
    // Accepts with probability π/4, so that 200 rounds never run out (failure below 1e-133).
    for (let round = 0; round < 200; round++) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt(-2 * Math.log(square) / square);
      spare = y * factor;
      return x * factor;
    }
    return 0;
  };
  const integer = (bound: number) => Math.floor(bits() / 4294967296 * bound);
  return { uniform, normal, integer };
}

/** Folds an integer into 32 bits such that both halves of a 64-bit one count. */
function fold(value: number): number {
  const whole = Math.trunc(value);
  return (whole | 0) ^ Math.imul(Math.floor(whole / 4294967296) | 0, 0x9e3779b1);
}
