import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { create, openSlaManager } from "../../../support/sla_manager.ts";

const flat = (value: number) => (_timeMs: number) => value;

Deno.test("POST /slas stores, evaluates, and answers with a relative Location", async () => {
  await using manager = openSlaManager();
  manager.source.series.set("up", [{ labels: { __name__: "up" }, valueAt: flat(1) }]);
  const created = await manager.json("POST", "/slas", { name: "up is 1", expression: "up", min: 1 });
  strictEqual(created.status, 201);
  strictEqual(created.headers.get("location"), `slas/${created.body.id}`);
  strictEqual(created.headers.get("etag"), '"1"');
  deepStrictEqual([created.body.min, created.body.max, created.body.derived], [1, null, false]);
  const status = await manager.json("GET", `/slas/${created.body.id}/status`);
  deepStrictEqual([status.body.state, status.body.value, status.body.ageMs], ["ok", 1, 0]);
  deepStrictEqual(status.body.recent.min, 1);
});

Deno.test("PUT without a step keeps the one that was found, while the expression is the same", async () => {
  await using manager = openSlaManager();
  for (const name of ["m", "n"]) manager.source.series.set(name, [{ labels: {}, valueAt: flat(1) }]);
  const id = await create(manager, { name: "a", expression: "m", max: 2, target: 0.99 });
  await manager.run(120_000);
  const before = (await manager.json("GET", `/slas/${id}/budget`)).body.goodMs;
  // A target that is scraped seldom has joined: what is found now is another step.
  const { inspect } = manager.source;
  manager.source.inspect = async (expression) => ({ ...await inspect(expression), stepMs: 60_000 });
  const put = async (draft: object) => (await manager.json("PUT", `/slas/${id}`, draft)).body.step;
  strictEqual(await put({ name: "renamed", expression: "m", max: 2, target: 0.99 }), "15s");
  deepStrictEqual(
    (await manager.json("GET", `/slas/${id}/events`)).body.items.map((e: { kind: string }) => e.kind),
    [
      "state",
    ],
  );
  ok((await manager.json("GET", `/slas/${id}/budget`)).body.goodMs >= before, "accounting goes on");
  strictEqual(await put({ name: "renamed", expression: "m", max: 2, step: "30s" }), "30s");
  strictEqual(await put({ name: "renamed", expression: "n", max: 2 }), "1m");
});

Deno.test("POST /slas: an expression without series is accepted with bounds and refused without", async () => {
  await using manager = openSlaManager();
  const refused = await manager.json("POST", "/slas", { name: "a", expression: "gone" });
  strictEqual(refused.status, 422);
  const message = "yields no series now to take bounds from: give min or max";
  deepStrictEqual(refused.body.errors, [{ field: "expression", message }]);
  const tried = await manager.json("POST", "/slas/preview", { name: "a", expression: "gone" });
  deepStrictEqual([tried.status, tried.body.errors], [422, refused.body.errors]);
  const taken = await manager.json("POST", "/slas", { name: "a", expression: "gone", max: 1 });
  strictEqual(taken.status, 201);
  ok(taken.body.warnings[0].includes("no series"));
  const status = await manager.json("GET", `/slas/${taken.body.id}/status`);
  strictEqual(status.body.state, "unknown");
  const preview = await manager.json("POST", "/slas/preview", { name: "b", expression: "gone", max: 1 });
  for (const { reason, series } of [preview.body.status, preview.body.prediction, status.body]) {
    deepStrictEqual([reason, series], ["the expression yields no series", []]);
  }
  const violations = await manager.json("GET", `/slas/${taken.body.id}/violations`);
  deepStrictEqual([violations.body.count, violations.body.missing, violations.body.series], [0, 240, []]);
});

Deno.test("GET /slas: that an expression yields no series is warned of while it is so", async () => {
  await using manager = openSlaManager();
  const id = await create(manager, { name: "a", expression: "late", max: 1 });
  const warnings = async () => {
    const one = await manager.json("GET", `/slas/${id}`);
    const list = await manager.json("GET", "/slas");
    deepStrictEqual(list.body.items, [one.body]);
    return one.body.warnings;
  };
  strictEqual((await warnings()).length, 1);
  const { body: preview } = await manager.json("POST", "/slas/preview", {
    name: "b",
    expression: "late",
    max: 1,
  });
  deepStrictEqual(preview.sla.warnings, await warnings());
  manager.source.down = true;
  await manager.run(60_000);
  deepStrictEqual(await warnings(), [], "nobody knows while the source is down");
  manager.source.down = false;
  manager.source.series.set("late", [{ labels: {}, valueAt: () => 0 }]);
  await manager.run(60_000);
  deepStrictEqual(await warnings(), []);
});

Deno.test("POST and PUT refuse another content type, a taken name and too many series", async () => {
  await using manager = openSlaManager({ settings: { seriesMax: 2 } });
  const series = [1, 2, 3].map((n) => ({ labels: { __name__: "m", n: `${n}` }, valueAt: flat(1) }));
  manager.source.series.set("many", series).set("few", series.slice(1));
  const body = { name: "a", expression: "few", max: 1 };
  const text = await manager.json("POST", "/slas", JSON.stringify(body), { "content-type": "text/plain" });
  strictEqual(text.status, 415);
  const many = await manager.json("POST", "/slas", { ...body, expression: "many" });
  const message = "must yield at most 2 series (sum by (…) makes fewer): found 3";
  deepStrictEqual([many.status, many.body.errors], [422, [{ field: "expression", message }]]);
  const tried = await manager.json("POST", "/slas/preview", { ...body, expression: "many" });
  deepStrictEqual(tried.body.errors, many.body.errors);
  strictEqual((await manager.json("POST", "/slas", body)).status, 201);
  const taken = await manager.json("POST", "/slas", body);
  deepStrictEqual([taken.status, taken.body.errors[0].field], [409, "name"]);
  const other = (await manager.json("POST", "/slas", { ...body, name: "other" })).body.id;
  const renamed = await manager.json("PUT", `/slas/${other}`, body);
  deepStrictEqual([renamed.status, renamed.body.errors[0].field], [409, "name"]);
  strictEqual((await manager.json("GET", "/slas")).body.items.length, 2);
});

