import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { serverTest } from "../servers/server_tests.ts";
import { until } from "../support/until.ts";
import {
  createSla,
  type List,
  LOOSE,
  type Named,
  openFilledViewing,
  seriesId,
  waitForText,
} from "./_filled_viewing.ts";
import { assertAccessible, isWiderThanView, openViewing, untilAnswer } from "./_viewing.ts";

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
    await page.route("**/links.json", async (route) => {
      await route.fulfill({ json: { ...await (await route.fetch()).json(), demo: true } });
    });
    await page.reload();
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
    deepStrictEqual(complaints, []);
  },
  LOOSE,
);

serverTest(
  { uses: ["chromium"] },
  "the first cycle and the past of an SLA show how far they are, on the overview and in operations",
  async () => {
    await using viewing = await openFilledViewing();
    await createSla(viewing, { name: "Load", expression: "node_load1", max: 2, target: 0.99 });
    const { page, complaints } = await viewing.open("#/operations");
    let done = 10;
    // Both are over in seconds here: what the services answer is shown as if they had only begun.
    await page.route(/\/etl\/cycles\?/, async (route) => {
      const { items: [cycle] } = await (await route.fetch()).json();
      const progress = { stage: "figures", done: done++, total: 40 };
      const items = [{ ...cycle, state: "running", endedAtMs: null, progress }];
      await route.fulfill({ json: { items, nextCursor: null, overruns: 0 } });
    });
    await page.route(/\/sla\/slas\/budgets\?/, async (route) => {
      const { items: [budget], nextCursor } = await (await route.fetch()).json();
      const part = { backfill: "pending", backfillDoneMs: 864e6, backfillTotalMs: 2_592e6 };
      await route.fulfill({ json: { items: [{ ...budget, ...part }], nextCursor } });
    });
    await page.reload();
    for (const hash of ["#/operations", "#/"]) {
      await page.goto(`${viewing.url}/${hash}`);
      await page.getByRole("progressbar", { name: "Series forecast" }).waitFor();
      await waitForText(page, /^\d+ of 40 series, [\d.]+ series\/s, about .+ left$/);
      await waitForText(page, /^Counting the past of “Load”: its budget is told when/);
      await waitForText(page, "10 d of 30 d");
      await assertAccessible(page);
    }
    deepStrictEqual(complaints, []);
  },
  LOOSE,
);

serverTest(
  { uses: ["chromium"] },
  "an SLA page draws how the budget was spent, in words, as a chart and as a table",
  async () => {
    await using viewing = await openFilledViewing();
    const id = await createSla(viewing, { name: "Cart", expression: "node_load1", max: 1.2, target: 0.5 });
    await untilAnswer<{ backfill: string; remaining: number | null }>(
      `${viewing.url}/sla/slas/${id}/budget`,
      ({ backfill, remaining }) => backfill === "done" && remaining !== null,
    );
    const { page, complaints } = await viewing.open(`#/sla/${id}`);
    const panel = page.getByRole("region", { name: "How the budget was spent" });
    await panel.getByText(/^(Nothing is left since|[\d.]+ % is left\.) .*Most was spent in the hour from /)
      .waitFor();
    await panel.locator("canvas").waitFor();
    await panel.getByText("As a table").click();
    await panel.getByRole("columnheader", { name: "evenly" }).waitFor();
    ok(await panel.getByRole("row").count() > 100);
    await assertAccessible(page);
    deepStrictEqual(complaints, []);
  },
  LOOSE,
);

serverTest(
  { uses: ["chromium"] },
  "the back button undoes a zoom, and finds the page it left where it was",
  async () => {
    await using viewing = await openFilledViewing();
    const { page, complaints } = await viewing.open("#/");
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
    await waitForText(page, /^forecast mean$/);
    await page.waitForLoadState("networkidle");
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
    deepStrictEqual(complaints, []);
  },
  LOOSE,
);

