import { deepStrictEqual } from "node:assert/strict";
import { readDraft, writeEntries } from "../../../services/dashboard/page/sla/form/draft_fields.ts";

const STORED = { name: "load", expression: "node_load1", max: 4, labels: { team: "shop" }, step: "15s" };

Deno.test("readDraft() keeps what the form does not ask, and leaves out what was emptied", () => {
  deepStrictEqual(readDraft(writeEntries(STORED), STORED), STORED);
  const { max: _, ...open } = STORED;
  deepStrictEqual(readDraft({ ...writeEntries(STORED), max: "" }, STORED), open);
});

Deno.test("readDraft() takes a comma for a point, and hands on what is no number", () => {
  const entries = writeEntries({ name: "a", expression: "m" });
  deepStrictEqual(readDraft({ ...entries, min: " 1,5 ", max: "many" }), {
    name: "a",
    expression: "m",
    min: 1.5,
    max: "many",
  });
});

Deno.test("readDraft() takes a target in percent, and no other field", () => {
  const entries = writeEntries({ name: "a" });
  for (const [typed, target] of [["99 %", 0.99], ["99%", 0.99], ["99,9 %", 0.999], ["0.99", 0.99]] as const) {
    deepStrictEqual(readDraft({ ...entries, target: typed }).target, target);
  }
  deepStrictEqual(readDraft({ ...entries, max: "99 %", target: "%" }), {
    name: "a",
    max: "99 %",
    target: "%",
  });
});

Deno.test("readDraft() takes lengths of time as the page spells them, and as Prometheus does", () => {
  const stored = { name: "a", budgetWindow: "1h30m", tolerance: "2m" };
  const entries = writeEntries(stored);
  deepStrictEqual([entries.budgetWindow, entries.tolerance], ["1 h 30 min", "2 min"]);
  deepStrictEqual(readDraft(entries), stored);
  deepStrictEqual(readDraft({ ...entries, tolerance: "2m" }).tolerance, "2m");
  deepStrictEqual(readDraft({ ...entries, tolerance: "a while" }).tolerance, "a while");
});
