import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { until } from "../support/until.ts";
import { browserTest } from "./_browser_tests.ts";
import { isWiderThanView, waitForText } from "./_page.ts";
import { createSla, seriesId } from "./_services.ts";

/** What of the elements takes more than one line, as its text. */
async function brokenIn(page: Page, selector: string): Promise<readonly string[]> {
  await page.locator(selector).first().waitFor();
  return await page.evaluate(`[...document.querySelectorAll(${JSON.stringify(selector)})].filter((cell) => {
    const range = document.createRange();
    return [...cell.childNodes].some((node) => {
      range.selectNodeContents(node);
      return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
    });
  }).map(({ textContent }) => textContent)`);
}

browserTest(
  "on a phone every number stands beside its unit where both fit, and nothing is cut off",
  async ({ url, open }) => {
    const expression = 'rate(http_requests_total{code="500",instance="checkout-1:8080",job="checkout"}[5m])';
    const sla = await createSla(url, { name: "Errors", expression, max: 0.1, target: 0.99 });
    const page = await open(`#/sla/${sla}`, { width: 390 });
    deepStrictEqual(await brokenIn(page, ".burn-rates td, .burn-rates th"), []);
    strictEqual(
      await page.evaluate(`{
      const { scrollWidth, clientWidth } = document.querySelector("pre");
      scrollWidth - clientWidth;
    }`),
      0,
    );
    await waitForText(page, "Drag to zoom");
    await page.getByText("As a table").first().click();
    await page.getByRole("columnheader", { name: "point forecast: to" }).waitFor();
    ok(!await isWiderThanView(page));
    await page.goto(`${url}/#/series/${await seriesId(url, "node_filesystem_avail_bytes")}`);
    deepStrictEqual(await brokenIn(page, ".statistics td"), []);
    await waitForText(page, "Drag to zoom");
    // Where both do not fit, the unit goes below.
    await page.goto(`${url}/#/series/${await seriesId(url, "http_requests_total")}`);
    await waitForText(page, "req/s");
    strictEqual(
      await page.evaluate(`{
      const table = document.querySelector(".statistics");
      table.offsetWidth - table.parentElement.clientWidth;
    }`),
      0,
    );
  },
);

browserTest("the lines of the first SLAs are drawn before they are in view", async ({ url, open }) => {
  for (let k = 0; k < 8; k++) await createSla(url, { name: `${k}`, expression: "node_load1", max: 9 });
  const page = await open("#/", { width: 390 });
  await until(async () => await page.locator(".sparkline path.history").count() >= 8, "every line");
  strictEqual(await page.evaluate("scrollY"), 0);
});
