import type { Schemas } from "../../client/mod.ts";
import { changed } from "./_answers.ts";
import { browserTest } from "./_browser_tests.ts";
import { assertAccessible, waitForText } from "./_page.ts";
import { createSla, type List } from "./_services.ts";

browserTest(
  "the first cycle and the past of an SLA show how far they are, on the overview and in operations",
  async ({ url, open }) => {
    await createSla(url, { name: "Load", expression: "node_load1", max: 2, target: 0.99 });
    let done = 10;
    const page = await open("#/operations", {
      // Both are over in seconds here: what the services answer is shown as if they had only begun.
      answers: [
        changed<List<Schemas["Cycle"]>>(/\/etl\/cycles\?/, ({ items: [cycle] }) => {
          const progress = { stage: "figures", done: done++, total: 40 };
          const items = [{ ...cycle, state: "running", endedAtMs: null, progress }];
          return { items, nextCursor: null, overruns: 0, done: 0 };
        }),
        changed<List<Schemas["SlaBudget"]>>(/\/sla\/slas\/budgets\?/, ({ items: [budget], ...answer }) => {
          const part = { backfill: "pending", backfillDoneMs: 864e6, backfillTotalMs: 2_592e6 };
          return { ...answer, items: [{ ...budget, ...part }] };
        }),
      ],
    });
    for (const hash of ["#/operations", "#/"]) {
      await page.goto(`${url}/${hash}`);
      await page.getByRole("progressbar", { name: "Series forecast" }).waitFor();
      await waitForText(page, /^\d+ of 40 series, [\d.]+ series\/s, about .+ left$/);
      await waitForText(page, /^Counting the past of “Load”: its budget is told when/);
      await waitForText(page, "10 d of 30 d");
      await assertAccessible(page);
    }
  },
);
