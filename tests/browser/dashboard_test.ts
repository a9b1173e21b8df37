import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { serverTest } from "../servers/server_tests.ts";
import { assertAccessible, isWiderThanView, openViewing, untilAnswer, type Viewing } from "./_viewing.ts";

// The browser keeps pipes of its own open until it is closed at the end of each test.
const LOOSE = { sanitizeOps: false, sanitizeResources: false };

interface List<Item> {
  readonly items: readonly Item[];
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** A viewing whose first cycle is in. */
async function openFilledViewing(env: Readonly<Record<string, string>> = {}): Promise<Viewing> {
  const viewing = await openViewing(env);
  await untilAnswer<List<unknown>>(
    `${viewing.url}/retrieval/forecasts?limit=1000`,
    ({ items }) => items.length > 15,
  );
  await untilAnswer<List<unknown>>(
    `${viewing.url}/retrieval/metadata?limit=1000&view=summary`,
    ({ items }) => items.length > 15,
  );
  // While one is running, none can be begun.
  await untilAnswer<List<{ readonly state: string }>>(
    `${viewing.url}/etl/cycles?limit=1`,
    ({ items: [newest] }) => newest?.state === "done",
  );
  return viewing;
}

async function createSla(viewing: Viewing, draft: Readonly<Record<string, unknown>>): Promise<string> {
  const response = await fetch(`${viewing.url}/sla/slas`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(draft),
  });
  strictEqual(response.status, 201);
  return (await response.json() as Named).id;
}

async function seriesId(viewing: Viewing, name: string): Promise<string> {
  const { items } = await untilAnswer<List<Named>>(`${viewing.url}/retrieval/series?limit=1000`, () => true);
  return items.find((series) => series.name === name)!.id;
}

async function waitForText(page: Page, text: string | RegExp): Promise<void> {
  await page.getByText(text).first().waitFor();
}

serverTest(
  { uses: ["chromium"] },
  "the dashboard shows every page, at both widths and in both themes",
  async () => {
    await using viewing = await openFilledViewing();
    const sla = await createSla(viewing, {
      name: "Latency",
      expression: 'http_request_duration_seconds{quantile="0.99"}',
      max: 0.3,
      target: 0.99,
    });
    const series = await seriesId(viewing, "node_hwmon_temp_celsius");
    const pages: readonly (readonly [string, string | RegExp])[] = [
      ["#/", "node_hwmon_temp_celsius"],
      [`#/series/${series}`, "Remainder"],
      [`#/sla/${sla}`, "times what the target allows"],
      ["#/sla?expression=rabbitmq_queue_messages", /in the last 12 h/],
      ["#/operations", "chooseForecaster"],
    ];
    for (const [hash, text] of pages) {
      for (const [width, colorScheme] of [[1280, "light"], [390, "dark"]] as const) {
        const { page, complaints } = await viewing.open(hash, { width, colorScheme });
        await waitForText(page, text);
        await assertAccessible(page);
        ok(!await isWiderThanView(page), `${hash} is wider than ${width}`);
        deepStrictEqual(complaints, [], hash);
        await page.close();
      }
    }
  },
  LOOSE,
);

serverTest(
  { uses: ["chromium"] },
  "the operations page leads to the neighbours that are named, and to the API of each service",
  async () => {
    await using viewing = await openViewing({ LINK_GRAFANA: "https://grafana.example.com/d/1" });
    const { page, complaints } = await viewing.open("#/operations");
    const link = page.getByRole("link", { name: "Grafana" });
    strictEqual(await link.getAttribute("href"), "https://grafana.example.com/d/1");
    strictEqual(await page.getByRole("link", { name: "Prometheus", exact: true }).count(), 0);
    const panel = page.getByRole("region", { name: "Elsewhere" });
    for (const href of await panel.locator("a:not([rel])").evaluateAll((all) => all.map(String))) {
      const response = await fetch(href);
      strictEqual(response.status, 200, href);
      await response.body?.cancel();
    }
    deepStrictEqual(complaints, []);
  },
  LOOSE,
);

