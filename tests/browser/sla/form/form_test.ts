import { match, ok, strictEqual } from "node:assert/strict";
import { browserTest } from "../../_browser_tests.ts";
import { assertAccessible, isWiderThanView, waitForText } from "../../_page.ts";
import { createSla } from "../../_services.ts";

browserTest(
  "an expression is completed with the metrics that are there, by keyboard and by mouse",
  async ({ open }) => {
    const page = await open("#/sla", { width: 390, colorScheme: "dark" });
    const box = page.getByRole("combobox", { name: "Metric or PromQL" });
    await page.getByRole("button", { name: /^rate\(.*_total\[5m\]\)$/ }).click();
    await waitForText(page, "Judging …");
    match(await box.inputValue(), /^rate\(/);
    await box.fill("");
    await box.pressSequentially("max(rabbit");
    await page.getByRole("option").first().waitFor();
    await waitForText(page, "The expression is judged once it is whole.");
    strictEqual(await box.getAttribute("aria-expanded"), "true");
    await page.keyboard.press("ArrowDown");
    const active = await box.getAttribute("aria-activedescendant");
    strictEqual(await page.locator(`#${active}`).getAttribute("aria-selected"), "true");
    await assertAccessible(page);
    ok(!await isWiderThanView(page));
    await page.keyboard.press("Enter");
    await page.keyboard.type(")");
    strictEqual(await box.inputValue(), "max(rabbitmq_queue_messages)");
    strictEqual(await page.getByRole("listbox").isVisible(), false);
    await box.fill("node_lo");
    await page.keyboard.press("Escape");
    strictEqual(await page.getByRole("option").first().isVisible(), false);
    await page.keyboard.press("ArrowDown");
    await page.getByRole("option", { name: "node_load1", exact: true }).click();
    strictEqual(await box.inputValue(), "node_load1");
    await waitForText(page, /in the last 12 h/);
  },
);

browserTest(
  "an expression is refused once it rests and no metric is offered any more",
  async ({ open }) => {
    const page = await open("#/sla", { expected: /status of 422/ });
    const box = page.getByRole("combobox", { name: "Metric or PromQL" });
    const judged = page.waitForResponse(/\/sla\/slas\/preview/);
    await box.pressSequentially("node_lo");
    strictEqual((await judged).ok(), false);
    await page.getByText("The expression is judged once it is whole.").waitFor();
    await page.getByRole("option").first().waitFor();
    strictEqual(await box.getAttribute("aria-invalid"), "false");
    strictEqual(await page.getByText(/^Not judged/).count(), 0);
    await page.keyboard.press("Escape");
    await page.getByText("Not judged: see Metric or PromQL.").waitFor();
    strictEqual(await box.getAttribute("aria-invalid"), "true");
  },
);

browserTest(
  "what keeps an SLA from being stored is said once, in the words of the form",
  async ({ url, open }) => {
    await createSla(url, { name: "Load", expression: "node_load1", max: 20 });
    const page = await open("#/sla?expression=node_load1", { expected: /status of (409|422)/ });
    const preview = page.getByRole("region", { name: "Preview" });
    await page.getByLabel("Name", { exact: true }).fill("Load");
    await page.getByLabel("Max", { exact: true }).fill("20");
    await preview.locator("canvas").waitFor();
    await page.getByLabel("Min", { exact: true }).fill("30");
    await page.getByText("must not be above Max (20)").waitFor();
    strictEqual(await page.getByLabel("Min", { exact: true }).getAttribute("aria-invalid"), "true");
    strictEqual(await page.getByLabel("Max", { exact: true }).getAttribute("aria-invalid"), "false");
    await preview.getByText("Not judged: see Min.").waitFor();
    await preview.getByText("As it was judged before:").waitFor();
    await assertAccessible(page);
    await page.getByLabel("Min", { exact: true }).fill("");
    await page.getByRole("button", { name: "Create" }).click();
    await page.getByRole("alert").getByText("Not saved: see Name.").waitFor();
    await page.getByText("must be unique: another SLA has it").waitFor();
    strictEqual(await page.locator(":focus").getAttribute("name"), "name");
    await page.getByLabel("Metric or PromQL").fill("node_load1{");
    await preview.getByText("The expression is judged once it is whole.").waitFor();
    await page.getByLabel("Metric or PromQL").fill("node_load1{}}");
    await preview.getByText("Not judged: see Metric or PromQL.").waitFor();
    strictEqual(await page.getByText(/Cannot/).count(), 1);
    strictEqual(await page.getByText(/as documented/).count(), 0);
  },
);

browserTest(
  "a bound is typed with the unit of the expression, and the form says how it was read",
  async ({ open }) => {
    const page = await open("#/sla?expression=cache_hit_ratio");
    await page.getByLabel("Min", { exact: true }).fill("75 %");
    await page.locator("#min-hint", { hasText: "= 0.75" }).waitFor();
    await page.locator("#max-hint", { hasText: /such as 0\.9 or 90 %\. With neither/ }).waitFor();
    await page.getByRole("region", { name: "Preview" }).getByText("Bounds ≥ 75 %").waitFor();
    await page.getByLabel("Min", { exact: true }).fill("2 GiB");
    await page.locator("#min-hint", { hasText: "“GiB” is not a unit of a share" }).waitFor();
    await page.getByLabel("Target", { exact: true }).fill("99,999 %");
    const rule = "must be above 0 % and below 100 %: read as 99,999 %";
    await page.locator("#target-hint", { hasText: rule }).waitFor();
    await page.getByLabel("Target", { exact: true }).fill("");
    await page.getByLabel("Min", { exact: true }).fill("");
    await page.getByLabel("Metric or PromQL").fill("process_resident_memory_bytes");
    await page.getByLabel("Max", { exact: true }).fill("1.8GB");
    await page.locator("#max-hint", { hasText: "= 1.676 GiB (1,800,000,000 bytes)" }).waitFor();
    await page.getByRole("region", { name: "Preview" }).getByText("Bounds ≤ 1.8 GB = 1.676 GiB").waitFor();
  },
);

browserTest(
  "a preview over several series counts what its table lists",
  async ({ open }) => {
    const page = await open("#/sla?expression=http_requests_total");
    await page.getByLabel("Max", { exact: true }).fill("300");
    const preview = page.getByRole("region", { name: "Preview" });
    const said = preview.getByText(
      /^It would have been violated (once|[\d,]+ times) in the last 12 h, .* over \d of its \d series/,
    );
    await said.waitFor();
    const [, times] = /violated (once|[\d,]+)/.exec(await said.textContent() ?? "")!;
    const rows = await preview.locator("table tbody tr").count();
    ok(
      times === "once" ? rows === 1 : Number(times) <= 5 ? rows === Number(times) : rows === 5,
      `${times}: ${rows}`,
    );
    await preview.locator("table").getByRole("columnheader", { name: "Series" }).waitFor();
  },
);

browserTest("a field says beside it which rule it broke", async ({ open }) => {
  const page = await open("#/sla");
  await page.getByLabel("Name", { exact: true }).fill("Upside down");
  await page.getByLabel("Metric or PromQL").fill("node_load1");
  await page.getByLabel("Min", { exact: true }).fill("2");
  await page.getByLabel("Max", { exact: true }).fill("1");
  await page.locator("input[name=max][aria-invalid=true]").waitFor();
  match(await page.locator("#max-hint").textContent() ?? "", /^Must not be below Min \(2\)/);
  await page.getByLabel("Max", { exact: true }).fill("");
  await page.getByLabel("Tolerance", { exact: true }).fill("2");
  await page.locator("#tolerance-hint.wrong", { hasText: "Needs a unit, such as 2 min" }).waitFor();
  await page.getByText("Not judged: see Tolerance.").waitFor();
});
