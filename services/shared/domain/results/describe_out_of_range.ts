/** A figure that a schema refused, by where it is. */
interface Refused {
  readonly path: readonly PropertyKey[];
}

const PLACES_MAX = 3;

/**
 * Says why there is no result whose figures a schema refused: values near the largest there are overflow where they
 * are added up.
 */
export function describeOutOfRange(kind: string, issues: readonly Refused[]): string {
  const places = [...new Set(issues.map(({ path }) => path.join(".")))];
  const more = places.length > PLACES_MAX ? ` and ${places.length - PLACES_MAX} more` : "";
  return `No ${kind}: these figures are out of range: ${places.slice(0, PLACES_MAX).join(", ")}${more}`;
}
