import { strictEqual } from "node:assert/strict";
import { browserTest } from "./_browser_tests.ts";
import { assertAccessible } from "./_page.ts";
import { createSla } from "./_services.ts";

browserTest(
  "Escape closes what was opened, and the focus stays where it was",
  async ({ url, open }) => {
    const id = await createSla(url, { name: "Load", expression: "node_load1", max: 9 });
    const page = await open(`#/sla/${id}`, { expected: /404/ });
    const focused = () => page.evaluate<string>("document.activeElement.textContent");

    await page.getByRole("button", { name: "Delete" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Delete “Load” and its history" }).waitFor();
    strictEqual(await focused(), "Keep it");
    await assertAccessible(page);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Delete", exact: true }).waitFor();
    strictEqual(await focused(), "Delete");

    const note = page.getByText(/^No Prometheus is named/);
    await page.getByText("Demo data").focus();
    await page.keyboard.press("Enter");
    await note.waitFor();
    await page.keyboard.press("Escape");
    await note.waitFor({ state: "hidden" });
    strictEqual(await focused(), "Demo data");
    await page.keyboard.press("Enter");
    await note.waitFor();
    await page.keyboard.press("Tab");
    await note.waitFor({ state: "hidden" });

    await page.goto(`${url}/#/series/0123456789abcdef`);
    await page.getByRole("heading", { name: "No such series" }).waitFor();
    await assertAccessible(page);
  },
  { analysed: false },
);
