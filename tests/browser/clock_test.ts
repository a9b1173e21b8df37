import { ok, strictEqual } from "node:assert/strict";
import { browserTest } from "./_browser_tests.ts";
import { waitForText } from "./_page.ts";
import { createSla, seriesId } from "./_services.ts";

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