serverTest({ uses: ["chromium"] }, "the dashboard creates, changes and deletes an SLA", async () => {
  await using viewing = await openFilledViewing();
  const { page } = await viewing.open("#/sla");
  await page.getByLabel("Name", { exact: true }).fill("Queue");
  await page.getByLabel("Metric or PromQL").fill("rabbitmq_queue_messages");
  await page.getByLabel("Max", { exact: true }).fill("100000");
  await waitForText(page, "Never violated in the last 12 h");
  await page.getByRole("button", { name: "Create" }).click();
  await page.getByRole("heading", { name: "Queue", level: 1 }).waitFor();
  await waitForText(page, "None that we saw.");

  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Description").fill("Orders wait here");
  await page.getByRole("button", { name: "Save" }).click();
  await waitForText(page, "Orders wait here");

  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: /Delete “Queue”/ }).click();
  await waitForText(page, "No SLA yet");
  deepStrictEqual(await untilAnswer<List<Named>>(`${viewing.url}/sla/slas`, () => true), {
    items: [],
    nextCursor: null,
  });
}, LOOSE);

serverTest({ uses: ["chromium"] }, "the dashboard says beside the field which rule it broke", async () => {
  await using viewing = await openFilledViewing();
  const { page } = await viewing.open("#/sla");
  await page.getByLabel("Name", { exact: true }).fill("Upside down");
  await page.getByLabel("Metric or PromQL").fill("node_load1");
  await page.getByLabel("Min", { exact: true }).fill("2");
  await page.getByLabel("Max", { exact: true }).fill("1");
  await page.locator("input[name=max][aria-invalid=true]").waitFor();
  match(await page.locator("#max-hint").textContent() ?? "", /must not be below min/);
}, LOOSE);

serverTest({ uses: ["chromium"] }, "the dashboard asks for a token on the first refused write", async () => {
  await using viewing = await openFilledViewing({ API_TOKENS: "viewer:opensesame-0123456789" });
  const { page } = await viewing.open("#/operations");
  await page.getByRole("button", { name: "Run one now" }).click();
  await page.getByLabel("Token", { exact: true }).fill("opensesame-0123456789");
  await page.getByRole("button", { name: "Use it" }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  strictEqual(await page.getByRole("alert").count(), 0);
  strictEqual(await page.evaluate("sessionStorage.length"), 1);
  strictEqual(await page.evaluate("localStorage.length"), 0);
}, LOOSE);

serverTest(
  { uses: ["chromium"] },
  "the series table is searched, filtered and sorted, by keyboard too, and a link restores it",
  async () => {
    await using viewing = await openFilledViewing();
    const { page } = await viewing.open("#/");
    await waitForText(page, "21 series");
    await page.getByLabel("Search").fill('seconds job="node"');
    await waitForText(page, /2 of 21 series/);
    await page.getByLabel("Search").fill("");
    await page.getByRole("button", { name: "seasonal", exact: true }).click();
    await page.getByRole("button", { name: /Mean 1 h/ }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    strictEqual(await page.locator("[aria-sort=descending]").textContent(), "Mean 1 h ↓");
    const first = await page.locator(".virtual-row a").first().textContent();
    await page.reload();
    await page.locator(".virtual-row a").first().waitFor();
    strictEqual(await page.locator(".virtual-row a").first().textContent(), first);
  },
  LOOSE,
);

serverTest(
  { uses: ["chromium"] },
  "the chart is moved and zoomed by keyboard, and the view is in the link",
  async () => {
    await using viewing = await openFilledViewing();
    const { page } = await viewing.open(`#/series/${await seriesId(viewing, "node_load1")}`);
    const chart = page.getByRole("application").first();
    await chart.focus();
    await page.keyboard.press("+");
    await page.waitForURL(/from=/);
    await page.keyboard.press("0");
    await page.waitForURL(/^[^=]*$/);
  },
  LOOSE,
);

serverTest(
  { uses: ["chromium"] },
  "the dashboard says what is stale, and since when, once the services are gone",
  async () => {
    await using viewing = await openFilledViewing();
    const { page } = await viewing.open("#/operations");
    await waitForText(page, "chooseForecaster");
    viewing.process.kill("SIGKILL");
    await viewing.process.exit();
    await waitForText(page, /^Stale: this is/);
    await waitForText(page, "not answering");
  },
  LOOSE,
);
