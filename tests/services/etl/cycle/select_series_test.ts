import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { groupReads } from "../../../../services/etl/cycle/group_reads.ts";
import { selectSeries } from "../../../../services/etl/cycle/select_series.ts";
import { createSoleOwner } from "../../../../services/shared/adapters/embedded/sole_owner.ts";
import { seriesId } from "../../../../services/shared/domain/labels.ts";
import type { Discovery } from "../../../../services/shared/ports/metrics_source.ts";
import { ALL_SHARDS, EVEN_SHARDS } from "../../../support/moving_shards.ts";

const DEFAULTS = {
  seriesMax: 2_000,
  sampleSize: undefined,
  seed: 1,
  stepMs: undefined,
  lookbackMs: 24 * 3_600_000,
  owned: createSoleOwner().owned(),
};

function discovery(count: number, change: Partial<Discovery["series"][number]> = {}): Discovery {
  return {
    leftOut: [],
    warnings: [],
    series: Array.from({ length: count }, (_, i) => ({
      labels: { __name__: "load", instance: `host-${i}` },
      type: "gauge",
      unit: null,
      stepMs: 15_000,
      expression: '{__name__="load"}',
      ...change,
    })),
  };
}

const ids = (kept: readonly { series: { id: string } }[]) => kept.map(({ series }) => series.id).sort();

Deno.test("selectSeries() keeps everything by default, under its id and found step", () => {
  const { kept, dropped, warnings } = selectSeries(discovery(3), DEFAULTS);
  deepStrictEqual(ids(kept), discovery(3).series.map(({ labels }) => seriesId(labels)).sort());
  deepStrictEqual([dropped, warnings], [[], []]);
  strictEqual(kept[0].stepMs, 15_000);
  strictEqual(kept[0].series.name, "load");
  strictEqual("__name__" in kept[0].series.labels, false);
});

Deno.test("selectSeries() warns of series beyond the limit and tells which", () => {
  const { kept, dropped, warnings } = selectSeries(discovery(30), { ...DEFAULTS, seriesMax: 10 });
  strictEqual(kept.length, 10);
  strictEqual(dropped.length, 20);
  ok(dropped.every(({ reason }) => reason === "Beyond ETL_SERIES_MAX=10"));
  ok(warnings[0].startsWith("20 of 30 series are not analysed as ETL_SERIES_MAX is 10"));
});

Deno.test("selectSeries() counts the dropped series that are too many to tell one by one", () => {
  const { dropped, droppedUntold } = selectSeries(discovery(10_500), { ...DEFAULTS, seriesMax: 100 });
  deepStrictEqual([dropped.length, droppedUntold], [10_000, 400]);
  strictEqual(selectSeries(discovery(30), { ...DEFAULTS, seriesMax: 10 }).droppedUntold, 0);
});

Deno.test("selectSeries() draws the same sample again, another by another seed", () => {
  const sample = (seed: number, found = discovery(200)) =>
    ids(selectSeries(found, { ...DEFAULTS, sampleSize: 20, seed }).kept);
  strictEqual(sample(1).length, 20);
  deepStrictEqual(sample(1), sample(1));
  ok(sample(1).join() !== sample(2).join());
  const fewer = { ...discovery(200), series: discovery(200).series.slice(50) };
  const kept = sample(1).filter((id) => fewer.series.some(({ labels }) => seriesId(labels) === id));
  ok(kept.every((id) => sample(1, fewer).includes(id)), "a series stays in the sample while others go");
});

Deno.test("selectSeries() gives a counter the unit of its rate, and takes a given step", () => {
  const unit = (change: Partial<Discovery["series"][number]>) =>
    selectSeries(discovery(1, change), DEFAULTS).kept[0].series.unit;
  strictEqual(unit({ type: "counter", unit: "bytes" }), "bytes per second");
  strictEqual(unit({ type: "counter", unit: null }), "per second");
  strictEqual(unit({ type: "gauge", unit: "bytes" }), "bytes");
  strictEqual(selectSeries(discovery(1), { ...DEFAULTS, stepMs: 60_000 }).kept[0].stepMs, 60_000);
});

Deno.test("groupReads() reads a metric at once, and the few of many one by one", () => {
  const { kept } = selectSeries(discovery(100), DEFAULTS);
  const found = new Map([['{__name__="load"}', 100]]);
  deepStrictEqual(groupReads(kept, found).map(({ series }) => series.length), [100]);
  const few = groupReads(kept.slice(0, 3), found);
  deepStrictEqual(few.map(({ series }) => series.length), [1, 1, 1]);
  ok(few[0].expression.includes(`instance="${kept[0].series.labels.instance}"`));
});

Deno.test("groupReads() keeps steps apart", () => {
  const { kept } = selectSeries(discovery(4), DEFAULTS);
  const mixed = kept.map((each, i) => ({ ...each, stepMs: i % 2 === 0 ? 15_000 : 60_000 }));
  deepStrictEqual(groupReads(mixed, new Map()).map(({ stepMs, series }) => [stepMs, series.length]), [
    [15_000, 2],
    [60_000, 2],
  ]);
});

Deno.test("selectSeries() analyses what is scraped very often at a multiple of its interval, and says so", () => {
  const { kept, warnings } = selectSeries(discovery(3, { stepMs: 1_000 }), DEFAULTS);
  strictEqual(kept[0].stepMs, 5_000);
  ok(warnings[0].startsWith("3 series are scraped as often as every 1s and analysed every 5s"));
  strictEqual(selectSeries(discovery(3, { stepMs: 5_000 }), DEFAULTS).kept[0].stepMs, 5_000);
});

Deno.test("selectSeries() shares series and their sample out among replicas, each within its limit", () => {
  const odd = new Set([...ALL_SHARDS].filter((shard) => !EVEN_SHARDS.has(shard)));
  for (const settings of [DEFAULTS, { ...DEFAULTS, sampleSize: 100 }]) {
    const alone = selectSeries(discovery(400), settings);
    const [one, other] = [EVEN_SHARDS, odd].map((owned) =>
      selectSeries(discovery(400), { ...settings, owned })
    );
    deepStrictEqual([...ids(one.kept), ...ids(other.kept)].sort(), ids(alone.kept));
    deepStrictEqual(one.elsewhere.map(({ id }) => id).sort(), ids(other.kept));
    deepStrictEqual(one.dropped, alone.dropped, "what is in no one's sample is dropped by each");
  }
  const limited = selectSeries(discovery(400), { ...DEFAULTS, owned: odd, seriesMax: 150 });
  deepStrictEqual([
    limited.kept.length,
    limited.kept.length + limited.dropped.length + limited.elsewhere.length,
  ], [
    150,
    400,
  ]);
});
