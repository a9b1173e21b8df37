/**
 * The argument checks every public function starts with, in the one wording of the library:
 * `Cannot <do what> as <rule>: <what was found>`.
 *
 * `RangeError` is a value out of bounds, `TypeError` a wrong shape.
 */

/**
 * Requires array-like values that are finite or missing (`NaN`), at least `minimum` of them observed.
 *
 * @param minimum Fewest observations (non-missing values) the caller can work with.
 * @param action What the caller is about to do, such as `"estimate acf"`.
 * @returns The number of observed values.
 */
export function requireObservations(values: ArrayLike<number>, minimum: number, action: string): number {
  const observations = requireFiniteOrMissing(values, action);
  if (observations < minimum) {
    throw new RangeError(
      `Cannot ${action} as at least ${minimum} ${
        minimum === 1 ? "observation is" : "observations are"
      } needed: found ${observations}`,
    );
  }
  return observations;
}

/** Requires array-like values without missing ones, at least `minimum` of them. */
export function requireComplete(values: ArrayLike<number>, minimum: number, action: string): void {
  const observations = requireObservations(values, minimum, action);
  if (observations === values.length) return;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) {
      throw new RangeError(`Cannot ${action} as no value may be missing: value at index ${i} is NaN`);
    }
  }
}

/** Throws that a named value breaks a rule, such as `"an array"`: as a `TypeError` where it is of the wrong type. */
export function refuse(
  value: unknown,
  name: string,
  rule: string,
  action: string,
  Kind: typeof RangeError | typeof TypeError = RangeError,
): never {
  throw new Kind(`Cannot ${action} as "${name}" must be ${rule}: found ${describe(value)}`);
}

/** Requires an integer within `[minimum, maximum]`. */
export function requireInteger(
  value: number,
  name: string,
  bounds: { readonly minimum: number; readonly maximum?: number },
  action: string,
): void {
  const { minimum, maximum = Number.MAX_SAFE_INTEGER } = bounds;
  requireNumber(value, name, action);
  if (!Number.isInteger(value) || value < minimum || value > maximum) {
    const range = maximum === Number.MAX_SAFE_INTEGER
      ? `of at least ${minimum}`
      : `between ${minimum} and ${maximum}`;
    refuse(value, name, `an integer ${range}`, action);
  }
}

/** Requires a number strictly between 0 and 1, such as a confidence or a significance. */
export function requireFraction(value: number, name: string, action: string): void {
  requireNumber(value, name, action);
  if (!(value > 0 && value < 1)) {
    refuse(value, name, "between 0 and 1, exclusive", action);
  }
}

/** Requires a number, if only `NaN`. */
export function requireNumber(value: unknown, name: string, action: string): void {
  if (typeof value !== "number") refuse(value, name, "a number", action, TypeError);
}

/** Requires `true` or `false`. */
export function requireBoolean(
  value: unknown,
  name: string,
  action: string,
): asserts value is boolean {
  if (typeof value !== "boolean") refuse(value, name, "true or false", action, TypeError);
}

/** Requires a finite number. */
export function requireFinite(value: number, name: string, action: string): void {
  requireNumber(value, name, action);
  if (!Number.isFinite(value)) refuse(value, name, "finite", action);
}

/** Requires a finite number above 0, such as a step in time. */
export function requirePositive(value: number, name: string, action: string): void {
  requireFinite(value, name, action);
  if (!(value > 0)) refuse(value, name, "positive", action);
}

/** Requires one of the listed words. */
export function requireOneOf<Word extends string>(
  value: unknown,
  name: string,
  words: readonly Word[],
  action: string,
): asserts value is Word {
  if (!words.includes(value as Word)) {
    const allowed = words.map((word) => `"${word}"`).join(", ");
    refuse(value, name, `one of ${allowed}`, action);
  }
}

