import { deepStrictEqual } from "node:assert/strict";
import { readDraft, writeEntries } from "../../../services/dashboard/page/sla/draft_fields.ts";

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
