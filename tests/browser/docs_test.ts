import { match, strictEqual } from "node:assert/strict";
import { browserTest } from "./_browser_tests.ts";

for (
  const [path, operation] of [["docs", "/retrieval/series/{id}/forecast"], ["sla/docs", "/slas/preview"]]
) {
  browserTest(
    `/${path} shows every operation, without errors and without leaving the origin`,
    async ({ url, open }) => {
      const page = await open(path);
      await page.locator(`[data-path="${operation}"]`).first().waitFor();
      match(await page.title(), /^Pronoia/);
      const document = await (await fetch(`${url}/${path.replace("docs", "openapi.json")}`)).json();
      const operations = Object.values<object>(document.paths).flatMap((item) => Object.keys(item));
      await page.locator(".opblock").nth(operations.length - 1).waitFor();
      strictEqual(await page.locator(".opblock").count(), operations.length);
      await page.locator(`.opblock:has([data-path="${operation}"])`).first().locator("button").first()
        .click();
      await page.getByText("Responses").first().waitFor();
      const list = page.locator('.opblock:has([data-path$="/slas"])').first();
      await list.locator(".opblock-summary-control").click();
      await list.getByRole("button", { name: "Try it out" }).click();
      strictEqual(
        await list.getByPlaceholder("limit").inputValue(),
        "5",
        "what is tried is soon looked through",
      );
      await list.getByRole("button", { name: "Execute" }).click();
      match(
        await list.locator(".live-responses-table tbody .response-col_status").first().innerText(),
        /^200/,
      );
    },
    { analysed: false },
  );
}
