import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { create, openSlaManager } from "../../../support/sla_manager.ts";

const flat = (value: number) => (_timeMs: number) => value;

const BAD: readonly (readonly [title: string, body: unknown, status: number, field: string | null])[] = [
  ["min above max", { name: "a", expression: "m", min: 2, max: 1 }, 422, "max"],
  ["warnMax above max", { name: "a", expression: "m", max: 1, warnMax: 2 }, 422, "max"],
  ["an empty expression", { name: "a", expression: "", max: 1 }, 422, "expression"],
  ["a blank name", { name: "  ", expression: "m", max: 1 }, 422, "name"],
  ["no expression", { name: "a", max: 1 }, 422, "expression"],
  ["an expression the source refuses", { name: "a", expression: "sum((", max: 1 }, 422, "expression"],
  ["an unknown field", { name: "a", expression: "m", maximum: 1 }, 422, "maximum"],
  ["a wrong type", { name: "a", expression: "m", max: "1" }, 422, "max"],
  ["NaN as text", { name: "a", expression: "m", max: "NaN" }, 422, "max"],
  ["an infinite bound", '{"name":"a","expression":"m","max":1e999}', 422, "max"],
  ["a target of 1", { name: "a", expression: "m", max: 1, target: 1 }, 422, "target"],
  ["a misspelt duration", { name: "a", expression: "m", max: 1, tolerance: "5 minutes" }, 422, "tolerance"],
  ["a lone surrogate", '{"name":"\\ud800","expression":"m","max":1}', 422, "name"],
  ["a list", [], 422, ""],
  ["a policy that is none", { name: "a", expression: "m", max: 1, noData: "maybe" }, 422, "noData"],
  ["broken JSON", "{", 400, null],
  ["a huge body", JSON.stringify({ name: "a", expression: "m".repeat(2_000_000) }), 413, null],
];

for (const [title, body, status, field] of BAD) {
  Deno.test(`POST /slas refuses ${title} with ${status}, and stores nothing`, async () => {
    await using manager = openSlaManager();
    manager.source.series.set("m", [{ labels: { __name__: "m" }, valueAt: flat(1) }]);
    for (const path of ["/slas", "/slas/preview"]) {
      const answer = await manager.json("POST", path, body);
      strictEqual(answer.status, status, JSON.stringify(answer.body));
      strictEqual(answer.headers.get("content-type"), "application/problem+json");
      if (field !== null) {
        ok(
          answer.body.errors.some((error: { field: string }) => error.field === field),
          JSON.stringify(answer.body),
        );
      }
    }
    strictEqual((await manager.json("GET", "/slas")).body.items.length, 0);
  });
}

const REFUSALS: readonly (readonly [draft: object, field: string, message: string])[] = [
  [{ target: 99.9 }, "target", "must be below 1, a share such as 0.999: found 99.9"],
  [{ target: 0 }, "target", "must be above 0, a share such as 0.999: found 0"],
  [{ max: "abc" }, "max", 'must be a finite number or null: found "abc"'],
  [{ name: 3 }, "name", "must be a text: found 3"],
  [{ name: "a".repeat(201) }, "name", "must have at most 200 characters: found 201"],
  [{ noData: "bad" }, "noData", 'must be one of unknown, violated, ok: found "bad"'],
];

for (const [draft, field, message] of REFUSALS) {
  Deno.test(`POST /slas says of ${field} that it ${message}`, async () => {
    await using manager = openSlaManager();
    const { status, body } = await manager.json("POST", "/slas", { name: "a", expression: "m", ...draft });
    deepStrictEqual([status, body.errors], [422, [{ field, message }]]);
    strictEqual(body.detail, `The body is not as documented: ${field} ${message}`);
  });
}

Deno.test("POST /slas says of a body that is none what it must be", async () => {
  await using manager = openSlaManager();
  const { status, body } = await manager.json("POST", "/slas", [1]);
  deepStrictEqual([status, body.errors], [422, [{ field: "", message: "must be an object: found a list" }]]);
});

Deno.test("every route of an SLA that is not there says so, and where to look", async () => {
  await using manager = openSlaManager();
  const paths = [
    "",
    "/status",
    "/samples",
    "/violations",
    "/prediction",
    "/budget",
    "/budget/history",
    "/events",
  ];
  const asked: (readonly [string, string, object?])[] = paths.map((path) => ["GET", path]);
  asked.push(["DELETE", ""], ["PUT", "", { name: "a", expression: "m", max: 1 }]);
  const detail = 'There is no SLA "none": the list of SLAs has those there are';
  for (const [method, path, body] of asked) {
    const answer = await manager.json(method, `/slas/none${path}`, body);
    deepStrictEqual([answer.status, answer.body.detail], [404, detail], `${method} ${path}`);
  }
});

Deno.test("hostile requests are answered 4xx and change nothing", async () => {
  await using manager = openSlaManager();
  manager.source.series.set("m", [{ labels: {}, valueAt: flat(5) }]);
  const id = await create(manager, { name: "a", expression: "m", max: 100 });
  const attempts: [string, string, unknown?, Record<string, string>?][] = [
    ["GET", "/slas/' OR 1=1 --"],
    ["GET", `/slas/${"x".repeat(5_000)}/status`],
    ["GET", `/slas/${id}/violations?window=366d`],
    ["GET", `/slas/${id}/violations?fromMs=0&toMs=1767225600000`],
    ["GET", `/slas?limit=100000`],
    ["GET", `/slas?drop=table`],
    ["POST", "/slas", `{"name":"b","__proto__":{"x":1},"expression":"m","max":1}`],
    ["POST", "/slas", `${"[".repeat(200_000)}`],
    ["POST", "/slas", "x".repeat(10_000_000)],
    ["PUT", `/slas/${id}`, { name: "a", expression: "m", max: 1 }, { "if-match": "whatever" }],
    ["DELETE", "/slas/none"],
    ["PATCH", `/slas/${id}`, {}],
    ["GET", "/slas/events/stream", undefined, { "last-event-id": "; DROP TABLE" }],
  ];
  for (const [method, path, body, headers] of attempts) {
    const answer = await manager.json(method, path, body, headers);
    ok(answer.status >= 400 && answer.status < 500, `${method} ${path.slice(0, 60)}: ${answer.status}`);
    strictEqual(answer.headers.get("content-type"), "application/problem+json");
  }
  const { body: { items } } = await manager.json("GET", "/slas");
  deepStrictEqual([items.length, items[0].max], [1, 100]);
});
