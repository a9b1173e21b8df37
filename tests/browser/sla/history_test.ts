import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { Schemas } from "../../../client/mod.ts";
import { changed } from "../_answers.ts";
import { browserTest } from "../_browser_tests.ts";
import { assertAccessible, isWiderThanView } from "../_page.ts";
import { createSla, type List } from "../_services.ts";

browserTest(
  "what came to many series of an SLA at once is one line of its history, which opens",
  async ({ url, open }) => {
    const id = await createSla(url, { name: "Load", expression: "node_load1", max: 20 });
    const atMs = Date.now() - 600_000;
    const about = { slaId: id, name: "Load", from: null, value: 1, recordedAtMs: atMs };
    const page = await open(`#/sla/${id}`, {
      width: 390,
      answers: [
        changed<List<Schemas["SlaEvent"]>>(/\/sla\/slas\/[^/]+\/events/, (answer) => {
          const first = Array.from({ length: 12 }, (_, k) => ({
            ...about,
            id: `first-${k}`,
            sequence: k + 1,
            seriesId: `${k}`,
            labels: { instance: `web-${k}` },
            kind: "state",
            to: k === 7 ? "violated" : "ok",
            reason: `${k} is below the maximum of 20`,
            atMs,
          }));
          const edit = {
            ...about,
            id: "edit",
            sequence: 13,
            seriesId: "",
            labels: {},
            kind: "edited",
            to: "edited",
            reason: "max went from 10 to 20",
            atMs: atMs + 60_000,
          };
          return { ...answer, items: [edit, ...first.toReversed()] };
        }),
      ],
    });
    const history = page.getByRole("region", { name: "History" });
    const lines = history.getByRole("listitem");
    await history.getByText("max went from 10 to 20").waitFor();
    const told = await lines.allTextContents();
    // The state of now leads the list, once it is judged.
    deepStrictEqual(told.slice(-3).map((line) => /edited|11 series at once|violated/.exec(line)?.[0]), [
      "edited",
      "11 series at once",
      "violated",
    ]);
    ok(told.length <= 4, told.join("\n"));
    const one = history.getByText("3 is below the maximum of 20");
    strictEqual(await one.isVisible(), false);
    await history.getByText("11 series at once").click();
    await one.waitFor();
    strictEqual(await isWiderThanView(page), false);
    await assertAccessible(page);
  },
);
