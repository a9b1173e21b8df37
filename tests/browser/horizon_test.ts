import { ok, strictEqual } from "node:assert/strict";
import type { Schemas } from "../../client/mod.ts";
import { changed } from "./_answers.ts";
import { browserTest } from "./_browser_tests.ts";
import { assertAccessible, waitForText } from "./_page.ts";
import { createSla, seriesId } from "./_services.ts";

browserTest(
  "while another horizon is worked out no answer for the last one is shown, and nothing jumps",
  async ({ url, open }) => {
    const id = await createSla(url, { name: "Load", expression: "node_load1", max: 20 });
    const pages = [
      [`#/sla/${id}`, "Next violation", /that it is violated within (10 min|4 h)/],
      [`#/series/${await seriesId(url, "node_load1")}`, "Past and next", /next (10 min|4 h): mean/],
    ] as const;
    for (const [hash, title, words] of pages) {
      const worked = Promise.withResolvers<void>();
      const page = await open(hash, {
        width: 390,
        answers: [{
          path: /\/(prediction|forecast)\?horizon=4h/,
          give: async (route) => {
            await worked.promise;
            await route.continue();
          },
        }],
      });
      const panel = page.getByRole("region", { name: title });
      await panel.getByText(words).waitFor();
      await page.waitForLoadState("networkidle");
      const legend = panel.getByText("point forecast", { exact: true });
      const named = await legend.count();
      const before = (await panel.boundingBox())!.height;
      await panel.getByRole("button", { name: "4 h", exact: true }).click();
      await panel.getByText("Working it out for the next 4 h …").waitFor();
      strictEqual(await panel.getByText(words).count(), 0, "an answer for ten minutes");
      strictEqual(await panel.locator("[aria-busy=true]").count(), 1);
      ok(Math.abs((await panel.boundingBox())!.height - before) < 2);
      strictEqual(await legend.count(), named, "a legend that jumps");
      await assertAccessible(page);
      worked.resolve();
      await panel.getByText(words).getByText("4 h").or(panel.getByText(/next 4 h: mean/)).first().waitFor();
      strictEqual(await panel.locator("[aria-busy=true]").count(), 0);
      // What was worked out shows at once.
      await panel.getByRole("button", { name: "10 min", exact: true }).click();
      await panel.getByText(words).getByText("10 min").or(panel.getByText(/next 10 min: mean/)).first()
        .waitFor();
      await page.close();
    }
  },
);

browserTest("a series too young for a horizon says how many samples that needs", async ({ url, open }) => {
  const id = await createSla(url, { name: "Load", expression: "node_load1", max: 20 });
  const page = await open(`#/sla/${id}?horizon=1h`, {
    // The demo has no series that is young: what the service answers is shown as if this one were.
    answers: [
      changed<Schemas["SlaPrediction"]>(
        /\/prediction\?horizon=1h/,
        (answer) => ({
          ...answer,
          state: "unknown",
          probability: null,
          reason: "for want of samples",
          lacking: { found: 447, needed: 720 },
          stepMs: 5_000,
        }),
      ),
    ],
  });
  const panel = page.getByRole("region", { name: "Next violation" });
  await panel.getByText("Unknown.").waitFor();
  await panel.getByText("Only 447 samples so far: 720, one each 5 s, are needed to look 1 h ahead.")
    .waitFor();
  await waitForText(page, "Next violation");
});

browserTest(
  "the nearest horizon is named as it is configured, and each part of a far one by its method",
  async ({ url, open }) => {
    const id = await createSla(url, { name: "Load", expression: "node_load1", max: 20 });
    const page = await open(`#/series/${await seriesId(url, "node_load1")}`);
    const horizons = page.getByRole("group", { name: "Horizon" });
    await horizons.getByRole("button", { name: "20 min", exact: true }).waitFor();
    await horizons.getByRole("button", { name: "4 h", exact: true }).click();
    await waitForText(
      page,
      /chosen by its backtest far ahead \(“How it is forecast” is about the next 20 min\)/,
    );
    await page.goto(`${url}/#/sla/${id}`);
    await horizons.getByRole("button", { name: "15 min", exact: true }).waitFor();
    await waitForText(page, /chosen by its backtest 15 min ahead/);
    await horizons.getByRole("button", { name: "1 h", exact: true }).click();
    await waitForText(
      page,
      /the first 30 min by .+ backtest 15 min ahead; what comes after by .+ far ahead, where trend/,
    );
    strictEqual(await page.getByText("10 min", { exact: true }).count(), 0);
    await assertAccessible(page);
  },
  { env: { ETL_HORIZON: "20m", SLA_HORIZON: "15m" } },
);
