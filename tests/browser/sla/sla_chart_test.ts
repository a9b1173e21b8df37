import { strictEqual } from "node:assert/strict";
import { until } from "../../support/until.ts";
import { browserTest } from "../_browser_tests.ts";
import { createSla } from "../_services.ts";

browserTest(
  "the chart of an SLA reads what it shows, however far it is moved back",
  async ({ url, open }) => {
    const id = await createSla(url, { name: "Load", expression: "node_load1", max: 1.2 });
    const toMs = Date.now() - 20 * 3_600_000;
    const page = await open(`#/sla/${id}?from=${toMs - 3_600_000}&to=${toMs}`);
    const panel = page.getByRole("region", { name: "Now" });
    await panel.locator("canvas").waitFor();
    await panel.getByText("As a table").click();
    await until(async () => await panel.getByRole("row").count() > 60, "samples of that hour");
    await panel.getByRole("application").focus();
    for (let k = 0; k < 8; k++) await page.keyboard.press("ArrowLeft");
    await until(async () => await panel.getByRole("row").count() > 60, "samples of two hours before");
    // Farther out than one answer holds, and into the future.
    for (let k = 0; k < 6; k++) await page.keyboard.press("-");
    await page.waitForLoadState("networkidle");
    await until(async () => await panel.getByRole("row").count() > 60, "samples of the newest time");
    strictEqual(await panel.locator(".notice-stale").count(), 0);
  },
);
