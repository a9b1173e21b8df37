/** What is in quotes: a label's value, a name or a part of an expression. */
const QUOTED = /"(?:[^"\\]|\\.)*(?:"|$)|`[^`]*(?:`|$)|(?<!\w)'[^']*'(?!\w)/;

/** `12`, `-0.5`, `1e-7`, `12,345`, or with the narrow spaces that group digits. */
const NUMBER = /[-+−]?(?:\d{1,3}(?:[,_'\u00a0\u2009\u202f]\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?/;

/** Units of time, size and share: the same measure may come in another the next time. */
const UNIT = /[nuµμm]?s|min|[mhdwy]|[kKMGTP]?i?B|[%‰]/;

/** As Prometheus writes it (`1h30m`) and as Go does (`1m3.5s`). */
const DURATION = /(?:\d+(?:\.\d+)?(?:[nuµμm]?s|[mhdwy]))+/;

/** A day, a time of day or both. */
const DAY = /\d{4}-\d\d-\d\d/;
const TIME_OF_DAY = /\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[-+]\d\d:?\d\d)?/;
const TIME = `${DAY.source}(?:T${TIME_OF_DAY.source})?|${TIME_OF_DAY.source}`;

/** A measure is a word of its own: what hangs together with anything else is part of a name. */
const BEFORE = /(?<=(?:^|\s)[(<>=≤≥~≈]{0,2})/;
const AFTER = /(?=\)?[.,;:!?]?(?:\s|$))/;
const MEASURE =
  `${BEFORE.source}(?:${TIME}|${DURATION.source}|${NUMBER.source}(?:\\s?(?:${UNIT.source}))?)${AFTER.source}`;

const PATTERN = new RegExp(`(${QUOTED.source})|${MEASURE}`, "gu");

/**
 * What a warning is about, whatever it measures: `12 series have no value` and `9 series have no value` are one
 * warning that lasts, `… of "web-1"` and `… of "web-2"` are two. For logs and lists that tell a warning once. O(n).
 *
 * A number that stands alone is a measure, with its unit if it has one; so are durations and times. Digits within a
 * name, an address, a range in brackets or anything in quotes tell one warning from another. The value of a setting
 * is a measure too: its warning is still the same one when somebody changes it and that is not enough.
 *
 * @returns The warning with `#` for each measure: to compare, not to show.
 */
export function warningKind(warning: string): string {
  return warning.replaceAll(PATTERN, (_, quoted?: string) => quoted ?? "#");
}
