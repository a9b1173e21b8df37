import { strictEqual } from "node:assert/strict";
import type { Schemas } from "../../../client/mod.ts";
import { until } from "../../support/until.ts";
import { changed } from "../_answers.ts";
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
    const rows = panel.getByRole("row");
    const firstRow = () => rows.nth(1).textContent();
    await until(async () => await rows.count() > 60, "samples of that hour");
    /** Presses a key, until samples up to such a time are asked for and shown. */
    const press = async (key: string, times: number, isThere: (toMs: number) => boolean) => {
      const before = await firstRow();
      const answered = page.waitForResponse((response) => {
        const { pathname, searchParams } = new URL(response.url());
        return pathname.endsWith("/samples") && isThere(Number(searchParams.get("toMs")));
      });
      for (let k = 0; k < times; k++) await page.keyboard.press(key);
      strictEqual((await answered).status(), 200);
      await until(async () => await rows.count() > 60 && await firstRow() !== before, "what was asked for");
    };
    await panel.getByRole("application").focus();
    await press("ArrowLeft", 8, (shownToMs) => shownToMs <= toMs - 3_600_000);
    // Farther out than one answer holds, and into the future.
    await press("-", 6, (shownToMs) => shownToMs > Date.now() - 60_000);
    strictEqual(await panel.locator(".notice-stale").count(), 0);
  },
);

browserTest(
  "silence that is a violation is listed in words, as the state tells it",
  async ({ url, open }) => {
    const id = await createSla(url, { name: "Lost", expression: "never_there", max: 1, noData: "violated" });
    const page = await open(`#/sla/${id}`);
    await page.getByText("no data means violated here").first().waitFor();
    const row = page.locator("table.violations tbody tr", { hasText: "no samples" });
    await row.getByText("ongoing").waitFor();
  },
);

browserTest(
  "the card of an SLA that is violated by silence says so, not how probable it is",
  async ({ url, open }) => {
    const id = await createSla(url, {
      name: "Lost",
      expression: "node_load1",
      max: 2_000,
      noData: "violated",
    });
    const page = await open(`#/sla/${id}`, {
      answers: [
        changed<Schemas["SlaPrediction"]>(/\/sla\/slas\/[^/]+\/prediction/, (answer) => ({
          ...answer,
          state: "fresh",
          probability: 1,
          timeToBreachMs: { p10: 0, p50: 0, p90: 0 },
          bound: null,
          reason: "violated already: no sample since then",
        })),
      ],
    });
    const panel = page.getByRole("region", { name: "Next violation" });
    await panel.getByText("Violated now", { exact: true }).waitFor();
    await panel.getByText("Violated already: no sample since then.").waitFor();
    strictEqual(await panel.getByText("that it is violated within").count(), 0);
  },
);
