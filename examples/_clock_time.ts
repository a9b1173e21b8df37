/** The time of day in UTC: `17:47:05`. */
export function clockTime(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(11, 19);
}
