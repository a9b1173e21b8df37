import { match, ok, strictEqual } from "node:assert/strict";
import { until } from "../../support/until.ts";
import { browserTest } from "../_browser_tests.ts";
import { waitForText } from "../_page.ts";

browserTest(
  "the series table is searched, filtered and sorted, by keyboard too, and a link restores it",
  async ({ open }) => {
    const page = await open("#/");
    await waitForText(page, "21 series");
    await page.getByLabel("Search").fill('seconds job="node"');
    await waitForText(page, /2 of 21 series/);
    await page.getByLabel("Search").fill("");
    await page.getByRole("button", { name: "steady", exact: true }).click();
    await page.waitForURL(/verdict=stationary/);
    await page.locator(".cell-verdict", { hasText: "steady" }).first().waitFor();
    strictEqual(await page.locator(".virtual-row .cell-verdict", { hasNotText: "steady" }).count(), 0);
    await page.getByRole("button", { name: "seasonal", exact: true }).click();
    await page.getByRole("button", { name: "Mean" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    strictEqual(await page.locator("[aria-sort=descending]").textContent(), "Mean ↓");
    const first = await page.locator(".virtual-row a").first().textContent();
    await page.reload();
    await page.locator(".virtual-row a").first().waitFor();
    strictEqual(await page.locator(".virtual-row a").first().textContent(), first);
  },
  // Another cycle might put another series first.
  { env: { ETL_INTERVAL: "4d" } },
);

browserTest(
  "the back button undoes a zoom, and finds the page it left where it was",
  async ({ open }) => {
    const page = await open("#/");
    await page.locator(".virtual-row a").first().waitFor();
    // Until all its panels are filled the page grows and shrinks.
    await page.waitForLoadState("networkidle");
    await until(async () => await page.evaluate("scrollTo(0, 100); scrollY > 0"), "a page that scrolls");
    await page.evaluate(`addEventListener("click", () => globalThis.wasAt = scrollY)`);
    await page.locator(".virtual-row a").nth(9).click();
    await page.waitForURL(/#\/series\//);
    await until(async () => await page.evaluate("scrollY === 0"), "the top of the page");
    await until(async () => await page.evaluate(`document.activeElement.id === "content"`), "the focus");
    // Until all its lines are there the plot is made anew.
    await waitForText(page, /^point forecast$/);
    const plot = page.locator(".u-over").first();
    const { x, y, width } = (await plot.boundingBox())!;
    await page.mouse.move(x + width / 2, y + 40);
    await waitForText(page, / · \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/);
    match(await page.title(), /^[a-z_]+ · Pronoia$/);
    await page.mouse.down();
    await page.mouse.move(x + width / 4, y + 60, { steps: 3 });
    await page.mouse.up();
    await page.waitForURL(/from=\d+&to=\d+/);
    await page.goBack();
    await page.waitForURL(/series\/[0-9a-f]{16}$/);
    await page.goBack();
    await page.locator(".virtual-row a").first().waitFor();
    ok(await page.evaluate("wasAt > 0"));
    await until(async () => await page.evaluate("scrollY === wasAt"), "the place it was left at");
  },
);
