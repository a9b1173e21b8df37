import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { ApiError } from "../../../../../../client/mod.ts";
import { readDraft, writeEntries } from "../../../../../../services/dashboard/page/sla/form/draft_fields.ts";
import {
  describeRefusal,
  describeWrong,
  findWrongFields,
  refusedFields,
} from "../../../../../../services/dashboard/page/sla/form/wrong_fields.ts";

Deno.test("findWrongFields() marks the field that was changed, in the words of the form", () => {
  deepStrictEqual(findWrongFields({ min: 5, max: 3 }, "min"), { min: "must not be above Max (3)" });
  deepStrictEqual(findWrongFields({ min: 5, max: 3 }, "max"), { max: "must not be below Min (5)" });
  deepStrictEqual(findWrongFields({ min: 5, max: 3 }, undefined), { max: "must not be below Min (5)" });
  deepStrictEqual(findWrongFields({ max: 3, warnMax: 4 }, "warnMax"), {
    warnMax: "must not be above Max (3)",
  });
  deepStrictEqual(findWrongFields({ min: 3, max: 3 }, "max"), {});
});

Deno.test("findWrongFields() marks a number that is none", () => {
  const typed = { max: "3x" } as unknown as { max: number };
  deepStrictEqual(findWrongFields(typed, "max"), { max: "must be a number, such as 4.5" });
  const bytes = { ...typed, expression: "node_memory_MemFree_bytes" };
  deepStrictEqual(findWrongFields(bytes, "max"), {
    max: "“x” is not a unit of bytes: try 2 GiB",
  });
  const words = { ...bytes, max: "much" } as unknown as { max: number };
  deepStrictEqual(findWrongFields(words, "max"), { max: "must be a number, such as 2 GiB" });
  const share = { target: "most" } as unknown as { target: number };
  deepStrictEqual(findWrongFields(share, "target"), {
    target: "must be a number, such as 0.99 or 99 %",
  });
});

Deno.test("findWrongFields() marks a target that is no share of the time, and says how it was read", () => {
  for (
    const [typed, read] of [["99,999 %", "99,999 %"], ["99.9", "9,990 %"], ["100 %", "100 %"], ["0", "0 %"], [
      "-1",
      "-100 %",
    ]]
  ) {
    const { target } = readDraft(writeEntries({ target: typed as unknown as number }));
    deepStrictEqual(findWrongFields({ target }, "target"), {
      target: `must be above 0 % and below 100 %: read as ${read}`,
    }, typed);
  }
  for (const target of [0.001, 0.99999, null, undefined]) {
    deepStrictEqual(findWrongFields({ target }, "target"), {});
  }
});

Deno.test("findWrongFields() writes a bound in the unit of the expression", () => {
  deepStrictEqual(findWrongFields({ expression: "cache_hit_ratio", min: 0.9, max: 0.5 }, "min"), {
    min: "must not be above Max (50 %)",
  });
});

Deno.test("findWrongFields() says which unit is none of the expression's", () => {
  const found = (expression: string, max: string) =>
    findWrongFields({ expression, max } as unknown as { max: number }, "max").max;
  strictEqual(
    found("process_resident_memory_bytes", "500 ms"),
    "“ms” is not a unit of bytes: try 2 GiB",
  );
  strictEqual(
    found("rate(node_network_receive_bytes_total[5m])", "500 ms"),
    "“ms” is not a unit of bytes per second: try 2 MiB/s",
  );
  strictEqual(
    found("cache_hit_ratio", "2 GiB"),
    "“GiB” is not a unit of a share: try 0.9 or 90 %",
  );
  strictEqual(found("cache_hit_ratio", "1.2.3 %"), "must be a number, such as 0.9 or 90 %");
});

Deno.test("findWrongFields() says which unit a length of time needs, and what is no length", () => {
  const found = (typed: Record<string, string>) =>
    findWrongFields(readDraft(writeEntries(typed)), "tolerance");
  deepStrictEqual(found({ tolerance: "2" }), { tolerance: "needs a unit, such as 2 min" });
  deepStrictEqual(found({ tolerance: "a while" }), {
    tolerance: "must be a length of time, such as 2 min",
  });
  deepStrictEqual(found({ budgetWindow: "7" }), { budgetWindow: "needs a unit, such as 7 d" });
  for (const tolerance of ["", "0", "2 min", "2m", "1 h 30 min", "90s"]) {
    deepStrictEqual(found({ tolerance }), {});
  }
});

Deno.test("findWrongFields() writes bytes as they were typed", () => {
  deepStrictEqual(findWrongFields({ expression: "a_bytes", min: 2 * 1024 ** 3, max: 1.8e9 }, "min"), {
    min: "must not be above Max (1.8 GB)",
  });
});

Deno.test("describeWrong() points to the fields by their labels", () => {
  const wrong = { target: "must be below 1", name: "must be unique: another SLA has it" };
  strictEqual(describeWrong("Not saved", wrong), "Not saved: see Name and Target.");
  strictEqual(describeWrong("Not judged", { max: "must be a number" }), "Not judged: see Max.");
});

Deno.test("describeRefusal() points to the fields of the form, and tells what no field is wrong in", () => {
  const body = new ApiError(422, "The body is not as documented: target must be below 1", {
    fields: { target: "must be below 1" },
  });
  strictEqual(describeRefusal("Not saved", body), "Not saved: see Target.");
  deepStrictEqual(refusedFields(body), { target: "must be below 1" });
  const other = new ApiError(422, "The body is not as documented: step must be a duration", {
    fields: { step: "must be a duration" },
  });
  strictEqual(
    describeRefusal("Not judged", other),
    "Not judged. The body is not as documented: step must be a duration.",
  );
});

Deno.test("findWrongFields() marks labels that are none", () => {
  const found = (labels: string) => findWrongFields(readDraft({ ...writeEntries({}), labels }), "labels");
  deepStrictEqual(found("team=shop"), {});
  deepStrictEqual(found("team"), {
    labels: 'must be pairs of name=value with commas between them, such as team=shop, note="a, b"',
  });
});

Deno.test("refusedFields() tells of labels which of them is refused", () => {
  const one = new ApiError(422, "No names", {
    fields: { "labels.a b": "must have a name", "labels.sla": "must not" },
  });
  deepStrictEqual(refusedFields(one), { labels: "“a b” must have a name" });
  strictEqual(describeRefusal("Not saved", one), "Not saved: see Labels.");
  const all = new ApiError(422, "Too many", { fields: { labels: "must be at most 64 labels" } });
  deepStrictEqual(refusedFields(all), { labels: "must be at most 64 labels" });
});

Deno.test("refusedFields() tells what several fields are refused for once", () => {
  const twice = new ApiError(422, "No values", {
    fields: { min: "yields no values", max: "yields no values" },
  });
  deepStrictEqual(refusedFields(twice), { min: "yields no values" });
});
