import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { openSlaManager } from "../../../support/sla_manager.ts";

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