serverTest(
  { uses: ["chromium"] },
  "by touch a chart is moved, zoomed and shown whole, and its hint says so",
  async () => {
    await using viewing = await openFilledViewing();
    const { page, complaints } = await viewing.open(`#/series/${await seriesId(viewing, "node_load1")}`, {
      width: 390,
      touch: true,
    });
    await waitForText(page, /^forecast mean$/);
    await page.waitForLoadState("networkidle");
    ok(await page.getByText("Swipe to move, pinch to zoom").isVisible());
    ok(!await page.getByText("Drag to zoom").isVisible());
    const plot = page.locator(".u-over").first();
    await plot.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await plot.boundingBox())!;
    const client = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", parts: readonly number[]) =>
      client.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: parts.map((part, id) => ({ x: x + part * width, y: y + height / 2, id })),
      });
    const drag = async (from: readonly number[], to: readonly number[]) => {
      await touch("touchStart", from);
      for (const share of [0.2, 0.4, 0.6, 0.8, 1]) {
        await touch("touchMove", from.map((start, k) => start + share * (to[k] - start)));
      }
      await touch("touchEnd", []);
    };
    const seen = async () => {
      await page.waitForURL(/from=\d+&to=\d+/);
      const [, from, to] = /from=(\d+)&to=(\d+)/.exec(page.url())!.map(Number);
      return { from, span: to - from };
    };
    await drag([0.3], [0.7]);
    const moved = await seen();
    await drag([0.45, 0.55], [0.2, 0.8]);
    await until(async () => (await seen()).span < moved.span / 2, "a closer view");
    const { from, span } = await seen();
    ok(from > moved.from && from + span < moved.from + moved.span, "of what was between the fingers");
    for (let tap = 0; tap < 2; tap++) {
      await touch("touchStart", [0.5]);
      await touch("touchEnd", []);
    }
    await page.waitForURL((url) => !url.hash.includes("from="));
    deepStrictEqual(complaints, []);
  },
  LOOSE,
);

serverTest(
  { uses: ["chromium"] },
  "nothing is wrong on the page where the viewer's clock is an hour off, either way",
  async () => {
    await using viewing = await openFilledViewing();
    const sla = await createSla(viewing, { name: "Load", expression: "node_load1", max: 20 });
    const series = await seriesId(viewing, "node_load1");
    for (const clockAheadMs of [-3_600_000, 3_600_000]) {
      const { page, complaints } = await viewing.open(`#/series/${series}`, { clockAheadMs });
      ok(Math.abs(Number(await page.evaluate("Date.now()")) - clockAheadMs - Date.now()) < 60_000);
      await waitForText(page, /^From .*, next 10 min: mean/);
      await waitForText(page, /last cycle (just now|\d+ s ago|\d min ago), /);
      strictEqual(await page.getByText("Expired").count(), 0);
      await page.goto(`${viewing.url}/#/sla/${sla}`);
      await page.locator("dd time", { hasText: /^(just now|\d+ s ago)$/ }).waitFor();
      deepStrictEqual(complaints, []);
      await page.close();
    }
  },
  LOOSE,
);

serverTest(
  { uses: ["chromium"] },
  "the chart of an SLA reads what it shows, however far it is moved back",
  async () => {
    await using viewing = await openFilledViewing();
    const id = await createSla(viewing, { name: "Load", expression: "node_load1", max: 1.2 });
    const toMs = Date.now() - 20 * 3_600_000;
    const { page, complaints } = await viewing.open(`#/sla/${id}?from=${toMs - 3_600_000}&to=${toMs}`);
    const panel = page.getByRole("region", { name: "Now" });
    await panel.locator("canvas").waitFor();
    await panel.getByText("As a table").click();
    await until(async () => await panel.getByRole("row").count() > 60, "samples of that hour");
    await panel.getByRole("application").focus();
    for (let k = 0; k < 8; k++) await page.keyboard.press("ArrowLeft");
    await until(async () => await panel.getByRole("row").count() > 60, "samples of two hours before");
    // Farther out than one answer holds, and into the future.
    for (let k = 0; k < 6; k++) await page.keyboard.press("-");
    await page.waitForLoadState("networkidle");
    await until(async () => await panel.getByRole("row").count() > 60, "samples of the newest time");
    strictEqual(await panel.locator(".notice-stale").count(), 0);
    deepStrictEqual(complaints, []);
  },
  LOOSE,
);

