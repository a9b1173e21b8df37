import { showProgress } from "./_service.ts";

/** Asks again until there is something to show, at most two minutes; says so meanwhile. */
export async function untilSome<Item>(
  what: string,
  ask: () => Promise<readonly Item[]>,
): Promise<readonly Item[]> {
  for (let second = 0; second < 120; second++) {
    const items = await ask();
    if (items.length > 0) {
      if (second > 0) showProgress("");
      return items;
    }
    showProgress(`Waiting for ${what}, ${second} s …`);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Error(`There were no ${what} within two minutes`);
}
