import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { ApiError } from "../../../client/mod.ts";
import {
  describeRefusal,
  describeWrong,
  findWrongFields,
  refusedFields,
} from "../../../services/dashboard/page/sla/form/wrong_fields.ts";

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
  const share = { target: "most" } as unknown as { target: number };
  deepStrictEqual(findWrongFields(share, "target"), {
    target: "must be a number, such as 0.99 or 99 %",
  });
});

Deno.test("describeWrong() names fields by their labels", () => {
  strictEqual(
    describeWrong({ target: "must be below 1", name: "must be unique: another SLA has it" }),
    "Name must be unique: another SLA has it. Target must be below 1.",
  );
});

Deno.test("describeRefusal() says what is wrong once, of the form and not of a body", () => {
  const inner = "Cannot read the expression as PromQL ends its brackets: found up(";
  const expression = new ApiError(422, `Cannot judge the expression: ${inner}`, { expression: inner });
  strictEqual(describeRefusal(expression), `${inner}.`);
  const body = new ApiError(422, "The body is not as documented: target must be below 1", {
    target: "must be below 1",
  });
  strictEqual(describeRefusal(body), "Target must be below 1.");
  deepStrictEqual(refusedFields(body), { target: "must be below 1" });
  strictEqual(describeRefusal(new Error("The service can't be reached")), "The service can't be reached.");
});