/** Requires that an options object holds known names only, so that a misspelt option never passes silently. */
export function requireKnownOptions(options: object, names: readonly string[], action: string): void {
  if (options === null || typeof options !== "object") {
    throw new TypeError(`Cannot ${action} as the options must be an object: found ${describe(options)}`);
  }
  for (const name of Object.keys(options)) {
    if (!names.includes(name)) {
      throw new TypeError(`Cannot ${action} as the options are ${names.join(", ")}: found "${name}"`);
    }
  }
}

/** Requires one bound at least, `null` being none, and the lower one not above the upper one. */
export function requireBounds(
  bounds: { readonly min?: number | null; readonly max?: number | null },
  action: string,
): { readonly min: number; readonly max: number } {
  for (const name of ["min", "max"] as const) requireFinite(bounds[name] ?? 0, name, action);
  const { min, max } = bounds;
  if ((min ?? max ?? null) === null) {
    throw new RangeError(`Cannot ${action} as "min" or "max" must be given: found neither`);
  }
  const range = { min: min ?? -Infinity, max: max ?? Infinity };
  if (range.min > range.max) {
    throw new RangeError(`Cannot ${action} as "min" must not exceed "max": found ${min} and ${max}`);
  }
  return range;
}

/** Requires an object with values of a name each, and not the bare values, `rule` being what it should be. */
export function requireRecord(value: object, rule: string, action: string): void {
  if (value === null || typeof value !== "object" || "length" in value) {
    throw new TypeError(`Cannot ${action} as ${rule}: found ${describe(value)}`);
  }
}

/** Requires values above 0, `rule` being what needs them; missing ones pass. */
export function requirePositiveValues(values: ArrayLike<number>, rule: string, action: string): void {
  for (let i = 0; i < values.length; i++) {
    if (values[i] <= 0) {
      throw new RangeError(`Cannot ${action} as ${rule}: value at index ${i} is ${values[i]}`);
    }
  }
}

/** Requires that no value is so large that its square, summed, could leave the range of doubles. */
export function requireSquarable(values: ArrayLike<number>, action: string): void {
  for (let i = 0; i < values.length; i++) {
    if (Math.abs(values[i]) > MAGNITUDE_MAX) {
      throw new RangeError(`Cannot ${action} as no value may exceed ${MAGNITUDE_MAX}: found ${values[i]}`);
    }
  }
}

/** Largest magnitude of which a million squares still sum to a number. */
const MAGNITUDE_MAX = 1e150;

/** Requires that a result, or that at an index of one, did not overflow. */
export function requireNoOverflow(value: number, name: string, action: string, index?: number): void {
  if (Math.abs(value) !== Infinity) return;
  const where = index === undefined ? "" : ` at index ${index}`;
  throw new RangeError(`Cannot ${action} as ${name} must be a finite number: it overflows${where}`);
}

/** Requires two series to be of equal length. */
export function requireSameLength(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  action: string,
): void {
  if (first.length !== second.length) {
    throw new RangeError(
      `Cannot ${action} as both series must be of equal length: found ${first.length} and ${second.length}`,
    );
  }
}

function requireFiniteOrMissing(values: ArrayLike<number>, action: string): number {
  if (values === null || typeof values !== "object" || !isLength(values.length)) {
    throw new TypeError(`Cannot ${action} as the values must be array-like: found ${describe(values)}`);
  }
  let observations = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    // One subtraction tells finite numbers from NaN and ±Infinity: only they give exactly 0.
    if (value - value === 0 && typeof value === "number") {
      observations++;
    } else if (typeof value !== "number") {
      throw new TypeError(
        `Cannot ${action} as every value must be a number: value at index ${i} is ${describe(value)}`,
      );
    } else if (!Number.isNaN(value)) {
      throw new RangeError(
        `Cannot ${action} as every value must be finite or missing: value at index ${i} is ${value}`,
      );
    }
  }
  return observations;
}

function isLength(value: unknown): boolean {
  return Number.isInteger(value) && value as number >= 0;
}

function describe(value: unknown): string {
  if (typeof value === "string") return `"${value}"`;
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "an array" : "an object";
  return String(value);
}
