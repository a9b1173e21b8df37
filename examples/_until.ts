import { openProgress } from "./_progress.ts";

/** Asks again until there is something to show, at most two minutes; says so meanwhile. */
export async function untilSome<Item>(
  what: string,
  ask: () => Promise<readonly Item[]>,
): Promise<readonly Item[]> {
  let items = await ask();
  if (items.length > 0) return items;
  using _progress = openProgress(`Waiting for ${what}`);
  for (let second = 0; second < 120; second++) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    items = await ask();
    if (items.length > 0) return items;
  }
  throw new Error(`There were no ${what} within two minutes`);
}