serverTest(
  { uses: ["chromium"] },
  "a budget that is overspent many times over is drawn down to what was spent, and told in words",
  async () => {
    await using viewing = await openFilledViewing();
    const id = await createSla(viewing, { name: "Cart", expression: "node_load1", max: 0.01, target: 0.999 });
    await untilAnswer<{ backfill: string; remaining: number | null }>(
      `${viewing.url}/sla/slas/${id}/budget`,
      ({ backfill, remaining }) => backfill === "done" && remaining !== null && remaining < -9,
    );
    const { page, complaints } = await viewing.open(`#/sla/${id}`);
    await waitForText(page, /^Nothing is left since .*; [\d,]+ times what is allowed was spent/);
    const panel = page.getByRole("region", { name: "How the budget was spent" });
    await waitForText(page, /out of bounds: [\d,]+ times the 43 min that 99.9 % over 30 d allows$/);
    strictEqual(await panel.locator(".legend").count(), 0, "one line needs none");
    strictEqual(await panel.locator(".cut-off").count(), 0);
    // What is broken already is not predicted to break.
    await waitForText(page, "Out of bounds now");
    strictEqual(await page.getByText("that it is violated within").count(), 0);
    await assertAccessible(page);
    deepStrictEqual(complaints, []);
  },
  LOOSE,
);

serverTest({ uses: ["chromium"] }, "the dashboard creates, changes and deletes an SLA", async () => {
  await using viewing = await openFilledViewing();
  const { page } = await viewing.open("#/sla");
  await page.getByLabel("Name", { exact: true }).fill("Queue");
  await page.getByLabel("Max", { exact: true }).fill("100000");
  await page.getByLabel("Metric or PromQL").fill("no_such_metric");
  await waitForText(page, /There is nothing to judge/);
  strictEqual(await page.getByText("Never violated").count(), 0);
  await page.getByLabel("Metric or PromQL").fill("rabbitmq_queue_messages");
  await waitForText(page, "Never violated in the last 12 h");
  const preview = page.getByRole("region", { name: "Preview" });
  await preview.locator("canvas").waitFor();
  // Neither a half typed bound nor a refused one takes the chart away.
  await page.getByLabel("Min", { exact: true }).fill("200000");
  await page.locator("#min-hint", { hasText: "must not be above Max (100,000 msg)" }).waitFor();
  ok(await preview.locator("canvas").isVisible());
  await page.getByLabel("Min", { exact: true }).fill("");
  await waitForText(page, "Never violated in the last 12 h");
  await page.getByRole("button", { name: "Create" }).click();
  await page.getByRole("heading", { name: "Queue", level: 1 }).waitFor();
  await waitForText(page, "None that we saw.");

  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Description").fill("Orders wait here");
  await page.getByRole("button", { name: "Save" }).click();
  await waitForText(page, "Orders wait here");
  await waitForText(page, /below the maximum of 100,000/);

  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Max", { exact: true }).fill("0.5");
  await page.getByRole("button", { name: "Save" }).click();
  await page.locator("pre", { hasText: '"max": 0.5' }).waitFor();
  // In the history the verdict on the definition of then stays.
  const now = page.getByRole("region", { name: "Now", exact: true });
  strictEqual(
    await now.getByText(/the maximum of 100,000/).count(),
    0,
    "an old verdict beside the new bound",
  );
  await waitForText(page, /is above the maximum of 0.5 msg/);

  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: /Delete “Queue”/ }).click();
  await waitForText(page, "No SLA yet");
  deepStrictEqual(await untilAnswer<List<Named>>(`${viewing.url}/sla/slas`, () => true), {
    items: [],
    nextCursor: null,
  });
}, LOOSE);

