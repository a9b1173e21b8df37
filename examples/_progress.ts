/** A bar that is written over on a terminal; elsewhere each step is a line. */
export function showBar(done: number, total: number, what: string): void {
  const filled = Math.round(24 * done / total);
  const bar = `[${"█".repeat(filled)}${"·".repeat(24 - filled)}] ${done}/${total} ${what}`;
  if (!Deno.stdout.isTerminal()) return console.log(bar);
  Deno.stdout.writeSync(new TextEncoder().encode(`\r\x1b[K${bar}${done === total ? "\n" : ""}`));
}
