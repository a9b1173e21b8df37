/** The number that an option was given as; `null` where it was not given. */
export function readNumber(name: string, text: string | undefined, min: number = -Infinity): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value >= min) return value;
  const rule = min === -Infinity ? "a number" : `a number from ${min} on`;
  throw new RangeError(`Cannot read --${name} as it must be ${rule}: found "${text}"`);
}
