import { deepStrictEqual } from "node:assert/strict";
import axe from "axe-core/axe.min.js" with { type: "text" };
import type { Page } from "playwright-core";

/** Waits until the page shows a text. */
export async function waitForText(page: Page, text: string | RegExp): Promise<void> {
  await page.getByText(text).first().waitFor();
}

/** Asserts that axe finds nothing against WCAG 2.1 AA and its own best practices. */
export async function assertAccessible(page: Page): Promise<void> {
  await page.evaluate(axe);
  const found: string[] = await page.evaluate(`axe.run().then(({ violations }) => violations.flatMap(
    ({ id, nodes }) => nodes.map((node) => id + ": " + node.target.join(" ") + " " + node.failureSummary)
  ))`);
  deepStrictEqual(found, []);
}

/** Whether the page can be scrolled sideways, which at any width it must not. */
export async function isWiderThanView(page: Page): Promise<boolean> {
  return await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
}