serverTest(
  { uses: ["chromium"] },
  "an edit keeps what the form does not ask, and bounds that were derived",
  async () => {
    await using viewing = await openFilledViewing();
    const id = await createSla(viewing, { name: "Load", expression: "node_load1", labels: { team: "shop" } });
    const url = `${viewing.url}/sla/slas/${id}`;
    const before = await untilAnswer<Record<string, unknown>>(url, () => true);
    const { page, complaints } = await viewing.open(`#/sla/${id}`);
    await page.getByRole("button", { name: "Edit" }).click();
    match(await page.getByLabel("Max", { exact: true }).getAttribute("placeholder") ?? "", /^[\d.]+$/);
    await page.getByLabel("Description").fill("How busy it is");
    await page.getByRole("button", { name: "Save" }).click();
    await waitForText(page, "How busy it is");
    const { description: _, revision: __, updatedAtMs: ___, ...after } = await untilAnswer<
      Record<string, unknown>
    >(url, ({ revision }) => revision === 2);
    deepStrictEqual({ ...before, ...after }, before);
    deepStrictEqual(complaints, []);
  },
  LOOSE,
);

serverTest({ uses: ["chromium"] }, "the dashboard says beside the field which rule it broke", async () => {
  await using viewing = await openFilledViewing();
  const { page } = await viewing.open("#/sla");
  await page.getByLabel("Name", { exact: true }).fill("Upside down");
  await page.getByLabel("Metric or PromQL").fill("node_load1");
  await page.getByLabel("Min", { exact: true }).fill("2");
  await page.getByLabel("Max", { exact: true }).fill("1");
  await page.locator("input[name=max][aria-invalid=true]").waitFor();
  match(await page.locator("#max-hint").textContent() ?? "", /must not be below Min \(2\)/);
}, LOOSE);

serverTest({ uses: ["chromium"] }, "the dashboard asks for a token on the first refused write", async () => {
  // A cycle of its own would have this one refused.
  const env = { API_TOKENS: "viewer:opensesame-0123456789", ETL_INTERVAL: "4d" };
  await using viewing = await openFilledViewing(env);
  const { page } = await viewing.open("#/operations");
  await page.getByRole("button", { name: "Run one now" }).click();
  await page.getByLabel("Token", { exact: true }).fill("opensesame-0123456789");
  await page.getByRole("button", { name: "Use it" }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await untilAnswer<List<unknown>>(`${viewing.url}/etl/cycles`, ({ items }) => items.length === 2);
  strictEqual(await page.getByRole("alert").getByText(/./).count(), 0);
  strictEqual(await page.evaluate("sessionStorage.length"), 1);
  strictEqual(await page.evaluate("localStorage.length"), 0);
}, LOOSE);

serverTest(
  { uses: ["chromium"] },
  "the series table is searched, filtered and sorted, by keyboard too, and a link restores it",
  async () => {
    // Another cycle might put another series first.
    await using viewing = await openFilledViewing({ ETL_INTERVAL: "4d" });
    const { page } = await viewing.open("#/");
    await waitForText(page, "21 series");
    await page.getByLabel("Search").fill('seconds job="node"');
    await waitForText(page, /2 of 21 series/);
    await page.getByLabel("Search").fill("");
    await page.getByRole("button", { name: "steady", exact: true }).click();
    await page.waitForURL(/verdict=stationary/);
    await page.locator(".cell-verdict", { hasText: "steady" }).first().waitFor();
    strictEqual(await page.locator(".virtual-row .cell-verdict", { hasNotText: "steady" }).count(), 0);
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
    await waitForText(page, /^Stale: /);
    await page.getByRole("alert").getByText(/^Pronoia does not answer since \d\d:\d\d:\d\d/).waitFor();
    await waitForText(page, "not answering");
  },
  LOOSE,
);
