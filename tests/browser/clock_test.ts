import { ok, strictEqual } from "node:assert/strict";
import type { Schemas } from "../../client/mod.ts";
import { changed } from "./_answers.ts";
import { browserTest } from "./_browser_tests.ts";
import { waitForText } from "./_page.ts";
import { createSla, type List, seriesId } from "./_services.ts";

browserTest(
  "nothing is wrong on the page where the viewer's clock is an hour off, either way",
  async ({ url, open }) => {
    const sla = await createSla(url, { name: "Load", expression: "node_load1", max: 20 });
    const series = await seriesId(url, "node_load1");
    for (const clockAheadMs of [-3_600_000, 3_600_000]) {
      const page = await open(`#/series/${series}`, { clockAheadMs });
      ok(Math.abs(Number(await page.evaluate("Date.now()")) - clockAheadMs - Date.now()) < 60_000);
      await waitForText(page, /^From .*, next 10 min: mean/);
      await waitForText(page, /last cycle (just now|\d+ s ago|\d min ago), /);
      strictEqual(await page.getByText("Expired").count(), 0);
      await page.goto(`${url}/#/sla/${sla}`);
      await page.locator("dd time", { hasText: /^(just now|\d+ s ago)$/ }).waitFor();
      await page.close();
    }
  },
);

browserTest(
  "a likely breach is told from now on, not from the newest sample, also by a clock that is an hour off",
  async ({ url, open }) => {
    await createSla(url, { name: "Load", expression: "node_load1", max: 20 });
    const likely = (ageMs: number, p50: number) =>
      changed<List<Schemas["SlaPrediction"]>>(/\/sla\/slas\/predictions\?/, (answer) => ({
        ...answer,
        items: answer.items.map((item) => ({
          ...item,
          state: "fresh",
          originMs: Date.now() - ageMs,
          probability: 0.9,
          timeToBreachMs: { p10: p50, p50, p90: null },
        })),
      }));
    const cases = [[120_000, 360_000, /^90 %, likely in 4 minat \d\d:\d\d$/], [
      180_000,
      120_000,
      /^90 %, likely by now$/,
    ]] as const;
    for (const [ageMs, p50, words] of cases) {
      const page = await open("#/", { clockAheadMs: 3_600_000, answers: [likely(ageMs, p50)] });
      await page.locator("dd").filter({ hasText: words }).waitFor();
      await page.close();
    }
  },
);
