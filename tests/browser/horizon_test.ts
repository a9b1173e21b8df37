import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { describeTooFew } from "../../services/shared/domain/results/too_few_samples.ts";
import { serverTest } from "../servers/server_tests.ts";
import { createSla, LOOSE, openFilledViewing, seriesId, waitForText } from "./_filled_viewing.ts";
import { assertAccessible } from "./_viewing.ts";

serverTest(
  { uses: ["chromium"] },
  "while another horizon is worked out no answer for the last one is shown, and nothing jumps",
  async () => {
    await using viewing = await openFilledViewing();
    const id = await createSla(viewing, { name: "Load", expression: "node_load1", max: 20 });
    const { page, complaints } = await viewing.open(`#/sla/${id}`, { width: 390 });
    let answer: (() => void) | undefined;
    await page.route(/\/(prediction|forecast)\?horizon=4h/, async (route) => {
      await new Promise<void>((resolve) => answer = resolve);
      await route.continue();
    });
    const pages = [
      [`#/sla/${id}`, "Next violation", /that it is violated within (10 min|4 h)/],
      [`#/series/${await seriesId(viewing, "node_load1")}`, "Past and next", /next (10 min|4 h): mean/],
    ] as const;
    for (const [hash, title, words] of pages) {
      await page.goto(`${viewing.url}/${hash}`);
      const panel = page.getByRole("region", { name: title });
      await panel.getByText(words).waitFor();
      await page.waitForLoadState("networkidle");
      const legend = panel.getByText("forecast mean", { exact: true });
      const named = await legend.count();
      const before = (await panel.boundingBox())!.height;
      await panel.getByRole("button", { name: "4 h", exact: true }).click();
      await panel.getByText("Working it out for the next 4 h …").waitFor();
      strictEqual(await panel.getByText(words).count(), 0, "an answer for ten minutes");
      strictEqual(await panel.locator("[aria-busy=true]").count(), 1);
      ok(Math.abs((await panel.boundingBox())!.height - before) < 2);
      strictEqual(await legend.count(), named, "a legend that jumps");
      await assertAccessible(page);
      answer!();
      await panel.getByText(words).getByText("4 h").or(panel.getByText(/next 4 h: mean/)).first().waitFor();
      strictEqual(await panel.locator("[aria-busy=true]").count(), 0);
      // What was worked out shows at once.
      await panel.getByRole("button", { name: "10 min", exact: true }).click();
      await panel.getByText(words).getByText("10 min").or(panel.getByText(/next 10 min: mean/)).first()
        .waitFor();
    }
    deepStrictEqual(complaints, []);
  },
  LOOSE,
);

serverTest(
  { uses: ["chromium"] },
  "a series too young for a horizon says how many samples that needs",
  async () => {
    await using viewing = await openFilledViewing();
    const id = await createSla(viewing, { name: "Load", expression: "node_load1", max: 20 });
    const { page } = await viewing.open(`#/sla/${id}?horizon=1h`);
    const reason = describeTooFew({ found: 447, needed: 720, stepMs: 5_000, horizonMs: 3_600_000 });
    // The demo has no series that is young: what the service answers is shown as if this one were.
    await page.route(/\/prediction\?horizon=1h/, async (route) => {
      const json = await (await route.fetch()).json();
      await route.fulfill({ json: { ...json, state: "unknown", probability: null, reason } });
    });
    await page.reload();
    const panel = page.getByRole("region", { name: "Next violation" });
    await panel.getByText("Unknown.").waitFor();
    await panel.getByText(
      "Only 447 samples so far: 720, one each 5 s, are needed to look 1 h ahead.",
    ).waitFor();
    await waitForText(page, "Next violation");
  },
  LOOSE,
);
