import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { applySlaFile, readSlaFile } from "../../../../services/sla_manager/definitions/apply_file.ts";
import { openSlaManager } from "../../../support/sla_manager.ts";

Deno.test("applySlaFile() changes nothing when it is applied again", async () => {
  await using manager = openSlaManager();
  manager.source.series.set("up", [{ labels: { __name__: "up" }, valueAt: (timeMs) => timeMs % 7 }]);
  const drafts = readSlaFile(JSON.stringify([
    { name: "up", expression: "up", min: 1, target: 0.99 },
    { name: "derived", expression: "up" },
  ]));
  deepStrictEqual(await applySlaFile(manager.evaluator, drafts), { created: 2, replaced: 0, unchanged: 0 });
  await manager.clock.advance(3_600_000);
  deepStrictEqual(await applySlaFile(manager.evaluator, drafts), { created: 0, replaced: 0, unchanged: 2 });
  const changed = drafts.map((draft) => draft.name === "up" ? { ...draft, min: 0 } : draft);
  deepStrictEqual(await applySlaFile(manager.evaluator, changed), { created: 0, replaced: 1, unchanged: 1 });
});

Deno.test("readSlaFile() names every wrong field", () => {
  const text = JSON.stringify([{ name: "a", expression: "up", min: 2, max: 1 }, {
    name: "",
    expression: "up",
    mx: 1,
  }]);
  throws(() => readSlaFile(text), (error: Error) => {
    ok(error.message.includes("[0].max must not be below min"), error.message);
    ok(error.message.includes("[1].name must not be blank"), error.message);
    return true;
  });
  throws(
    () => readSlaFile(JSON.stringify([{ name: "a", expression: "b" }, { name: "a", expression: "c" }])),
    /unique/,
  );
  throws(() => readSlaFile("{"), /must be JSON/);
});
