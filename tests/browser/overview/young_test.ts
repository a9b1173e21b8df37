import { strictEqual } from "node:assert/strict";
import type { Schemas } from "../../../client/mod.ts";
import { NOT_YET } from "../../../services/shared/domain/errors.ts";
import { changed, refused } from "../_answers.ts";
import { browserTest } from "../_browser_tests.ts";
import { assertAccessible, isWiderThanView } from "../_page.ts";
import { createSla, type List, seriesId } from "../_services.ts";

const NONE = { items: [], nextCursor: null };

/** Values of the last minutes alone. */
function young(values: readonly (number | null)[]): (number | null)[] {
  return values.map((value, i) => i < values.length - 16 ? null : value);
}

/** A list whose first item is changed. */
function withFirst<Item>(list: List<Item>, change: (item: Item) => object): object {
  return { ...list, items: list.items.map((item, i) => i === 0 ? change(item) : item) };
}

browserTest(
  "the overview says since when there are samples, and of how much the figures are",
  async ({ url, open }) => {
    await createSla(url, { name: "Load", expression: "node_load1", max: 20 });
    const page = await open("#/", {
      width: 390,
      // The demo has no series that begins now: what the services answer is cut to its end.
      answers: [
        changed<Schemas["SlaSamples"]>(/\/sla\/slas\/[^/]+\/samples\?/, (answer) => ({
          ...answer,
          series: answer.series.map((series) => ({ ...series, values: young(series.values) })),
        })),
        changed<List<Schemas["StoredStatistics"]>>(
          /\/retrieval\/statistics\?/,
          (answer) => withFirst(answer, (figures) => ({ ...figures, count: 16 })),
        ),
        changed<List<Schemas["SlaPrediction"]>>(
          /\/sla\/slas\/predictions\?/,
          (answer) =>
            withFirst(answer, (prediction) => ({
              ...prediction,
              state: "unknown",
              probability: null,
              reason: "for want of samples",
              lacking: { found: 16, needed: 40 },
            })),
        ),
      ],
    });
    await page.locator(".sparkline-noted").getByText(/^since \d\d:\d\d:\d\d$/).first().waitFor();
    await page.getByText("unknown: 16 of 40 samples yet").waitFor();
    await page.getByRole("cell").getByText("of 8 min").filter({ visible: true }).waitFor();
    await assertAccessible(page);
    strictEqual(await isWiderThanView(page), false);
  },
);

browserTest(
  "overview and page say alike of how many series a prediction is, and why not of all",
  async ({ url, open }) => {
    const id = await createSla(url, { name: "Load", expression: "node_load1", max: 2_000 });
    const why = "one of 2 series, has no fresh prediction: the newest sample is too old";
    const blind = (answer: Schemas["SlaPrediction"]): Schemas["SlaPrediction"] => {
      const [known] = answer.series;
      const labels = { ...known.labels, instance: "gone" };
      const unknown = {
        ...known,
        seriesId: "gone",
        labels,
        state: "unknown" as const,
        probability: null,
        byStep: [],
      };
      return { ...answer, reason: `{instance="gone"}, ${why}`, series: [known, unknown] };
    };
    const page = await open("#/", {
      answers: [
        changed<List<Schemas["SlaPrediction"]>>(/\/sla\/slas\/predictions\?/, (answer) => ({
          ...answer,
          items: answer.items.map((item) => item.slaId === id ? blind(item) : item),
        })),
        changed<Schemas["SlaPrediction"]>(/\/sla\/slas\/[^/]+\/prediction/, blind),
        // A series that is gone makes the SLA unknown.
        changed<List<Schemas["SlaStatus"]>>(/\/sla\/slas\/status/, (answer) => ({
          ...answer,
          items: answer.items.map((item) =>
            item.slaId === id ? { ...item, state: "unknown" as const } : item
          ),
        })),
      ],
    });
    const row = page.getByRole("listitem").filter({
      has: page.getByRole("link", { name: "Load", exact: true }),
    });
    const told = row.getByText(/^≈ 0 %.* of 1 of 2 series$/);
    await told.waitFor();
    await page.getByRole("link", { name: "Load", exact: true }).click();
    const panel = page.getByRole("region", { name: "Next violation" });
    await panel.getByText(`{instance="gone"}, ${why}.`).waitFor();
    await panel.getByText("the likeliest of the 1 of 2 that are known").waitFor();
  },
);

