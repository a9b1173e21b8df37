import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { create, openSlaManager } from "../../../support/sla_manager.ts";

type Values = Readonly<Record<string, number>>;

/** The orders of an SLA over constant series, one by answer. */
async function ordersOf(values: Values, bounds: object) {
  await using manager = openSlaManager();
  const series = Object.entries(values).map(([name, value]) => ({ labels: { name }, valueAt: () => value }));
  manager.source.series.set("m", series);
  const id = await create(manager, {
    name: "a",
    expression: "m",
    target: 0.9,
    budgetWindow: "1h",
    ...bounds,
  });
  const order = async (path: string) => {
    const { body } = await manager.json("GET", `/slas/${id}/${path}`);
    const names = body.series.map(({ labels }: { labels: { name: string } }) => labels.name);
    return { body, names };
  };
  return {
    status: await order("status"),
    all: await Promise.all(
      ["status", "prediction", "budget", "violations"].map(async (path) => (await order(path)).names),
    ),
  };
}

Deno.test("rankSeries() names the one worst that is farthest out of bounds, whatever is answered", async () => {
  for (
    const [values, bounds, worst] of [
      [{ a: 43.24, b: 41.29, c: 41.3, d: 42, e: 9 }, { max: 10 }, ["a", "d", "c", "b", "e"]],
      [{ a: 679, b: 603_700, c: 1 }, { max: 300 }, ["b", "a", "c"]],
      [{ a: 2, b: -5, c: 1 }, { min: 2.5 }, ["b", "c", "a"]],
      // 3 below the minimum is farther out than 2 above the maximum.
      [{ a: 12, b: -3, c: 5 }, { min: 0, max: 10 }, ["b", "a", "c"]],
      [{ a: 12, b: Infinity, c: 13 }, { max: 10 }, ["b", "c", "a"]],
    ] as const
  ) {
    const { status, all } = await ordersOf(values, bounds);
    for (const names of all) deepStrictEqual(names, worst);
    const { series } = status.body;
    strictEqual(status.body.value, series[0].value);
    strictEqual(new Set(series.map(({ observedAtMs }: { observedAtMs: number }) => observedAtMs)).size, 1);
  }
});

Deno.test("rankSeries() puts what is nearest to a bound first where nothing is probable", async () => {
  const { status } = await ordersOf({ a: 1, b: 95, c: 50 }, { min: -1_000, max: 100 });
  deepStrictEqual(status.names, ["b", "c", "a"]);
});
