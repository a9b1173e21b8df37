import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { create, openSlaManager, START_MS } from "../../../support/sla_manager.ts";

const flat = (value: number) => (_timeMs: number) => value;

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
  const [{ forecast }] = body.samples.series;
  deepStrictEqual([forecast.coverage, forecast.coverage], [1, body.prediction.backtest.coverage]);
  strictEqual((await manager.json("GET", "/slas")).body.items.length, 0);
  strictEqual((await manager.json("GET", "/slas/events")).body.items.length, 0);
});

Deno.test("POST /slas/preview needs no name, and refuses one that is none; POST /slas needs one", async () => {
  await using manager = openSlaManager();
  manager.source.series.set("m", [{ labels: { __name__: "m" }, valueAt: flat(9) }]);
  const draft = { expression: "m", min: 1, max: 5 };
  const { status, body } = await manager.json("POST", "/slas/preview", draft);
  deepStrictEqual([status, body.status.state, body.sla.name], [200, "violated", "preview"]);
  for (
    const [path, wrong, field] of [
      ["/slas/preview", { ...draft, name: " " }, "name"],
      ["/slas/preview", { ...draft, max: 0 }, "max"],
      ["/slas/preview", { ...draft, maximum: 5 }, "maximum"],
      ["/slas", draft, "name"],
    ] as const
  ) {
    const refused = await manager.json("POST", path, wrong);
    deepStrictEqual([refused.status, refused.body.errors[0].field], [422, field], path);
  }
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

Deno.test("POST /slas/preview warns of a bound that no value keeps, and refuses none", async () => {
  await using manager = openSlaManager();
  const level = (value: number) => ({
    labels: { n: `${value}` },
    valueAt: (timeMs: number) => value + Math.abs(Math.sin(timeMs / 1e6)) * 1e-9,
  });
  manager.source.series.set("x_bytes", [level(2_048)]);
  manager.source.series.set("m", [level(1), level(9)]);
  const warnings = async (draft: object) => {
    const { status, body } = await manager.json("POST", "/slas/preview", { name: "a", ...draft });
    strictEqual(status, 200, JSON.stringify(body));
    return body.sla.warnings;
  };
  const always = "with this bound it is violated all the time.";
  deepStrictEqual(await warnings({ expression: "x_bytes", max: -1 }), [
    `Every value in the last 12 h is above the maximum of -1 B, the nearest is 2 KiB: ${always}`,
  ]);
  deepStrictEqual(await warnings({ expression: "m", min: 5 }), [
    `Every value of 1 of the 2 series in the last 12 h is below the minimum of 5, the nearest is 1: ${always}`,
  ]);
  deepStrictEqual(await warnings({ expression: "m", max: 0, min: -2 }), [
    `Every value of each of the 2 series in the last 12 h is above the maximum of 0, the nearest is 1: ${always}`,
  ]);
  deepStrictEqual(await warnings({ expression: "m", min: 0, max: 10 }), []);
  deepStrictEqual(await warnings({ expression: "none", max: -1 }), [
    "The expression yields no series now: the state is unknown until it does.",
  ]);
  deepStrictEqual(await warnings({ expression: "none", max: -1, noData: "violated" }), [
    "The expression yields no series now: the state is violated until it does.",
  ]);
});

Deno.test("an SLA that burns its budget says so before its alert begins, tried or made", async () => {
  await using manager = openSlaManager({ stepMs: 60_000 });
  const minutesAgo = (timeMs: number) => Math.round((START_MS - timeMs) / 60_000);
  // The newest minute has not settled.
  const valueAt = (timeMs: number) => minutesAgo(timeMs) <= 3 ? 9 : 1;
  const before = (timeMs: number) => minutesAgo(timeMs) > 90 && minutesAgo(timeMs) <= 330 ? 9 : 1;
  manager.source.series.set("now", [{ labels: {}, valueAt }]);
  manager.source.series.set("before", [{ labels: { n: "1" }, valueAt: before }, {
    labels: {},
    valueAt: () => 1,
  }]);
  const warnings = async (path: string, draft: object) => {
    const { status, body } = await manager.json("POST", path, { name: path, target: 0.99, max: 5, ...draft });
    ok(status < 300, JSON.stringify(body));
    return (body.sla ?? body).warnings;
  };
  const page =
    "A burn alert (page) begins at once: the error budget burns at least 14.4 times as fast as the target allows over " +
    "1h and 5m: 3m of the last 1h were bad, 7s are allowed.";
  const draft = { expression: "now", target: 0.998 };
  // The look that comes first reads in all of a window of an hour, so that the alert begins while it is tried.
  for (const budgetWindow of ["30d", "1h"]) {
    deepStrictEqual(await warnings("/slas/preview", { ...draft, budgetWindow }), [page]);
  }
  deepStrictEqual(await warnings("/slas", draft), [page]);
  deepStrictEqual(await warnings("/slas/preview", { expression: "now", target: null }), []);
  deepStrictEqual(await warnings("/slas/preview", { expression: "now", target: 0.5 }), []);
  // What only the time before the last hour shows is known to the preview, which reads it.
  deepStrictEqual(await warnings("/slas/preview", { expression: "before" }), [
    "A burn alert (ticket) of 1 of the 2 series begins at once: the error budget burns at least as fast as the target " +
    "allows over 3d and 6h: 4h of the last 3d were bad, 43m12s are allowed; only 11h59m of it were judged.",
  ]);
});

Deno.test("a preview of an edit keeps what the edit would, and warns of no alert that has begun", async () => {
  await using manager = openSlaManager({ settings: { settleMs: 0 } });
  manager.source.series.set("m", [{ labels: {}, valueAt: (timeMs) => 3 + Math.round(timeMs / 15_000) % 2 }]);
  const preview = async (draft: object, replaces?: string) => {
    const path = `/slas/preview${replaces === undefined ? "" : `?replaces=${replaces}`}`;
    return await manager.json("POST", path, { expression: "m", ...draft });
  };
  const draft = { max: 2, target: 0.98, budgetWindow: "1h" };
  const id = await create(manager, { name: "a", expression: "m", ...draft });
  while (await manager.evaluator.backfill(id));
  await manager.run(60_000);
  const warnings = async (change: object, replaces?: string) =>
    (await preview({ ...draft, ...change }, replaces)).body.sla.warnings.map((text: string) =>
      text.split(":")[0]
    );
  strictEqual((await warnings({}))[0], "A burn alert (page) begins at once");
  ok((await warnings({}, id)).every((text: string) => !text.includes("burn alert")));
  strictEqual((await warnings({ max: 2.5 }, id))[0], "A burn alert (page) begins at once");
  const found = await create(manager, { name: "b", expression: "m" });
  manager.source.series.set("m", [{ labels: {}, valueAt: () => 9 }]);
  await manager.run(3_600_000);
  const { body: { sla, status } } = await preview({}, found);
  deepStrictEqual([sla.min, sla.max, sla.derived, status.state], [3, 4, true, "violated"]);
  deepStrictEqual([(await preview({})).body.sla.max, (await preview({}, "none")).status], [9, 404]);
});

Deno.test("POST /slas/preview reads the last 12 hours once", async () => {
  await using manager = openSlaManager();
  manager.source.series.set("m", [{ labels: {}, valueAt: flat(3) }]);
  const long: number[] = [];
  const { read } = manager.source;
  manager.source.read = (query) => {
    if (query.toMs - query.fromMs === 12 * 3_600_000) long.push(query.fromMs);
    return read(query);
  };
  await manager.json("POST", "/slas/preview", { name: "a", expression: "m", max: 5, target: 0.9 });
  strictEqual(long.length, 1);
});
