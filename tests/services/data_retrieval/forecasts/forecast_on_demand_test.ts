import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { computeForecast } from "../../../../services/data_retrieval/forecasts/compute_forecast.ts";
import type { ComputeForecast } from "../../../../services/data_retrieval/forecasts/forecast_on_demand.ts";
import { forecastMessage, seriesOf, statisticsMessage } from "../../../support/result_messages.ts";
import { openRetrieval } from "../open_retrieval.ts";

const HOUR = 3_600_000;

Deno.test("GET /series/{id}/forecast?horizon=4h is computed from the samples", async () => {
  await using retrieval = await openRetrieval();
  const series = await retrieval.demoSeries("node_load1");
  await retrieval.write(statisticsMessage({ series }));
  const body = await retrieval.body(`/series/${series.id}/forecast?horizon=4h`);
  strictEqual(body.horizonMs, 4 * HOUR);
  strictEqual(body.mean.length, 4 * HOUR / body.stepMs);
  deepStrictEqual([body.lower.length, body.upper.length], [body.mean.length, body.mean.length]);
  ok([...body.mean, ...body.lower, ...body.upper].every(Number.isFinite));
  ok(retrieval.clock.nowMs() - body.originMs < 2 * body.stepMs);
  ok(body.summary.max.value >= body.summary.mean.value);
});

Deno.test("GET /series/{id}/forecast?horizon= says the same of the steps that horizons share", async () => {
  await using retrieval = await openRetrieval();
  const series = await retrieval.demoSeries("node_load1");
  const stored = forecastMessage({ series });
  await retrieval.write(stored);
  const ask = (horizon: string) => retrieval.body(`/series/${series.id}/forecast?horizon=${horizon}`);
  // Up to twice the stored horizon by the method of that, and further by another.
  strictEqual(stored.horizonMs, HOUR / 6);
  for (const [shorter, longer] of [["5m", "15m"], ["15m", "20m"], ["1h", "24h"]]) {
    const [near, far] = [await ask(shorter), await ask(longer)];
    const { length } = near.mean;
    ok(length > 0 && length < far.mean.length);
    strictEqual(near.method, far.method);
    for (const line of ["mean", "lower", "upper"]) deepStrictEqual(near[line], far[line].slice(0, length));
  }
});

Deno.test("GET /series/{id}/forecast?horizon= forecasts a counter's rate", async () => {
  await using retrieval = await openRetrieval();
  const series = await retrieval.demoSeries("node_network_receive_bytes_total");
  await retrieval.write(statisticsMessage({ series }));
  const { values } = await retrieval.body(`/series/${series.id}/samples`);
  const known = values.filter(Number.isFinite);
  const { mean } = await retrieval.body(`/series/${series.id}/forecast?horizon=1h`);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  ok(mean.every((value: number) => value > least - 3 * (most - least) && value < most + 3 * (most - least)));
});

Deno.test("GET /series/{id}/forecast?horizon= takes a coarser step where its own has too many", async () => {
  const asked: number[][] = [];
  const compute: ComputeForecast = (request) => {
    asked.push([request.samples.stepMs, request.samples.values.length, request.horizonSteps]);
    return new Promise((resolve) => resolve(computeForecast({ ...request, horizonSteps: 1 })));
  };
  // The demo has a step of 30 s, so that these are 24,000 of them.
  await using retrieval = await openRetrieval({ compute, lookback: "200h" });
  const series = await retrieval.demoSeries("node_load1");
  await retrieval.write(statisticsMessage({ series }));
  await retrieval.body(`/series/${series.id}/forecast?horizon=1h`);
  deepStrictEqual(asked, [[90_000, 8_000, 40]]);
});

for (const horizon of ["25h", "0s", "29s", "tomorrow", "-1h"]) {
  Deno.test(`GET /series/{id}/forecast?horizon=${horizon} is 422`, async () => {
    await using retrieval = await openRetrieval();
    const series = await retrieval.demoSeries("node_load1");
    await retrieval.write(statisticsMessage({ series }));
    const response = await retrieval.request(`/series/${series.id}/forecast?horizon=${horizon}`);
    strictEqual(response.status, 422);
    strictEqual((await response.json()).errors[0].field, "horizon");
  });
}

