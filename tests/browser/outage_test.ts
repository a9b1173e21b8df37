import { match, ok, strictEqual } from "node:assert/strict";
import { serverTest } from "../servers/server_tests.ts";
import { createSla, LOOSE, openFilledViewing, waitForText } from "./_filled_viewing.ts";
import { assertAccessible, isWiderThanView } from "./_viewing.ts";

const REASON = "Cannot ask Prometheus for api/v1/query as the connection failed: Connection refused";

serverTest(
  { uses: ["chromium"] },
  "a lost source is told once at the top of every page, and what was known stays",
  async () => {
    await using viewing = await openFilledViewing();
    const id = await createSla(viewing, { name: "Load", expression: "node_load1", max: 20 });
    const { page, complaints } = await viewing.open("#/", { width: 390, colorScheme: "dark" });
    await page.locator(".sparkline").waitFor();
    let isDown = true;
    const failingSinceMs = Date.now() - 60_000;
    // The demo can't be lost: what the services answer is shown as if Prometheus were.
    await page.route(/\/(etl|retrieval|sla)\/readyz$/, async (route) => {
      const lastOkAtMs = failingSinceMs - 5_000;
      const checkedAtMs = Date.now();
      const dependency = { status: "failing", reason: REASON, failingSinceMs, lastOkAtMs, checkedAtMs };
      const json = { status: "failing", dependencies: { metrics_source: dependency } };
      await (isDown ? route.fulfill({ status: 503, json }) : route.continue());
    });
    await page.route(/\/sla\/slas\/[^/]+\/samples\?/, async (route) => {
      await (isDown ? route.fulfill({ status: 503, json: { detail: REASON } }) : route.continue());
    });
    // Is still being asked for: a lost source may keep it waiting long.
    await page.route(/\/sla\/slas\/[^/]+\/violations\?/, async (route) => {
      if (!isDown) await route.continue();
    });
    await page.route(/\/sla\/slas\/status\?/, async (route) => {
      const answer = await (await route.fetch()).json();
      if (isDown) answer.items[0] = { ...answer.items[0], state: "unknown", reason: REASON };
      await route.fulfill({ json: answer });
    });
    // One that is under way brings nothing meanwhile, and is told again afterwards.
    await page.route(/\/etl\/cycles\?limit=5$/, async (route) => {
      const answer = await (await route.fetch()).json();
      answer.items.unshift({
        ...answer.items[0],
        id: "1",
        state: "running",
        startedAtMs: Date.now() - 60_000,
        endedAtMs: null,
        progress: { stage: "figures", done: 3, total: 20 },
      });
      await route.fulfill({ json: answer });
    });
    const banner = page.getByRole("alert");
    await banner.getByText(/^Prometheus can't be read since \d\d:\d\d:\d\d\.$/).waitFor();
    strictEqual(await page.locator(".outage").count(), 1, "what three services miss is told once");
    await waitForText(page, "the source of its samples can't be reached");
    await waitForText(page, /^up to (\d+ (s|min) ago|just now)$/);
    strictEqual(await page.getByText(/Connection refused/).count(), 1);
    ok(await page.locator(".sparkline-stale .sparkline .history").isVisible());
    await assertAccessible(page);
    ok(!await isWiderThanView(page));
    for (const hash of [`#/sla/${id}`, "#/sla", "#/operations"]) {
      await page.goto(`${viewing.url}/${hash}`);
      await banner.first().getByText(/^Prometheus can't be read/).waitFor();
      if (hash !== `#/sla/${id}`) continue;
      await page.getByText(/^Cannot show the samples\. The reason is at the top\./).waitFor();
      await page.getByText("Cannot show the violations. The reason is at the top.").waitFor();
    }
    await page.waitForResponse(/\/etl\/cycles\?limit=5$/);
    const underWay = page.getByRole("region", { name: "Cycle under way" });
    strictEqual(await underWay.count(), 0, "no results are promised");
    const readiness = page.getByRole("region", { name: "Readiness" });
    await readiness.getByText("failing").first().waitFor();
    strictEqual(await readiness.getByText(/Connection refused/).count(), 0, "told above already");
    isDown = false;
    await page.locator(".outage").waitFor({ state: "detached" });
    await underWay.waitFor();
    for (const complaint of complaints) match(complaint, /503/);
  },
  LOOSE,
);

serverTest(
  { uses: ["chromium"] },
  "each SLA of a lost source says that its samples can't be read, also while they are waited for",
  async () => {
    await using viewing = await openFilledViewing();
    const failing = await createSla(viewing, { name: "Load", expression: "node_load1", max: 20 });
    await createSla(viewing, { name: "Hits", expression: "cache_hit_ratio", min: 0.1 });
    const { page } = await viewing.open("#/operations", { width: 390 });
    await page.route(/\/(etl|retrieval|sla)\/readyz$/, async (route) => {
      const dependency = { status: "failing", reason: REASON, failingSinceMs: 1, checkedAtMs: Date.now() };
      const json = { status: "failing", dependencies: { metrics_source: dependency } };
      await route.fulfill({ status: 503, json });
    });
    await page.route(/\/sla\/slas\/[^/]+\/samples\?/, async (route) => {
      if (route.request().url().includes(failing)) {
        await route.fulfill({ status: 503, json: { detail: REASON } });
      }
    });
    await page.getByRole("alert").first().waitFor();
    await page.goto(`${viewing.url}/#/`);
    await page.getByText("no samples can be read").nth(1).waitFor();
    strictEqual(await page.locator(".sparkline-box:empty").count(), 0);
  },
  LOOSE,
);
