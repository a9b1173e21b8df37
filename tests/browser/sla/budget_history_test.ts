import { ok, strictEqual } from "node:assert/strict";
import { browserTest } from "../_browser_tests.ts";
import { assertAccessible, waitForText } from "../_page.ts";
import { createSla, untilBudgetIsCounted } from "../_services.ts";

browserTest(
  "an SLA page draws how the budget was spent, in words, as a chart and as a table",
  async ({ url, open }) => {
    const id = await createSla(url, { name: "Cart", expression: "node_load1", max: 1.2, target: 0.5 });
    await untilBudgetIsCounted(url, id);
    const page = await open(`#/sla/${id}`);
    const panel = page.getByRole("region", { name: "How the budget was spent" });
    await panel.getByText(/^(Nothing is left since|[\d.]+ % is left\.) .*Most was spent in the hour from /)
      .waitFor();
    await panel.locator("canvas").waitFor();
    await panel.getByText("As a table").click();
    await panel.getByRole("columnheader", { name: "evenly" }).waitFor();
    ok(await panel.getByRole("row").count() > 100);
    await assertAccessible(page);
  },
);

browserTest(
  "a budget that is overspent many times over is drawn down to what was spent, and told in words",
  async ({ url, open }) => {
    const id = await createSla(url, { name: "Cart", expression: "node_load1", max: 0.01, target: 0.999 });
    const { remaining } = await untilBudgetIsCounted(url, id);
    ok(remaining! < -9, `${remaining}`);
    const page = await open(`#/sla/${id}`);
    await waitForText(page, /^Nothing is left since .*; [\d,]+ times what is allowed was spent/);
    const panel = page.getByRole("region", { name: "How the budget was spent" });
    await waitForText(page, /out of bounds: [\d,]+ times the 43 min that 99.9 % over 30 d allows$/);
    strictEqual(await panel.locator(".legend").count(), 0, "one line needs none");
    strictEqual(await panel.locator(".cut-off").count(), 0);
    // What is broken already is not predicted to break.
    await waitForText(page, "Out of bounds now");
    strictEqual(await page.getByText("that it is violated within").count(), 0);
    await assertAccessible(page);
  },
);
