/** Awaits a condition, asking a hundred times a second; the deadline only turns a hang into a failure. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what = "the awaited condition",
  deadlineMs = 60_000,
): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  while (!await condition()) {
    if (performance.now() > deadline) throw new Error(`Cannot go on as ${what} never came`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
