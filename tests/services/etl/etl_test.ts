import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { summarize } from "@pronoia/analytics";
import { DEMO_STEP_MS } from "../../../services/shared/adapters/demo/demo_source.ts";
import { seriesId } from "../../../services/shared/domain/labels.ts";
import { until } from "../../support/until.ts";
import { withSeries, withValues } from "./_change_source.ts";
import { EVERYTHING, NOW_MS, openWorld } from "./_open_world.ts";

Deno.test("startEtl() publishes metadata, statistics and a forecast of every series in its first cycle", async () => {
  await using world = openWorld({ variables: EVERYTHING });
  const cycle = await world.untilCycles(1);
  deepStrictEqual([cycle.state, cycle.reason, cycle.dropped], ["done", undefined, 0]);
  ok(cycle.kept >= 20);
  strictEqual(cycle.leftOut[0].series, 1);
  // Forecasts twice: by a quick choice first, then by a full one.
  deepStrictEqual(cycle.published, {
    metadata: cycle.kept,
    statistics: 3 * cycle.kept,
    forecast: 2 * cycle.kept,
  });

  const messages = await world.messages();
  const toMs = Math.floor((NOW_MS - 5_000) / DEMO_STEP_MS) * DEMO_STEP_MS;
  const load = messages.filter(({ series }) => series.name === "node_load1");
  deepStrictEqual(load.map(({ kind }) => kind).sort(), [
    "forecast",
    "forecast",
    "metadata",
    "statistics",
    "statistics",
    "statistics",
  ]);
  const forecasts = load.filter((message) => message.kind === "forecast");
  deepStrictEqual(forecasts.map(({ quick }) => quick), [true, undefined]);
  ok(forecasts[1].producedAtMs > forecasts[0].producedAtMs, "the full choice wins");
  for (const message of load) {
    ok(message.producedAtMs >= NOW_MS);
    strictEqual(message.series.id, seriesId({ __name__: "node_load1", ...message.series.labels }));
    if (message.kind === "statistics") {
      strictEqual(message.toMs, toMs);
      const reading = await world.demo.read({
        expression: "node_load1",
        fromMs: message.fromMs,
        toMs,
        stepMs: DEMO_STEP_MS,
      });
      const { min, max, mean, standardDeviation } = summarize(reading.series[0].values);
      deepStrictEqual([message.min, message.max, message.mean, message.standardDeviation], [
        min,
        max,
        mean,
        standardDeviation,
      ]);
    }
    if (message.kind === "forecast") {
      strictEqual(message.originMs, toMs - DEMO_STEP_MS);
      strictEqual(message.mean.length, 20);
    }
    if (message.kind === "metadata") deepStrictEqual([message.toMs, message.stepMs], [toMs, DEMO_STEP_MS]);
  }
  const temperature = messages.find(({ kind, series }) =>
    kind === "metadata" && series.name === "node_hwmon_temp_celsius"
  );
  ok(temperature?.kind === "metadata" && temperature.seasonality.periods[0] === 3_600_000);
  const errors = messages.find(({ series }) => series.name === "node_edac_correctable_errors_total");
  strictEqual(errors?.series.unit, "per second");
});

Deno.test("startEtl() publishes what is new in each further cycle, metadata when it is due again", async () => {
  await using world = openWorld({ variables: { ETL_METADATA_INTERVAL: "3m" } });
  const first = await world.untilCycles(1);
  for (let cycle = 2; cycle <= 4; cycle++) {
    await until(() => world.clock.sleeping > 0);
    await world.clock.advance(60_000);
    const { published, kept } = await world.untilCycles(cycle);
    deepStrictEqual(published, {
      metadata: cycle === 4 ? kept : 0,
      statistics: 3 * kept,
      forecast: cycle === 4 ? 2 * kept : kept,
    });
  }
  strictEqual(first.kept, (await world.untilCycles(4)).kept);
});

Deno.test("startEtl() begins anew with a series whose type turns out to be another", async () => {
  let isKnown = false;
  await using world = openWorld({
    variables: { ETL_SELECTORS: "node_network_receive_bytes_total" },
    changeSource: withSeries((series) => series.map((each) => isKnown ? each : { ...each, type: "gauge" })),
  });
  await world.untilCycles(1);
  isKnown = true;
  const before = (await world.messages()).length;
  const { published } = await world.runCycle();
  deepStrictEqual([published.metadata, published.forecast], [1, 2]);
  for (const message of (await world.messages()).slice(before)) {
    strictEqual(message.series.type, "counter");
    // A rate is millions a second, what has been counted a million times that.
    if (message.kind === "forecast") ok(message.mean.every((value) => value < 1e8), `${message.mean[0]}`);
  }
});

Deno.test("startEtl() chooses for a young series again once twice as much of it is known", async () => {
  const bornMs = NOW_MS - 2 * 60_000;
  await using world = openWorld({
    variables: { ETL_SELECTORS: "node_load1" },
    changeSource: withValues((timeMs, value) => timeMs < bornMs ? NaN : value),
  });
  const chosen: number[] = [];
  for (let cycle = 1; cycle <= 7; cycle++) {
    if (cycle > 1) {
      await until(() => world.clock.sleeping > 0);
      await world.clock.advance(60_000);
    }
    const { published, kept } = await world.untilCycles(cycle);
    if (published.forecast > kept) chosen.push(cycle);
    strictEqual(published.forecast, chosen.at(-1) === cycle ? 2 * kept : kept);
  }
  // With 1.5, 3.5 and 6.5 minutes known, where half an interval less than twice as much is enough.
  deepStrictEqual(chosen, [1, 3, 6]);
});

Deno.test("startEtl() gives no turn to series without values, which would be the first in every cycle", async () => {
  await using world = openWorld({
    changeSource: withSeries((series) => {
      const silent = Array.from({ length: 100 }, (_, k) => ({
        ...series[0],
        labels: { __name__: "silent", number: `${k}` },
        expression: '{__name__="silent"}',
      }));
      return [...silent, ...series];
    }),
  });
  const { kept, dropped, published } = await world.untilCycles(1);
  deepStrictEqual([dropped, published.forecast], [100, 2 * kept]);
});

Deno.test("startEtl() looks again soon while it has found no series yet, and not once it had found some", async () => {
  let isBorn = false;
  await using world = openWorld({
    changeSource: withSeries((series) => isBorn ? series : []),
  });
  const startOf = async (cycle: number) => (await world.untilCycles(cycle)).startedAtMs - NOW_MS;
  const starts = [await startOf(1)];
  for (const cycle of [2, 3]) {
    await until(() => world.clock.sleeping > 0);
    isBorn = cycle === 3;
    await world.clock.advance(10_000);
    starts.push(await startOf(cycle));
  }
  isBorn = false;
  await until(() => world.clock.sleeping > 0);
  await world.clock.advance(60_000);
  starts.push(await startOf(4));
  // Then by the minute again, 6 s after the full one.
  deepStrictEqual(starts, [0, 10_000, 20_000, 54_000]);
});
