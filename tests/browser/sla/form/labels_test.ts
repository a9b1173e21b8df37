import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { Schemas } from "../../../../client/mod.ts";
import { browserTest } from "../../_browser_tests.ts";
import { assertAccessible, isWiderThanView } from "../../_page.ts";
import { createSla, untilAnswer } from "../../_services.ts";

browserTest(
  "labels are typed as a line of pairs, and what is wrong with them is said there",
  async ({ open }) => {
    const page = await open("#/sla?expression=node_load1", {
      width: 390,
      colorScheme: "dark",
      expected: /status of 422/,
    });
    await page.getByLabel("Name", { exact: true }).fill("Load");
    const labels = page.getByLabel("Labels", { exact: true });
    const hint = page.locator("#labels-hint");
    await page.getByLabel("No data means").focus();
    await page.keyboard.press("Tab");
    await page.keyboard.type("team");
    await hint.getByText("Must be pairs of name=value").waitFor();
    await page.keyboard.type("=shop, severity=high");
    await hint.getByText("“severity” must have another name: alerts set alertname, sla").waitFor();
    strictEqual(await labels.getAttribute("aria-invalid"), "true");
    await page.getByText("Not judged: see Labels.").waitFor();
    await assertAccessible(page);
    ok(!await isWiderThanView(page));
    await page.getByRole("button", { name: "Create" }).click();
    await page.getByRole("alert").getByText("Not saved: see Labels.").waitFor();
    strictEqual(await page.locator(":focus").getAttribute("name"), "labels");
    await labels.fill(`${"a".repeat(201)}=b`);
    await hint.getByText("must have at most 200 characters").waitFor();
    ok(!await isWiderThanView(page));
    await labels.fill("team=shop, tier=1");
    await hint.getByText("Alerts carry them").waitFor();
    await page.getByRole("button", { name: "Create" }).click();
    await page.getByRole("heading", { name: "Load", level: 1 }).waitFor();
    const json: { readonly labels: object } = JSON.parse(await page.locator("pre").textContent() ?? "");
    deepStrictEqual(json.labels, { team: "shop", tier: "1" });
  },
);

browserTest("an edit shows the labels there are, changes them and takes them away", async ({ url, open }) => {
  const labels = { team: "shop", note: "first, second" };
  const id = await createSla(url, { name: "Load", expression: "node_load1", labels });
  const stored = (revision: number) =>
    untilAnswer<Schemas["Sla"]>(`${url}/sla/slas/${id}`, (sla) => sla.revision === revision);
  const page = await open(`#/sla/${id}`);
  for (
    const [revision, shown, typed, kept] of [
      [2, 'team=shop, note="first, second"', "team=shop, tier=1", { team: "shop", tier: "1" }],
      [3, "team=shop, tier=1", "", {}],
    ] as const
  ) {
    await page.getByRole("button", { name: "Edit" }).click();
    const field = page.getByLabel("Labels", { exact: true });
    strictEqual(await field.inputValue(), shown);
    await field.fill(typed);
    await page.getByRole("button", { name: "Save" }).click();
    await field.waitFor({ state: "detached" });
    deepStrictEqual((await stored(revision)).labels, kept);
    // The next edit is of what is shown.
    await page.locator("pre", { hasText: revision === 2 ? '"tier"' : '"labels": {}' }).waitFor();
  }
});
