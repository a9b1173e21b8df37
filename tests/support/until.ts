/** Long enough for the slowest machine: it only turns a hang into a failure. */
const DEADLINE_MS = 180_000;

/** Awaits a condition, asking a hundred times a second; `what` may tell in the end what was there instead. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string | (() => string) = "the awaited condition",
): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  while (!await condition()) {
    if (performance.now() > deadline) {
      throw new Error(`Cannot go on as ${typeof what === "string" ? what : what()} never came`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
