import { ok, strictEqual } from "node:assert/strict";
import type { Schemas } from "../../../client/mod.ts";
import { changed } from "../_answers.ts";
import { browserTest } from "../_browser_tests.ts";
import { assertAccessible, waitForText } from "../_page.ts";
import { createSla, seriesId } from "../_services.ts";

/** How much of a chart is filled evenly, as a band is that held: its colour covers 22 %. */
const COUNT_FILLED = `{
  const canvas = document.querySelector(".plot canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  data.filter((byte, i) => i % 4 === 3 && byte > 52 && byte < 60).length;
}`;

browserTest("a block of outliers is cut off, said in words, and shown on request", async ({ url, open }) => {
  const page = await open(`#/series/${await seriesId(url, "node_load1")}`, {
    answers: [
      changed<Schemas["Samples"]>(/\/retrieval\/series\/\w+\/samples/, (answer) => {
        const from = answer.values.length - 60;
        return {
          ...answer,
          values: answer.values.map((value, i) => i >= from && i < from + 5 ? 6_000 : value),
        };
      }),
    ],
  });
  const panel = page.getByRole("region", { name: "Past and next" });
  await panel.getByText(/Beyond the chart: .*▲ value up to 6K/).waitFor();
  await panel.getByRole("button", { name: "Show all of it" }).click();
  await page.waitForURL(/whole=past-and-next/);
  await page.reload();
  await panel.getByRole("button", { name: "Scale to the usual values" }).click();
  await panel.getByText(/Beyond the chart: /).waitFor();
  await assertAccessible(page);
});

browserTest(
  "a band that held less than it promises is drawn as such, and the legend says so",
  async ({ url, open }) => {
    const series = await seriesId(url, "node_load1");
    const sla = await createSla(url, { name: "load", expression: "node_load1", max: 9 });
    for (const hash of [`#/series/${series}`, `#/sla/${sla}`]) {
      const filled: number[] = [];
      for (const coverage of [0.7, 0.95]) {
        const page = await open(hash, {
          answers: [
            changed<Schemas["StoredForecast"]>(
              /\/retrieval\/series\/\w+\/forecast(\?|$)/,
              ({ explanation, ...answer }) => {
                const backtest = { ...explanation.backtest, coverage };
                return { ...answer, explanation: { ...explanation, backtest } };
              },
            ),
            changed<Schemas["SlaSamples"]>(/\/sla\/slas\/[^/]+\/samples\?/, (answer) => ({
              ...answer,
              series: answer.series.map(({ forecast, ...line }) => ({
                ...line,
                forecast: forecast && { ...forecast, coverage },
              })),
            })),
          ],
        });
        await waitForText(page, /^point forecast$/);
        const entry = page.getByText("95 % interval, held 70 % in the backtest: trust it less");
        strictEqual(await entry.count(), coverage < 0.9 ? 1 : 0, `${hash} ${coverage}`);
        const trusted = page.getByText("95 % interval", { exact: true });
        strictEqual(await trusted.count(), coverage < 0.9 ? 0 : 1, `${hash} ${coverage}`);
        filled.push(await page.evaluate(COUNT_FILLED));
        await page.close();
      }
      ok(filled[0] < filled[1] / 3, `${hash} ${filled}`);
    }
  },
);

/** How much of a chart is of the page's ground, as the name of a bound stands on. */
const COUNT_GROUND = `(() => {
  const canvas = document.querySelector(".plot canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i] === 255 && data[i + 1] === 255 && data[i + 2] === 255 && data[i + 3] === 255) count++;
  }
  return count;
})()`;

browserTest("the name of a bound is readable where lines are everywhere", async ({ url, open }) => {
  const id = await createSla(url, { name: "Load", expression: "node_load1", max: 9 });
  const page = await open(`#/sla/${id}`, {
    answers: [
      changed<Schemas["SlaSamples"]>(/\/sla\/slas\/[^/]+\/samples\?/, (answer) => ({
        ...answer,
        series: answer.series.map((line) => ({
          ...line,
          values: line.values.map((_, k) => k % 2 === 0 ? 0 : 18),
          forecast: undefined,
        })),
      })),
    ],
  });
  await page.locator("canvas").first().waitFor();
  // A canvas is there before anything is drawn on it.
  await page.waitForFunction(`${COUNT_GROUND} > 50`);
});