browserTest("the overview of no series says when they were looked for, and follows", async ({ open }) => {
  let isBorn = false;
  const page = await open("#/", {
    answers: [
      changed<List<Schemas["Series"]>>(/\/retrieval\/series\?/, (answer) => isBorn ? answer : NONE),
      changed<List<Schemas["Cycle"]>>(
        /\/etl\/cycles\?/,
        (answer) =>
          isBorn ? answer : withFirst(answer, (cycle) => ({ ...cycle, state: "done", found: 0, kept: 0 })),
      ),
    ],
  });
  await page.getByText(/^No series found: the newest look was .* The next one comes within seconds/)
    .waitFor();
  await assertAccessible(page);
  isBorn = true;
  await page.getByRole("link", { name: "node_load1" }).first().waitFor();
});

browserTest(
  "what a service says is still to come is no failure, whatever its words",
  async ({ url, open }) => {
    const problem = { status: 404, title: "Not Found", detail: "None is stored" };
    const page = await open(`#/series/${await seriesId(url, "node_load1")}`, {
      expected: /404/,
      answers: [
        refused(/\/retrieval\/series\/\w+\/forecast$/, { ...problem, type: NOT_YET }),
        refused(/\/retrieval\/series\/\w+\/metadata$/, { ...problem, type: "about:blank" }),
      ],
    });
    const panel = page.getByRole("region", { name: "Past and next" });
    await panel.getByText(
      "Not there yet: the first cycle of a series that has a few samples brings the forecast.",
    )
      .waitFor();
    await page.getByRole("alert").getByText("None is stored").first().waitFor();
    await assertAccessible(page);
  },
);

browserTest(
  "the page of a silent series says since when it is, and that figures are of before",
  async ({ url, open }) => {
    const page = await open(`#/series/${await seriesId(url, "node_load1")}`, {
      width: 390,
      answers: [
        changed<Schemas["StoredForecast"]>(
          /\/retrieval\/series\/\w+\/forecast$/,
          (answer) => ({
            ...answer,
            originMs: (answer.producedAtMs ?? 0) - 300_000,
            tooFew: "for want of samples",
            lacking: { found: 23, needed: 40 },
          }),
        ),
      ],
    });
    await page.getByText(/^Silent since \d\d:\d\d:\d\d: no sample came after it\./).waitFor();
    await page.getByText(/, the last value is of \d\d:\d\d:\d\d\./).waitFor();
    await page.getByText(/, when it fell silent: Only 23 samples until then: 40/).waitFor();
    await assertAccessible(page);
    strictEqual(await isWiderThanView(page), false);
  },
);

browserTest(
  "what is too young to look far ahead says when it is not, and looks less far",
  async ({ url, open }) => {
    const page = await open(`#/series/${await seriesId(url, "node_load1")}`, {
      answers: [
        changed<Schemas["StoredForecast"]>(/\/retrieval\/series\/\w+\/forecast$/, (answer) => ({
          ...answer,
          tooFew: "for want of samples",
          lacking: { found: 23, needed: 40 },
        })),
      ],
    });
    const panel = page.getByRole("region", { name: "Past and next" });
    await panel.getByText(/ If they go on coming, there are enough at \d\d:\d\d\./).waitFor();
    await panel.getByRole("button", { name: "Look 5 min ahead" }).click();
    await panel.getByText(/^From \d\d:\d\d:\d\d, next 5 min: mean /).waitFor();
    strictEqual(
      await panel.getByRole("button", { name: "5 min", exact: true }).getAttribute("aria-pressed"),
      "true",
    );
  },
);
