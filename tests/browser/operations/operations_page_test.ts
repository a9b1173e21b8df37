import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import type { Schemas } from "../../../client/mod.ts";
import { changed } from "../_answers.ts";
import { browserTest } from "../_browser_tests.ts";
import { assertAccessible, waitForText } from "../_page.ts";
import { type List, untilAnswer } from "../_services.ts";

const TOKEN = "opensesame-0123456789";

browserTest(
  "the operations page leads to the neighbours that are named, and to the API of each service",
  async ({ open }) => {
    const page = await open("#/operations", {
      answers: [changed<object>(/\/links\.json$/, (links) => ({ ...links, demo: true }))],
    });
    await waitForText(
      page,
      /^Last: the newest call alone; Mean: all calls since the start of the etl; p95: /,
    );
    await page.getByText("Demo data").click();
    await waitForText(page, /^No Prometheus is named/);
    await assertAccessible(page);
    const link = page.getByRole("link", { name: "Grafana" });
    strictEqual(await link.getAttribute("href"), "https://grafana.example.com/d/1");
    strictEqual(await page.getByRole("link", { name: "Prometheus", exact: true }).count(), 0);
    const panel = page.getByRole("region", { name: "Elsewhere" });
    for (const href of await panel.locator("a:not([rel])").evaluateAll((all) => all.map(String))) {
      const response = await fetch(href);
      strictEqual(response.status, 200, href);
      await response.body?.cancel();
    }
  },
  { env: { LINK_GRAFANA: "https://grafana.example.com/d/1" } },
);

for (const nextCursor of [null, "older"]) {
  const more = nextCursor === null ? "all there were" : "the newest";
  browserTest(`what many cycles, ${more}, warn of is told once, and since when`, async ({ open }) => {
    const page = await open("#/operations", {
      answers: [
        changed<List<Schemas["Cycle"]>>(/\/etl\/cycles\?/, ({ items: [cycle] }) => {
          const items = Array.from({ length: 10 }, (_, k) => ({
            ...cycle,
            id: `${100 - k}`,
            startedAtMs: cycle.startedAtMs - k * 60_000,
            warnings: [`${20 - k} series had no value in this time`],
          }));
          return { items, nextCursor, overruns: 0 };
        }),
      ],
    });
    const warnings = page.getByRole("list", { name: "Warnings" }).getByRole("listitem");
    await warnings.getByText("20 series had no value in this time").waitFor();
    strictEqual(await warnings.count(), 1);
    match(
      await warnings.textContent() ?? "",
      nextCursor === null
        ? /Said by 10 cycles since [\d:]+; the figures are of the newest of them\.$/
        : /Said by 10 cycles since [\d:]+ or longer; the figures are of the newest of them\.$/,
    );
    await page.getByTitle(/^shards: /).first().waitFor();
    await assertAccessible(page);
  });
}

browserTest("the cycles say why series were dropped, once where it is the same", async ({ open }) => {
  const none = { empty: 0, failed: 0, unread: 0, unselected: 0 };
  const causes = [{ ...none, empty: 2 }, { ...none, empty: 2 }, { ...none, empty: 2, failed: 1 }];
  const page = await open("#/operations", {
    answers: [
      changed<List<Schemas["Cycle"]>>(/\/etl\/cycles\?/, ({ items: [cycle] }) => {
        const items = causes.map((droppedBy, k) => ({ ...cycle, id: `${9 - k}`, droppedBy }));
        return { items, nextCursor: null, overruns: 0 };
      }),
    ],
  });
  await waitForText(page, /^Dropped by the newest cycle: 2 without usable values in the window\./);
  const state = page.getByRole("region", { name: "Cycles" }).locator("td:last-child");
  deepStrictEqual(await state.allTextContents(), [
    "done",
    "done",
    "done: dropped 2 without usable values in the window, 1 that could not be analysed",
  ]);
  await assertAccessible(page);
});

browserTest("a cycle that failed has the older ones say nothing anew", async ({ open }) => {
  const none = { empty: 0, failed: 0, unread: 0, unselected: 0 };
  const page = await open("#/operations", {
    answers: [
      changed<List<Schemas["Cycle"]>>(/\/etl\/cycles\?/, ({ items: [cycle] }) => {
        const done = [9, 8, 7].map((id) => ({ ...cycle, id: `${id}`, droppedBy: { ...none, empty: 11 } }));
        const failed = { ...cycle, id: "10", state: "failed", reason: "It broke", droppedBy: none };
        return { items: [failed, ...done], nextCursor: null, overruns: 0 };
      }),
    ],
  });
  await waitForText(page, /^Dropped by the newest cycle that did not fail: 11 without usable values/);
  const state = page.getByRole("region", { name: "Cycles" }).locator("td:last-child");
  deepStrictEqual(await state.allTextContents(), ["failed: It broke", "done", "done", "done"]);
});

browserTest(
  "the page asks for a token on the first refused write, and keeps it for the visit",
  async ({ url, open }) => {
    const page = await open("#/operations", { expected: /401/ });
    await page.getByRole("button", { name: "Run one now" }).click();
    await page.getByLabel("Token", { exact: true }).fill(TOKEN);
    await page.getByRole("button", { name: "Use it" }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await untilAnswer<List<unknown>>(`${url}/etl/cycles`, ({ items }) => items.length === 2);
    strictEqual(await page.getByRole("alert").getByText(/./).count(), 0);
    strictEqual(await page.evaluate("sessionStorage.length"), 1);
    strictEqual(await page.evaluate("localStorage.length"), 0);
  },
  // A cycle of its own would have this one refused.
  { env: { API_TOKENS: `viewer:${TOKEN}`, ETL_INTERVAL: "4d" } },
);
