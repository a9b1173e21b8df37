import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { z } from "zod";
import { readSlaFile } from "../../../../services/sla_manager/definitions/apply_file.ts";
import { ALERT_LABELS } from "../../../../services/shared/domain/sla/sla_labels.ts";
import { create, openSlaManager } from "../../../support/sla_manager.ts";

const DRAFT = { name: "a", expression: "m", max: 2 };

const NO_NAME =
  "must have a name that Alertmanager takes: of the letters a to z and A to Z, digits and _, no digit first";
const RESERVED =
  "must have another name: alerts set alertname, sla, sla_id, series_id, severity, horizon, burn_rate themselves";
const INTERNAL = "must not begin with __: such names are Prometheus' own";

/** Names that are refused, by the rule they break. */
const WRONG_NAMES: readonly (readonly [rule: string, names: readonly string[]])[] = [
  [NO_NAME, ["", "9bad", "a b", "a-b", "a.b", "a:b", "größe", "a\n"]],
  [INTERNAL, ["__name__", "__proto__", "__"]],
  [RESERVED, ALERT_LABELS],
  ["must have at most 200 characters", ["a".repeat(201)]],
];

const RIGHT_NAMES = ["team", "_", "_a_", "A9", "constructor", "name", "slas", "a".repeat(200)];

for (const [rule, names] of WRONG_NAMES) {
  for (const name of names) {
    Deno.test(`a label ${JSON.stringify(name.slice(0, 20))} is refused, by the API and in a file`, async () => {
      await using manager = openSlaManager();
      manager.source.series.set("m", [{ labels: {}, valueAt: () => 1 }]);
      const id = await create(manager, DRAFT);
      const labels = JSON.parse(`{"team":"shop",${JSON.stringify(name)}:"x"}`);
      for (const [method, path] of [["POST", "/slas"], ["POST", "/slas/preview"], ["PUT", `/slas/${id}`]]) {
        const { status, body } = await manager.json(method, path, { ...DRAFT, labels });
        deepStrictEqual([status, body.errors], [422, [{ field: `labels.${name}`, message: rule }]], path);
      }
      let message = "";
      try {
        readSlaFile(JSON.stringify([{ ...DRAFT, labels }]));
      } catch (error) {
        message = (error as Error).message;
      }
      ok(message.endsWith(`[0].labels.${name} ${rule}`), message);
    });
  }
}

Deno.test("labels of any other name are kept", async () => {
  await using manager = openSlaManager();
  manager.source.series.set("m", [{ labels: {}, valueAt: () => 1 }]);
  const labels = Object.fromEntries(RIGHT_NAMES.map((name) => [name, `value of "${name}"`]));
  const { status, body } = await manager.json("POST", "/slas", { ...DRAFT, labels });
  deepStrictEqual([status, body.labels], [201, labels]);
});

const WRONG_LABELS: readonly (readonly [labels: unknown, field: string, message: string])[] = [
  [{ a: "" }, "labels.a", "must not be empty: a label without a value is none"],
  [{ a: 1 }, "labels.a", "must be a text: found 1"],
  [{ a: "x".repeat(2_001) }, "labels.a", "must have at most 2000 characters: found 2001"],
  [{ a: "\ud800" }, "labels.a", "must be well-formed Unicode"],
  [[], "labels", "must be an object: found a list"],
  [4, "labels", "must be an object: found 4"],
  [null, "labels", "must be an object: found null"],
  [
    Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`a${i}`, "x"])),
    "labels",
    "must be at most 64 labels",
  ],
];

for (const [labels, field, message] of WRONG_LABELS) {
  Deno.test(`labels ${JSON.stringify(labels).slice(0, 20)} are refused`, async () => {
    await using manager = openSlaManager();
    const { status, body } = await manager.json("POST", "/slas", { ...DRAFT, labels });
    deepStrictEqual([status, body.errors], [422, [{ field, message }]]);
  });
}

Deno.test("the document says which labels are taken, of what is sent and not of what is stored", async () => {
  await using manager = openSlaManager();
  const { body: { components: { schemas } } } = await manager.json("GET", "/openapi.json");
  const { propertyNames, maxProperties, additionalProperties } = schemas.SlaDraft.properties.labels;
  deepStrictEqual([maxProperties, additionalProperties], [
    64,
    { type: "string", minLength: 1, maxLength: 2_000 },
  ]);
  const { not, ...rest } = propertyNames;
  const named = z.fromJSONSchema({ type: "string", ...rest });
  const isTaken = (name: string) => named.safeParse(name).success && !not.enum.includes(name);
  for (const [, names] of WRONG_NAMES) {
    for (const name of names) ok(!isTaken(name), name);
  }
  for (const name of RIGHT_NAMES) ok(isTaken(name), name);
  strictEqual(schemas.Sla.properties.labels.propertyNames, undefined);
});

Deno.test("an SLA stored with labels that are refused now is shown, judged, and edited without them", async () => {
  const before = openSlaManager();
  before.source.series.set("m", [{ labels: {}, valueAt: () => 1 }]);
  const id = await create(before, DRAFT);
  const labels = JSON.parse('{"9bad":"x","severity":"high","__proto__":"y","empty":"","team":"shop"}');
  const stored = (await before.store.definitions.read(id))!;
  await before.store.definitions.save({ ...stored, revision: 2, labels });

  await using manager = openSlaManager({ store: before.store, clock: before.clock, source: before.source });
  await manager.evaluator.evaluateAll();
  const { status, body } = await manager.json("GET", `/slas/${id}`);
  deepStrictEqual([status, JSON.stringify(body.labels)], [200, JSON.stringify(labels)]);
  strictEqual((await manager.json("GET", `/slas/${id}/status`)).body.state, "ok");
  const edit = (sent: object) => manager.json("PUT", `/slas/${id}`, { ...DRAFT, max: 3, labels: sent });
  const refused = await edit(labels);
  deepStrictEqual(refused.body.errors.map(({ field }: { field: string }) => field), [
    "labels.9bad",
    "labels.severity",
    "labels.__proto__",
    "labels.empty",
  ]);
  const edited = await edit({ team: "shop" });
  deepStrictEqual([edited.status, edited.body.labels], [200, { team: "shop" }]);
});
