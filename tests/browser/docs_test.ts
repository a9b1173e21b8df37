import { deepStrictEqual, match } from "node:assert/strict";
import { serverTest } from "../servers/server_tests.ts";
import { openViewing } from "./_viewing.ts";

for (
  const [path, operation] of [["docs", "/retrieval/series/{id}/forecast"], ["sla/docs", "/slas/preview"]]
) {
  serverTest(
    { uses: ["chromium"] },
    `/${path} shows every operation, without errors and without leaving the origin`,
    async () => {
      await using viewing = await openViewing();
      const { page, complaints } = await viewing.open(path);
      await page.locator(`[data-path="${operation}"]`).first().waitFor();
      match(await page.title(), /^Pronoia/);
      const document = await (await fetch(`${viewing.url}/${path.replace("docs", "openapi.json")}`)).json();
      const operations = Object.values<object>(document.paths).flatMap((item) => Object.keys(item));
      await page.locator(".opblock").nth(operations.length - 1).waitFor();
      deepStrictEqual(await page.locator(".opblock").count(), operations.length);
      await page.locator(`.opblock:has([data-path="${operation}"])`).first().locator("button").first()
        .click();
      await page.getByText("Responses").first().waitFor();
      deepStrictEqual(complaints, []);
    },
    // The browser keeps pipes of its own open until it is closed at the end of each test.
    { sanitizeOps: false, sanitizeResources: false },
  );
}
