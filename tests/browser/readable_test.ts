import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { serverTest } from "../servers/server_tests.ts";
import { until } from "../support/until.ts";
import { createSla, LOOSE, openFilledViewing, seriesId, waitForText } from "./_filled_viewing.ts";
import { assertAccessible } from "./_viewing.ts";

/** What the browser says of an element. */
interface Box {
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly tabIndex: number;
  getAttribute(name: string): string | null;
}

serverTest(
  { uses: ["chromium"] },
  "a block of outliers is cut off, said in words, and shown on request",
  async () => {
    await using viewing = await openFilledViewing();
    const { page, complaints } = await viewing.open("#/");
    await page.route(/\/retrieval\/series\/\w+\/samples/, async (route) => {
      const answer = await (await route.fetch()).json();
      const from = answer.values.length - 60;
      await route.fulfill({
        json: {
          ...answer,
          values: answer.values.map((value: number, i: number) => i >= from && i < from + 5 ? 6_000 : value),
        },
      });
    });
    await page.goto(`${viewing.url}/#/series/${await seriesId(viewing, "node_load1")}`);
    const panel = page.getByRole("region", { name: "Past and next" });
    await panel.getByText(/Beyond the chart: .*▲ value up to 6K/).waitFor();
    await panel.getByRole("button", { name: "Show all of it" }).click();
    await page.waitForURL(/whole=past-and-next/);
    await page.reload();
    await panel.getByRole("button", { name: "Scale to the usual values" }).click();
    await panel.getByText(/Beyond the chart: /).waitFor();
    await assertAccessible(page);
    deepStrictEqual(complaints, []);
  },
  LOOSE,
);

serverTest(
  { uses: ["chromium"] },
  "every table can be read on a phone: it fits, or is scrolled by keyboard",
  async () => {
    await using viewing = await openFilledViewing();
    const sla = await createSla(viewing, { name: "Load", expression: "node_load1", max: 0.5, target: 0.99 });
    const series = await seriesId(viewing, "node_load1");
    for (
      const [hash, text] of [
        [`#/series/${series}`, /^chosen$/],
        [`#/sla/${sla}`, /^times what the target allows$/],
        ["#/operations", "chooseForecaster"],
      ] as const
    ) {
      const { page, complaints } = await viewing.open(hash, { width: 390 });
      await waitForText(page, text);
      for (const table of await page.locator(".scroll").all()) {
        await until(
          () =>
            table.evaluate((element) => {
              const box = element as unknown as Box;
              return box.scrollWidth > box.clientWidth + 1
                ? box.tabIndex === 0 && box.getAttribute("aria-label") !== null
                : box.tabIndex === -1;
            }),
          "the keyboard's stop at what scrolls",
        );
      }
      deepStrictEqual(complaints, []);
      await page.close();
    }
    const { page } = await viewing.open(`#/series/${series}`, { width: 390 });
    const reason = page.locator(".candidates td:last-child").nth(1);
    await reason.waitFor();
    ok((await reason.boundingBox())!.width > 250);
  },
  LOOSE,
);

serverTest(
  { uses: ["chromium"] },
  "what many cycles warn of is told once, and since when",
  async () => {
    await using viewing = await openFilledViewing();
    const { page, complaints } = await viewing.open("#/");
    await page.route(/\/etl\/cycles\?/, async (route) => {
      const { items: [cycle] } = await (await route.fetch()).json();
      const items = Array.from({ length: 10 }, (_, k) => ({
        ...cycle,
        id: `${100 - k}`,
        startedAtMs: cycle.startedAtMs - k * 60_000,
        warnings: [`${20 - k} series had no value in this time`],
      }));
      await route.fulfill({ json: { items, nextCursor: null, overruns: 0 } });
    });
    await page.goto(`${viewing.url}/#/operations`);
    const warnings = page.getByRole("list", { name: "Warnings" }).getByRole("listitem");
    await warnings.getByText("20 series had no value in this time").waitFor();
    strictEqual(await warnings.count(), 1);
    match(
      await warnings.textContent() ?? "",
      /Said by 10 cycles since .* or longer; the figures are of the newest of them\.$/,
    );
    await page.getByTitle(/^shards: /).first().waitFor();
    await assertAccessible(page);
    deepStrictEqual(complaints, []);
  },
  LOOSE,
);

serverTest(
  { uses: ["chromium"] },
  "a band that held less than it promises is drawn as such, and the legend says so",
  async () => {
    await using viewing = await openFilledViewing();
    const series = await seriesId(viewing, "node_load1");
    const sla = await createSla(viewing, { name: "load", expression: "node_load1", max: 9 });
    let coverage = 0.7;
    const { page, complaints } = await viewing.open("#/");
    await page.route(/\/retrieval\/series\/\w+\/forecast(\?|$)/, async (route) => {
      const answer = await (await route.fetch()).json();
      const backtest = { ...answer.explanation.backtest, coverage };
      await route.fulfill({ json: { ...answer, explanation: { ...answer.explanation, backtest } } });
    });
    await page.route(/\/sla\/slas\/[^/]+\/samples\?/, async (route) => {
      const answer = await (await route.fetch()).json();
      for (const { forecast } of answer.series) if (forecast !== undefined) forecast.coverage = coverage;
      await route.fulfill({ json: answer });
    });
    /** How much of the chart is filled evenly, as a band is that held: its colour covers 22 %. */
    const countFilled = (): Promise<number> =>
      page.evaluate(`{
        const canvas = document.querySelector(".plot canvas");
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        data.filter((byte, i) => i % 4 === 3 && byte > 52 && byte < 60).length;
      }`);
    for (const hash of [`#/series/${series}`, `#/sla/${sla}`]) {
      const filled: number[] = [];
      for (coverage of [0.7, 0.95]) {
        await page.goto(`${viewing.url}/${hash}`);
        await page.reload();
        await waitForText(page, /^forecast mean$/);
        const entry = page.getByText("95 % interval, held 70 % in the backtest: trust it less");
        strictEqual(await entry.count(), coverage < 0.9 ? 1 : 0, `${hash} ${coverage}`);
        filled.push(await countFilled());
      }
      ok(filled[0] < filled[1] / 3, `${hash} ${filled}`);
    }
    deepStrictEqual(complaints, []);
  },
  LOOSE,
);
