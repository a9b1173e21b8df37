import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { create, openSlaManager, START_MS } from "../../support/sla_manager.ts";

const STEP = 15_000;
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

Deno.test("POST /slas takes bounds that are not given from the last 30 minutes, and marks them", async () => {
  await using manager = openSlaManager();
  const valueAt = (timeMs: number) => timeMs < START_MS - 1_800_000 ? 999 : (timeMs / STEP) % 7;
  manager.source.series.set("m", [{ labels: { __name__: "m" }, valueAt }]);
  const { body } = await manager.json("POST", "/slas", { name: "a", expression: "m" });
  deepStrictEqual([body.min, body.max, body.derived], [0, 6, true]);
  strictEqual(body.derivedFrom.toMs - body.derivedFrom.fromMs, 1_800_000);
  // Saving again does not move them, another expression does.
  const again = await manager.json("PUT", `/slas/${body.id}`, { name: "b", expression: "m" });
  deepStrictEqual([again.body.min, again.body.max, again.body.derived, again.body.revision], [0, 6, true, 2]);
});

Deno.test("POST /slas: an expression without series is accepted with bounds and refused without", async () => {
  await using manager = openSlaManager();
  const refused = await manager.json("POST", "/slas", { name: "a", expression: "gone" });
  strictEqual(refused.status, 422);
  deepStrictEqual(refused.body.errors.map(({ field }: { field: string }) => field), ["min", "max"]);
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
  [{ labels: 4 }, "labels", "must be an object: found 4"],
  [{ labels: { "": "a" } }, "labels.", "must have other keys: must not be empty"],
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

Deno.test("POST /slas refuses another content type, a taken name and too many series", async () => {
  await using manager = openSlaManager({ settings: { seriesMax: 2 } });
  const series = [1, 2, 3].map((n) => ({ labels: { __name__: "m", n: `${n}` }, valueAt: flat(1) }));
  manager.source.series.set("many", series).set("few", series.slice(1));
  const body = { name: "a", expression: "few", max: 1 };
  const text = await manager.json("POST", "/slas", JSON.stringify(body), { "content-type": "text/plain" });
  strictEqual(text.status, 415);
  const many = await manager.json("POST", "/slas", { ...body, expression: "many" });
  const message = "must yield at most 2 series: found 3";
  deepStrictEqual([many.status, many.body.errors], [422, [{ field: "expression", message }]]);
  const tried = await manager.json("POST", "/slas/preview", { ...body, expression: "many" });
  deepStrictEqual(tried.body.errors, many.body.errors);
  strictEqual((await manager.json("POST", "/slas", body)).status, 201);
  const taken = await manager.json("POST", "/slas", body);
  deepStrictEqual([taken.status, taken.body.errors[0].field], [409, "name"]);
  strictEqual((await manager.json("GET", "/slas")).body.items.length, 1);
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
  strictEqual((await manager.json("GET", `/slas/${id}/events`)).body.items.length, 1, "its events stay");
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
    labels: { [hostile]: hostile },
    description: hostile,
  };
  const created = await manager.json("POST", "/slas", body);
  strictEqual(created.status, 201, JSON.stringify(created.body));
  const read = await manager.json("GET", `/slas/${created.body.id}`);
  deepStrictEqual([read.body.name, read.body.labels], [hostile, { [hostile]: hostile }]);
  const status = await manager.json("GET", `/slas/${created.body.id}/status`);
  deepStrictEqual(status.body.series[0].labels, { [hostile]: hostile });
});

Deno.test("a label is kept whatever its name, and refused by it", async () => {
  await using manager = openSlaManager();
  const labels = JSON.parse('{"__proto__":"x","constructor":"y"}');
  manager.source.series.set("m", [{ labels, valueAt: flat(1) }]);
  const created = await manager.json("POST", "/slas", { name: "a", expression: "m", max: 2, labels });
  strictEqual(JSON.stringify(created.body.labels), JSON.stringify(labels));
  const status = await manager.json("GET", `/slas/${created.body.id}/status`);
  strictEqual(JSON.stringify(status.body.series[0].labels), JSON.stringify(labels));
  const draft = { name: "b", expression: "m", max: 2 };
  for (
    const [wrong, field, message] of [
      ['{"__proto__":1}', "labels.__proto__", "must be a text: found 1"],
      ['{"":"x"}', "labels.", "must have other keys: must not be empty"],
      ["[]", "labels", "must be an object: found a list"],
      ["null", "labels", "must be an object: found null"],
      [
        JSON.stringify(Object.fromEntries(Array.from({ length: 65 }, (_, i) => [i, "x"]))),
        "labels",
        "must be at most 64 labels",
      ],
    ]
  ) {
    const { status, body } = await manager.json("POST", "/slas", { ...draft, labels: JSON.parse(wrong) });
    deepStrictEqual([status, body.errors], [422, [{ field, message }]], wrong);
  }
});

Deno.test("each label set is judged apart, worst first", async () => {
  await using manager = openSlaManager();
  const series = [1, 9, 3].map((value) => ({
    labels: { __name__: "m", v: `${value}` },
    valueAt: flat(value),
  }));
  series.push({
    labels: { __name__: "m", v: "gone" },
    valueAt: (timeMs) => timeMs < START_MS - 900_000 ? 1 : NaN,
  });
  manager.source.series.set("m", series);
  const { body: { id } } = await manager.json("POST", "/slas", { name: "a", expression: "m", max: 5 });
  const { body } = await manager.json("GET", `/slas/${id}/status`);
  deepStrictEqual([body.state, body.value], ["violated", 9]);
  deepStrictEqual(
    body.series.map((one: { state: string; labels: { v: string } }) => [one.labels.v, one.state]).slice(0, 2),
    [["9", "violated"], ["gone", "unknown"]],
  );
  const prediction = await manager.json("GET", `/slas/${id}/prediction`);
  deepStrictEqual([prediction.body.probability, prediction.body.timeToBreachMs], [1, {
    p10: 0,
    p50: 0,
    p90: 0,
  }]);
});

Deno.test("GET /slas/{id}/violations: windows, ranges, and what is refused", async () => {
  await using manager = openSlaManager();
  // Out of bounds for two minutes of every ten.
  const valueAt = (timeMs: number) => timeMs % 600_000 < 120_000 ? 9 : 1;
  manager.source.series.set("m", [{ labels: { __name__: "m" }, valueAt }]);
  const { body: { id } } = await manager.json("POST", "/slas", { name: "a", expression: "m", max: 5 });
  const hour = await manager.json("GET", `/slas/${id}/violations`);
  deepStrictEqual([hour.body.window, hour.body.toMs - hour.body.fromMs], ["1h", 3_600_000]);
  deepStrictEqual([hour.body.count, hour.body.violatedMs], [7, 6 * 120_000 - 15_000 + 15_000]);
  strictEqual(hour.body.intervals.at(-1).ongoing, true);
  const day = await manager.json("GET", `/slas/${id}/violations?window=24h`);
  strictEqual(day.body.count, 145);
  const fromMs = START_MS - 1_200_000;
  const range = await manager.json("GET", `/slas/${id}/violations?fromMs=${fromMs}&toMs=${START_MS}`);
  deepStrictEqual([range.body.count, range.body.violatedMs, range.body.missing], [2, 240_000, 0]);
  for (
    const query of [
      "window=5x",
      "window=0s",
      "fromMs=1",
      "fromMs=9&toMs=1",
      "horizon=1h",
      "fromMs=0&toMs=99999999999999",
    ]
  ) {
    const refused = await manager.json("GET", `/slas/${id}/violations?${query}`);
    strictEqual(refused.status, 422, query);
    ok(refused.body.errors.length > 0);
  }
  for (
    const [query, field, rule] of [
      ["fromMs=1", "toMs", "must be given together with fromMs"],
      ["toMs=1", "fromMs", "must be given together with toMs"],
      ["fromMs=9&toMs=1", "fromMs", "must be before toMs"],
      ["window=1h&fromMs=1&toMs=2", "window", "must not be given together with fromMs and toMs"],
      ["window=1h&window=3h", "window", "must be given once: found 2 of it"],
    ]
  ) {
    const { body } = await manager.json("GET", `/slas/${id}/violations?${query}`);
    deepStrictEqual(body.errors, [{ field, message: rule }], query);
  }
  for (const path of ["/slas/events", `/slas/${id}/events`]) {
    const { status, body } = await manager.json("GET", `${path}?fromMs=5&toMs=4`);
    deepStrictEqual([status, body.errors?.[0].field], [422, "fromMs"], path);
    strictEqual((await manager.json("GET", `${path}?fromMs=${START_MS}`)).status, 200, path);
  }
  strictEqual((await manager.json("GET", "/slas/violations?window=3h")).body.items[0].window, "3h");
  strictEqual((await manager.json("GET", "/slas/violations?window=7h")).status, 422);
  strictEqual((await manager.json("GET", "/slas/status?limit=0")).status, 422);
  strictEqual((await manager.json("GET", "/slas/events?cursor=x")).status, 422);
});

Deno.test("GET /slas/{id}/prediction is of the newest sample, as the status is", async () => {
  await using manager = openSlaManager();
  const jumpMs = START_MS - START_MS % 15_000;
  manager.source.series.set("out", [{ labels: {}, valueAt: (timeMs) => timeMs >= jumpMs ? 9 : 1 }]);
  manager.source.series.set("back", [{ labels: {}, valueAt: (timeMs) => timeMs >= jumpMs ? 1 : 9 }]);
  const ask = async (expression: string) => {
    const { body: { id } } = await manager.json("POST", "/slas", { name: expression, expression, max: 5 });
    const { body: status } = await manager.json("GET", `/slas/${id}/status`);
    const { body: prediction } = await manager.json("GET", `/slas/${id}/prediction`);
    return [
      status.state,
      status.value,
      prediction.state,
      prediction.reason,
      prediction.timeToBreachMs.p50 === 0,
    ];
  };
  deepStrictEqual(await ask("out"), ["violated", 9, "fresh", "out of bounds already", true]);
  deepStrictEqual((await ask("back")).slice(1, 4), [1, "fresh", undefined]);
});

Deno.test("GET /slas/{id}/prediction?horizon= looks further ahead", async () => {
  await using manager = openSlaManager();
  // Reaches 100 in two hours.
  const valueAt = (timeMs: number) => 50 + 50 * (timeMs - START_MS) / 7_200_000 + 0.05 * Math.sin(timeMs);
  manager.source.series.set("disk", [{ labels: { __name__: "disk" }, valueAt }]);
  const { body: { id } } = await manager.json("POST", "/slas", { name: "a", expression: "disk", max: 100 });
  const near = await manager.json("GET", `/slas/${id}/prediction`);
  deepStrictEqual([near.body.state, near.body.byStep.length], ["fresh", 40]);
  ok(near.body.probability < 0.05, `${near.body.probability}`);
  const far = await manager.json("GET", `/slas/${id}/prediction?horizon=4h`);
  deepStrictEqual([far.body.horizonMs, far.body.byStep.length], [14_400_000, 960]);
  strictEqual(far.body.byStep.at(-1), far.body.probability);
  for (const query of ["horizon=25h", "horizon=soon", "horizon=14s"]) {
    strictEqual((await manager.json("GET", `/slas/${id}/prediction?${query}`)).status, 422, query);
  }
  const { body: { errors } } = await manager.json("GET", `/slas/${id}/prediction?horizon=14s`);
  deepStrictEqual(errors, [{ field: "horizon", message: "must be at least one step of the series, 15s" }]);
  strictEqual((await manager.json("GET", `/slas/${id}/prediction?horizon=15s`)).body.byStep.length, 1);
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

Deno.test("an SLA whose step is longer than a window is answered from its newest step", async () => {
  await using manager = openSlaManager();
  manager.source.series.set("m", [{ labels: {}, valueAt: flat(5) }]);
  const { status, body: sla } = await manager.json("POST", "/slas", {
    name: "a",
    expression: "m",
    step: "1h",
  });
  strictEqual(status, 201);
  deepStrictEqual([sla.min, sla.max, sla.derivedFrom], [5, 5, {
    fromMs: START_MS,
    toMs: START_MS + 3_600_000,
  }]);
  const { recent } = (await manager.json("GET", `/slas/${sla.id}/status`)).body;
  deepStrictEqual([recent.min, recent.max, recent.mean, recent.fromMs], [5, 5, 5, START_MS]);
  for (const path of ["violations?window=1s", "samples?window=30m"]) {
    const { body } = await manager.json("GET", `/slas/${sla.id}/${path}`);
    strictEqual(body.toMs - body.fromMs, 3_600_000, path);
  }
});

Deno.test("lists are paged by a cursor, in order of creation", async () => {
  await using manager = openSlaManager();
  manager.source.series.set("m", [{ labels: {}, valueAt: flat(1) }]);
  for (let n = 0; n < 5; n++) {
    await manager.json("POST", "/slas", { name: `${n}`, expression: "m", max: 2 });
    await manager.clock.advance(1);
  }
  for (const path of ["/slas", "/slas/status", "/slas/predictions", "/slas/violations", "/slas/budgets"]) {
    const names: string[] = [];
    let cursor = "";
    do {
      const { body } = await manager.json("GET", `${path}?limit=2${cursor}`);
      names.push(...body.items.map((item: { name: string }) => item.name));
      cursor = body.nextCursor === null ? "" : `&cursor=${body.nextCursor}`;
    } while (cursor !== "");
    deepStrictEqual(names, ["0", "1", "2", "3", "4"], path);
  }
  const paths = ["/slas", "/slas/status", "/slas/predictions", "/slas/violations", "/slas/events"];
  for (const [i, path] of paths.entries()) {
    const { nextCursor } = (await manager.json("GET", `${path}?limit=1`)).body;
    for (const cursor of ["garbage", nextCursor]) {
      const other = await manager.json("GET", `${paths[(i + 1) % paths.length]}?cursor=${cursor}`);
      strictEqual(other.status, 422, path);
      strictEqual(other.body.errors[0].field, "cursor");
    }
  }
});

Deno.test("POST /slas/preview judges and stores nothing", async () => {
  await using manager = openSlaManager();
  manager.source.series.set("m", [{ labels: { __name__: "m" }, valueAt: flat(9) }]);
  const { status, body } = await manager.json("POST", "/slas/preview", {
    name: "a",
    expression: "m",
    max: 5,
  });
  strictEqual(status, 200);
  deepStrictEqual([body.status.state, body.violations.count, body.prediction.probability], [
    "violated",
    1,
    1,
  ]);
  strictEqual((await manager.json("GET", "/slas")).body.items.length, 0);
  strictEqual((await manager.json("GET", "/slas/events")).body.items.length, 0);
});

Deno.test("POST /slas/preview shows the samples of the worst label set, no more than one answer holds", async () => {
  await using manager = openSlaManager();
  const series = [1, 9, 3].map((value) => ({ labels: { n: `${value}` }, valueAt: flat(value) }));
  manager.source.series.set("m", series);
  const body = { name: "a", expression: "m", max: 5 };
  const { body: { samples, violations } } = await manager.json("POST", "/slas/preview", body);
  deepStrictEqual(samples.series.map((one: { labels: unknown }) => one.labels), [{ n: "9" }]);
  deepStrictEqual([samples.fromMs, samples.toMs], [violations.fromMs, violations.toMs]);
  deepStrictEqual(new Set(samples.series[0].values), new Set([9]));
  const fine = await manager.json("POST", "/slas/preview", { ...body, step: "1s" });
  strictEqual(fine.status, 200);
  strictEqual(fine.body.samples.series[0].values.length, 11_000);
  strictEqual(fine.body.samples.toMs, fine.body.violations.toMs);
});

Deno.test("GET /slas/events/stream tells what happens, and from the last event known on", async () => {
  await using manager = openSlaManager();
  let value = 1;
  manager.source.series.set("m", [{
    labels: { __name__: "m" },
    valueAt: (timeMs) => timeMs > START_MS ? value : 1,
  }]);
  await manager.json("POST", "/slas", { name: "a", expression: "m", max: 5 });
  const follow = async (headers: Record<string, string>) => {
    const response = await manager.app.request("/slas/events/stream", { headers });
    strictEqual(response.headers.get("content-type"), "text/event-stream");
    return response.body!.pipeThrough(new TextDecoderStream()).getReader();
  };
  const live = await follow({});
  strictEqual((await live.read()).value, ": still here\n\n");
  value = 9;
  await manager.run(60_000);
  let told = "";
  while (!told.includes("event:")) told = (await live.read()).value!;
  ok(told.startsWith("event: state\n") && told.includes('"to":"violated"') && told.includes("id: 2"), told);
  const resumed = await follow({ "last-event-id": "0" });
  let text = "";
  while (!text.includes("id: 2")) text += (await resumed.read()).value;
  ok(text.includes("id: 1"));
  manager.stop();
  while (!(await live.read()).done);
  while (!(await resumed.read()).done);
});

Deno.test("every route is in the OpenAPI document", async () => {
  await using manager = openSlaManager();
  const { body } = await manager.json("GET", "/openapi.json");
  strictEqual(body.openapi, "3.1.0");
  const routes = Object.entries(body.paths as Record<string, object>)
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
    .filter((route) => route.includes("/slas"));
  strictEqual(routes.length, 19, routes.join("\n"));
});
