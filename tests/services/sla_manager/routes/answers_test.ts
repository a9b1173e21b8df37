import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { openSlaManager, START_MS } from "../../../support/sla_manager.ts";

const flat = (value: number) => (_timeMs: number) => value;

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

Deno.test("a status tells from when on it speaks of a young series", async () => {
  await using manager = openSlaManager();
  const firstMs = START_MS - 300_000;
  const valueAt = (timeMs: number) => timeMs < firstMs ? NaN : 3;
  manager.source.series.set("m", [{ labels: { __name__: "m" }, valueAt }]);
  const { body: { id } } = await manager.json("POST", "/slas", { name: "a", expression: "m", max: 5 });
  const { body: { recent } } = await manager.json("GET", `/slas/${id}/status`);
  deepStrictEqual([recent.min, recent.max, recent.mean, recent.fromMs], [3, 3, 3, firstMs]);
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
      ["fromMs=9&toMs=1", "fromMs", "must be before toMs, 1: found 9"],
      ["window=1h&fromMs=1&toMs=2", "window", "must not be given together with fromMs and toMs"],
      ["window=1h&window=3h", "window", "must be given once: found 2 of it"],
    ]
  ) {
    const { body } = await manager.json("GET", `/slas/${id}/violations?${query}`);
    deepStrictEqual(body.errors, [{ field, message: rule }], query);
  }
  for (
    const [path, stepsMax, longest] of [["violations", 500_000, "86d19h20m"], [
      "samples",
      11_000,
      "1d21h50m",
    ]]
  ) {
    for (
      const [query, field] of [["window=366d", "window"], [`fromMs=0&toMs=${366 * 86_400_000}`, "fromMs"]]
    ) {
      const { body } = await manager.json("GET", `/slas/${id}/${path}?${query}`);
      const message = `must reach over at most ${stepsMax} steps of 15s, ${longest}: found 366d`;
      deepStrictEqual(body.errors, [{ field, message }]);
    }
  }
  for (const path of ["/slas/events", `/slas/${id}/events`]) {
    const { status, body } = await manager.json("GET", `${path}?fromMs=5&toMs=4`);
    deepStrictEqual([status, body.errors?.[0].field], [422, "fromMs"], path);
    strictEqual((await manager.json("GET", `${path}?fromMs=${START_MS}`)).status, 200, path);
  }
  strictEqual((await manager.json("GET", "/slas/violations?window=3h")).body.items[0].window, "3h");
  const other = await manager.json("GET", "/slas/violations?window=7h");
  deepStrictEqual([other.status, other.body.errors], [422, [{
    field: "window",
    message:
      "must be one of 1h, 3h, 12h; any from 1s to 366d is answered for one SLA, by /slas/{id}/violations",
  }]]);
  for (const [window, named] of [["1s", "1s"], ["90m", "1h30m"], ["7h", "7h"], ["24h", "1d"]]) {
    const { status, body } = await manager.json("GET", `/slas/${id}/violations?window=${window}`);
    deepStrictEqual([status, body.window], [200, named]);
  }
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
  deepStrictEqual(errors, [{
    field: "horizon",
    message: "must be at least one step of the series, 15s: found 14s",
  }]);
  strictEqual((await manager.json("GET", `/slas/${id}/prediction?horizon=15s`)).body.byStep.length, 1);
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
