/** A time or duration as Prometheus' parameters take it: in seconds, to the millisecond. */
export function toSeconds(milliseconds: number): string {
  return (milliseconds / 1_000).toFixed(3);
}
