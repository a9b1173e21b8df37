import { ok } from "node:assert/strict";
import { until } from "../support/until.ts";
import { browserTest } from "./_browser_tests.ts";
import { assertAccessible, isWiderThanView, waitForText } from "./_page.ts";
import { createSla, seriesId } from "./_services.ts";

/** What the browser says of an element. */
interface Box {
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly tabIndex: number;
  getAttribute(name: string): string | null;
}

browserTest("every page is accessible and fits, at both widths and in both themes", async ({ url, open }) => {
  const sla = await createSla(url, {
    name: "Latency",
    expression: 'http_request_duration_seconds{quantile="0.99"}',
    max: 0.3,
    target: 0.99,
  });
  const pages: readonly (readonly [string, string | RegExp])[] = [
    ["#/", "node_hwmon_temp_celsius"],
    [`#/series/${await seriesId(url, "node_hwmon_temp_celsius")}`, "Remainder"],
    [`#/sla/${sla}`, "Burn rates, times what the target allows"],
    ["#/sla?expression=rabbitmq_queue_messages", /in the last 12 h/],
    ["#/operations", "chooseForecaster"],
  ];
  for (const [hash, text] of pages) {
    for (const [width, colorScheme] of [[1280, "light"], [390, "dark"]] as const) {
      const page = await open(hash, { width, colorScheme });
      await waitForText(page, text);
      await assertAccessible(page);
      ok(!await isWiderThanView(page), `${hash} is wider than ${width}`);
      await page.close();
    }
  }
});

browserTest(
  "every table can be read on a phone: it fits, or is scrolled by keyboard",
  async ({ url, open }) => {
    const sla = await createSla(url, { name: "Load", expression: "node_load1", max: 0.5, target: 0.99 });
    const pages = [
      ["#/operations", "chooseForecaster"],
      [`#/sla/${sla}`, /^Burn rates, times what the target allows$/],
      [`#/series/${await seriesId(url, "node_load1")}`, /^chosen$/],
    ] as const;
    for (const [hash, text] of pages) {
      const page = await open(hash, { width: 390 });
      await waitForText(page, text);
      const tables = await page.locator(".scroll").all();
      ok(tables.length > 0, hash);
      for (const table of tables) {
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
      if (hash.startsWith("#/series")) {
        const reason = page.locator(".candidates td:last-child").nth(1);
        await reason.waitFor();
        ok((await reason.boundingBox())!.width > 250);
      }
      await page.close();
    }
  },
);