Deno.test("GET /series/{id}/forecast?horizon= of values too large to be added up is 404 and says so", async () => {
  const compute: ComputeForecast = ({ samples, ...rest }) => {
    const values = samples.values.map((_, k) => k % 2 === 0 ? 1e308 : -1e308);
    return Promise.resolve(computeForecast({ ...rest, samples: { ...samples, values } }));
  };
  await using retrieval = await openRetrieval({ compute });
  const series = await retrieval.demoSeries("node_load1");
  await retrieval.write(statisticsMessage({ series }));
  const response = await retrieval.request(`/series/${series.id}/forecast?horizon=20m`);
  strictEqual(response.status, 404);
  match(
    (await response.json()).detail,
    /^No forecast: these figures are out of range: summary\.mean\.value, /,
  );
});

Deno.test("GET /series/{id}/forecast?horizon= without samples is 404", async () => {
  await using retrieval = await openRetrieval();
  const series = seriesOf("gone");
  await retrieval.write(statisticsMessage({ series }));
  strictEqual((await retrieval.request(`/series/${series.id}/forecast?horizon=4h`)).status, 404);
});

for (const observations of [3, 4, 12]) {
  Deno.test(`a forecast from ${observations} samples is finite, wide and says how few there are`, () => {
    const values = new Float64Array(240).fill(NaN);
    for (let k = 0; k < observations; k++) values[values.length - observations + k] = 5 + k % 3;
    const { mean, lower, upper, explanation, tooFew } = computeForecast({
      series: seriesOf("young"),
      samples: { startMs: 0, stepMs: 15_000, values },
      horizonSteps: 960,
      chosenSteps: 960,
    });
    strictEqual(mean.length, 960);
    ok([...mean, ...lower, ...upper].every(Number.isFinite));
    ok(explanation.warnings.some((warning) => warning.startsWith(`${observations} observations`)));
    strictEqual(
      tooFew,
      `only ${observations} samples so far: 120, one each 15s, are needed to look 4h ahead`,
    );
  });
}

Deno.test("forecasts on demand are shared while computed, and given again within a step", async () => {
  let computed = 0;
  const compute: ComputeForecast = (request) => {
    computed++;
    return new Promise((resolve) => resolve(computeForecast(request)));
  };
  await using retrieval = await openRetrieval({ compute });
  const series = await retrieval.demoSeries("node_load1");
  await retrieval.write(statisticsMessage({ series }));
  const ask = () => retrieval.body(`/series/${series.id}/forecast?horizon=1h`);
  await Promise.all(Array.from({ length: 20 }, ask));
  await ask();
  strictEqual(computed, 1);
  await retrieval.clock.advance(60_000);
  await ask();
  strictEqual(computed, 2);
});

Deno.test("forecasts on demand refuse with 429 what is too much, and recover", async () => {
  const gate = Promise.withResolvers<void>();
  const compute: ComputeForecast = async (request) => {
    await gate.promise;
    return computeForecast({ ...request, horizonSteps: 1 });
  };
  await using retrieval = await openRetrieval({ compute });
  const series = await retrieval.demoSeries("node_load1");
  await retrieval.write(statisticsMessage({ series }));
  const answers = Array.from(
    { length: 40 },
    (_, i) => retrieval.request(`/series/${series.id}/forecast?horizon=${i + 1}m`),
  );
  const refused = await Promise.any(answers);
  strictEqual(refused.status, 429);
  strictEqual(refused.headers.get("retry-after"), "5");
  gate.resolve();
  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  strictEqual(statuses.filter((status) => status === 200).length, 32);
  strictEqual((await retrieval.request(`/series/${series.id}/forecast?horizon=39m`)).status, 200);
});

Deno.test("GET /series/{id}/accuracy holds forecasts against what came", async () => {
  await using retrieval = await openRetrieval();
  const series = await retrieval.demoSeries("node_load1");
  await retrieval.write(statisticsMessage({ series }));
  const { fromMs, stepMs, values } = await retrieval.body(`/series/${series.id}/samples`);
  // A forecast that knew what came, 40 steps ago, of 20 steps.
  const first = values.length - 40;
  const mean = values.slice(first + 1, first + 21).map((value: number | null) => value ?? 0);
  const originMs = fromMs + first * stepMs;
  await retrieval.write(
    forecastMessage({
      series,
      originMs,
      stepMs,
      horizonMs: 20 * stepMs,
      mean,
      lower: mean,
      upper: mean,
      producedAtMs: originMs,
    }),
  );
  const body = await retrieval.body(`/series/${series.id}/accuracy`);
  ok(body.graded > 0 && body.graded <= 20);
  strictEqual(body.mae, 0);
  strictEqual(body.mase, 0);
  strictEqual(body.coverage, 1);
  strictEqual(body.newest, null);
});