Deno.test("writes need the token when there is one, reads do not", async () => {
  await using manager = openSlaManager({ tokens: [{ name: "ci", token: "secret" }] });
  manager.source.series.set("m", [{ labels: {}, valueAt: flat(1) }]);
  const body = { name: "a", expression: "m", max: 1 };
  strictEqual((await manager.json("POST", "/slas", body)).status, 401);
  strictEqual((await manager.json("POST", "/slas/preview", body)).status, 401);
  strictEqual((await manager.json("GET", "/slas")).status, 200);
  const authorized = await manager.json("POST", "/slas", body, { authorization: "Bearer secret" });
  strictEqual(authorized.status, 201);
});

Deno.test("PUT and DELETE heed If-Match: of two who change one revision, one wins", async () => {
  await using manager = openSlaManager();
  manager.source.series.set("m", [{ labels: {}, valueAt: flat(1) }]);
  const { body: { id } } = await manager.json("POST", "/slas", { name: "a", expression: "m", max: 2 });
  const put = (max: number) =>
    manager.json("PUT", `/slas/${id}`, { name: "a", expression: "m", max }, { "if-match": '"1"' });
  const statuses = (await Promise.all([put(3), put(4)])).map(({ status }) => status).sort();
  deepStrictEqual(statuses, [200, 412]);
  strictEqual((await manager.json("DELETE", `/slas/${id}`, undefined, { "if-match": '"1"' })).status, 412);
  // As proxies mark a tag whose answer they compress: Caddy with its name for it, others as weak.
  const compressed = { "if-match": '"2-gzip"' };
  const third = await manager.json("PUT", `/slas/${id}`, { name: "a", expression: "m", max: 5 }, compressed);
  deepStrictEqual([third.status, third.body.revision], [200, 3]);
  strictEqual((await manager.json("DELETE", `/slas/${id}`, undefined, compressed)).status, 412);
  strictEqual((await manager.json("DELETE", `/slas/${id}`, undefined, { "if-match": 'W/"3"' })).status, 204);
  for (const path of ["", "/status", "/violations", "/prediction", "/budget"]) {
    strictEqual((await manager.json("GET", `/slas/${id}${path}`)).status, 404, path);
  }
  strictEqual((await manager.json("GET", `/slas/${id}/events`)).body.items.length, 3, "its events stay");
});

Deno.test("a delete during an evaluation of all leaves nothing behind", async () => {
  await using manager = openSlaManager();
  const ids: string[] = [];
  for (let n = 0; n < 20; n++) {
    manager.source.series.set(`m${n}`, [{ labels: { __name__: `m${n}` }, valueAt: flat(1) }]);
    ids.push((await manager.json("POST", "/slas", { name: `${n}`, expression: `m${n}`, max: 2 })).body.id);
  }
  await manager.clock.advance(30_000);
  const evaluation = manager.evaluator.evaluateAll();
  const deletions = await Promise.all(ids.slice(0, 10).map((id) => manager.json("DELETE", `/slas/${id}`)));
  await evaluation;
  await manager.run(60_000);
  deepStrictEqual([...new Set(deletions.map(({ status }) => status))], [204]);
  strictEqual((await manager.json("GET", "/slas/status")).body.items.length, 10);
  for (const id of ids.slice(0, 10)) strictEqual(await manager.store.progress.load(id, 0), null);
  deepStrictEqual(manager.problems, []);
});

Deno.test("names, labels and expressions of any content are data", async () => {
  await using manager = openSlaManager();
  const hostile = `'; DROP TABLE slas; -- "日本語" \\ \u0000 {a=~".*"}`;
  manager.source.series.set(hostile, [{ labels: { [hostile]: hostile }, valueAt: flat(1) }]);
  const body = {
    name: hostile,
    expression: hostile,
    max: 2,
    labels: { constructor: hostile },
    description: hostile,
  };
  const created = await manager.json("POST", "/slas", body);
  strictEqual(created.status, 201, JSON.stringify(created.body));
  const read = await manager.json("GET", `/slas/${created.body.id}`);
  deepStrictEqual([read.body.name, read.body.labels], [hostile, { constructor: hostile }]);
  const status = await manager.json("GET", `/slas/${created.body.id}/status`);
  deepStrictEqual(status.body.series[0].labels, { [hostile]: hostile });
});

Deno.test("paths that are no id answer 405 to what is done to an SLA", async () => {
  await using manager = openSlaManager();
  const draft = { name: "a", expression: "m", max: 1 };
  for (const path of ["status", "violations", "predictions", "budgets", "events", "preview"]) {
    const allowed = path === "preview" ? "POST" : "GET, HEAD";
    for (const [method, body] of [["PUT", draft], ["PUT", "{"], ["DELETE"], ["PATCH", draft]] as const) {
      const { status, headers } = await manager.json(method, `/slas/${path}`, body);
      deepStrictEqual([status, headers.get("allow")], [405, allowed], `${method} ${path}`);
    }
  }
  strictEqual((await manager.json("GET", "/slas/preview")).status, 405);
  strictEqual((await manager.json("PUT", "/slas/stat", draft)).status, 404);
});
