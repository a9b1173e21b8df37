import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { describeTooFew } from "../../services/shared/domain/results/too_few_samples.ts";
import { serverTest } from "../servers/server_tests.ts";
import { createSla, LOOSE, openFilledViewing } from "./_filled_viewing.ts";
import { assertAccessible, isWiderThanView } from "./_viewing.ts";

/** Values of the last minutes alone. */
function young(values: readonly (number | null)[]): (number | null)[] {
  return values.map((value, i) => i < values.length - 16 ? null : value);
}

serverTest(
  { uses: ["chromium"] },
  "the overview says since when there are samples, and of how much the figures are",
  async () => {
    await using viewing = await openFilledViewing();
    await createSla(viewing, { name: "Load", expression: "node_load1", max: 20 });
    const { page, complaints } = await viewing.open("#/operations", { width: 390 });
    // The demo has no series that begins now: what the services answer is cut to its end.
    await page.route(/\/sla\/slas\/[^/]+\/samples\?/, async (route) => {
      const answer = await (await route.fetch()).json();
      for (const series of answer.series) series.values = young(series.values);
      await route.fulfill({ json: answer });
    });
    await page.route(/\/retrieval\/statistics\?/, async (route) => {
      const answer = await (await route.fetch()).json();
      answer.items[0].count = 16;
      await route.fulfill({ json: answer });
    });
    await page.route(/\/sla\/slas\/predictions\?/, async (route) => {
      const answer = await (await route.fetch()).json();
      const needed = { needed: 40, horizonMs: 600_000, stepMs: 15_000 };
      Object.assign(answer.items[0], {
        state: "unknown",
        probability: null,
        reason: describeTooFew({ found: 16, ...needed }),
      });
      await route.fulfill({ json: answer });
    });
    await page.goto(`${viewing.url}/#/`);
    await page.locator(".sparkline-noted").getByText(/^since \d\d:\d\d:\d\d$/).first().waitFor();
    await page.getByText("unknown: 16 of 40 samples yet").waitFor();
    await page.getByRole("cell").getByText("of 8 min").filter({ visible: true }).waitFor();
    await assertAccessible(page);
    strictEqual(await isWiderThanView(page), false);
    deepStrictEqual(complaints, []);
  },
  LOOSE,
);
