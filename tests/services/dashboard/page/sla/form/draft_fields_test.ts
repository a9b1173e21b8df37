import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  describeEntry,
  describeHint,
  readDraft,
  writeEntries,
} from "../../../../../../services/dashboard/page/sla/form/draft_fields.ts";

const STORED = { name: "load", expression: "node_load1", max: 4, labels: { team: "shop" }, step: "15s" };

Deno.test("readDraft() keeps what the form does not ask, and leaves out what was emptied", () => {
  deepStrictEqual(readDraft(writeEntries(STORED), STORED), STORED);
  const { max: _, ...open } = STORED;
  deepStrictEqual(readDraft({ ...writeEntries(STORED), max: "" }, STORED), open);
});

Deno.test("readDraft() takes labels as they are typed, none where they were emptied, and hands on what is none", () => {
  const entries = writeEntries(STORED);
  strictEqual(entries.labels, "team=shop");
  const typed = (labels: string): unknown => readDraft({ ...entries, labels }, STORED).labels;
  deepStrictEqual(typed("team=shop, tier=1"), { team: "shop", tier: "1" });
  strictEqual(typed(" "), undefined);
  strictEqual(typed("team"), "team");
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

Deno.test("readDraft() takes numbers with the units of the expression, and a target in percent", () => {
  const entries = writeEntries({ name: "a" });
  for (const [typed, target] of [["99 %", 0.99], ["99%", 0.99], ["99,9 %", 0.999], ["0.99", 0.99]] as const) {
    deepStrictEqual(readDraft({ ...entries, target: typed }).target, target);
  }
  const bytes = { ...entries, expression: "process_resident_memory_bytes", max: "2 GiB", min: "90 %" };
  deepStrictEqual([readDraft(bytes).max, readDraft(bytes).min], [2 * 1024 ** 3, "90 %"]);
  deepStrictEqual(readDraft({ ...entries, target: "%" }), { name: "a", target: "%" });
});

Deno.test("describeEntry() says how a number was read, where that is not plain to see", () => {
  const entries = { ...writeEntries({ name: "a" }), expression: "process_resident_memory_bytes" };
  strictEqual(describeEntry("max", { ...entries, max: "2 GiB" }), "= 2,147,483,648 bytes");
  strictEqual(describeEntry("max", { ...entries, max: "2147483648" }), "= 2 GiB");
  strictEqual(describeEntry("target", { ...entries, target: "99.999 %" }), "= 0.99999");
  strictEqual(describeEntry("target", { ...entries, target: "0.99999" }), "= 99.999 %");
  strictEqual(describeEntry("name", entries), undefined);
  strictEqual(describeEntry("max", { ...entries, max: "much" }), undefined);
});

Deno.test("readDraft() takes lengths of time as the page spells them, and as Prometheus does", () => {
  const stored = { name: "a", budgetWindow: "1h30m", tolerance: "2m" };
  const entries = writeEntries(stored);
  deepStrictEqual([entries.budgetWindow, entries.tolerance], ["1 h 30 min", "2 min"]);
  deepStrictEqual(readDraft(entries), stored);
  deepStrictEqual(readDraft({ ...entries, tolerance: "2m" }).tolerance, "2m");
  deepStrictEqual(readDraft({ ...entries, tolerance: "a while" }).tolerance, "a while");
});

Deno.test("describeHint() names examples of the expression's unit alone, once it is known", () => {
  strictEqual(describeHint("min", ""), "Lowest value in bounds; 90 %, 2 GiB and 500 ms are read too.");
  strictEqual(describeHint("min", "process_resident_memory_bytes"), "Lowest value in bounds, such as 2 GiB.");
  strictEqual(describeHint("min", "cache_hit_ratio"), "Lowest value in bounds, such as 0.9 or 90 %.");
  strictEqual(describeHint("name", "cache_hit_ratio"), "Unique; any characters.");
});
