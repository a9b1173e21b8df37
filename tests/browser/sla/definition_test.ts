import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import type { Schemas } from "../../../client/mod.ts";
import { browserTest } from "../_browser_tests.ts";
import { waitForText } from "../_page.ts";
import { createSla, untilAnswer } from "../_services.ts";

browserTest("an SLA is created, changed and deleted", async ({ url, open }) => {
  const page = await open("#/sla", { expected: /status of 422/ });
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
  const old = now.getByText(/the maximum of 100,000/);
  strictEqual(await old.count(), 0, "an old verdict beside the new bound");
  await waitForText(page, /is above the maximum of 0.5 msg/);

  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: /Delete “Queue”/ }).click();
  await waitForText(page, "No SLA yet");
  deepStrictEqual(await untilAnswer(`${url}/sla/slas`), { items: [], nextCursor: null });
});

browserTest(
  "an edit keeps what the form does not ask, and bounds that were derived",
  async ({ url, open }) => {
    const id = await createSla(url, { name: "Load", expression: "node_load1", labels: { team: "shop" } });
    const address = `${url}/sla/slas/${id}`;
    const before = await untilAnswer<Schemas["Sla"]>(address);
    const page = await open(`#/sla/${id}`);
    await page.getByRole("button", { name: "Edit" }).click();
    match(await page.getByLabel("Max", { exact: true }).getAttribute("placeholder") ?? "", /^[\d.]+$/);
    await page.getByLabel("Description").fill("How busy it is");
    await page.getByRole("button", { name: "Save" }).click();
    await waitForText(page, "How busy it is");
    const { description, revision, updatedAtMs } = await untilAnswer<Schemas["Sla"]>(
      address,
      (sla) => sla.revision === 2,
    );
    deepStrictEqual(await untilAnswer(address), { ...before, description, revision, updatedAtMs });
  },
);
