/**
 * Your own Prometheus, end to end:
 * `PROMETHEUS_URL=http://localhost:9090 deno run --allow-net --allow-read --allow-write --ignore-env --allow-env=PROMETHEUS_URL examples/end_to_end.ts`
 *
 * Starts the whole of Pronoia in this process on what that Prometheus has, waits for the first cycle, and prints
 * which series repeat, what is expected of some, and how an SLA about one of them would stand. Nothing is kept.
 */
import { ok } from "node:assert/strict";
import { answerOf, readAll, type Schemas } from "../client/mod.ts";
import { exactSelector } from "../services/shared/domain/selector.ts";
import { formatPeriod } from "../services/shared/domain/units/duration_text.ts";
import { shortMethod } from "../services/shared/domain/units/method_words.ts";
import { formatApart, formatProbability } from "../services/shared/domain/units/quantity.ts";
import { unitOf } from "../services/shared/domain/units/unit.ts";
import { openProgress } from "./_progress.ts";
import { openService } from "./_service.ts";
import { wrap } from "./_wrap.ts";

const prometheusUrl = Deno.env.get("PROMETHEUS_URL");
if (prometheusUrl === undefined) throw new Error("Set PROMETHEUS_URL, such as http://localhost:9090");
await using service = await openService({ prometheusUrl });
const { client } = service;
console.log(`Reading ${service.name}.`);

const cycle = await firstCycle();
console.log(`${cycle.found} series found, ${cycle.kept} analysed, ${cycle.dropped} dropped.\n`);
if (cycle.kept === 0) {
  const { items } = await answerOf(
    client.GET("/etl/cycles/{id}/series", { params: { path: { id: cycle.id }, query: { limit: 1 } } }),
  );
  throw new Error(`Nothing can be told yet: ${items[0]?.reason ?? "there are no series"}`);
}
const limit = 1_000;
const forecasts = await readAll(
  (cursor) => answerOf(client.GET("/retrieval/forecasts", { params: { query: { limit, cursor } } })),
  2_000,
);
const metadata = await readAll((cursor) => {
  const query = { limit, cursor, view: "summary" as const };
  return answerOf(client.GET("/retrieval/metadata", { params: { query } }));
}, 2_000);
ok(forecasts.length > 0, "there are forecasts");

const seasonal = metadata.filter(({ seasonality }) => seasonality.verdict === "seasonal");
console.log(`${seasonal.length} of ${metadata.length} series repeat.`);
for (const { series, seasonality } of seasonal.slice(0, 5)) {
  console.log(`  ${series.name}\n    ${wrap(seasonality.explanation, 4)}`);
}
console.log("\nThe next ten minutes:");
// What never changes is told in a line.
const moving = forecasts.filter(({ method }) => method !== "constant");
const shown = moving.length > 0 ? moving : forecasts;
for (const { series, summary, method, stepMs } of shown.slice(0, 8)) {
  const [min, max] = formatApart([summary.min.value, summary.max.value], unitOf(series), { style: "short" });
  console.log(`  ${series.name}: ${min} … ${max}\n    by ${wrap(shortMethod(method, stepMs), 7)}`);
}
console.log(`  ${forecasts.length - moving.length} series stay as they are`);
const [{ series }] = shown;
const selector = exactSelector({ __name__: series.name, ...series.labels });
// A counter only grows: what can be promised is how fast, which is what was forecast.
const expression = series.type === "counter" ? `rate(${selector}[5m])` : selector;
const body = { name: series.name, expression };
const { sla: { derivedFrom }, status, prediction } = await answerOf(
  client.POST("/sla/slas/preview", { body }),
);
ok(derivedFrom !== null, "without bounds they come from samples");
const what = series.type === "counter" ? `the rate of ${series.name}` : series.name;
const known = formatPeriod(derivedFrom.toMs - derivedFrom.fromMs);
console.log(
  `\n${wrap(`An SLA that keeps ${what} as it was in the last ${known}: ${status.state}, ${status.reason};`)}`,
);
const { probability, reason } = prediction;
console.log(wrap(
  probability === null
    ? `how probable it is that it will be broken is not known yet: ${reason}.`
    : `broken within ten minutes with probability ${formatProbability(probability)}.`,
));

/** The first cycle that is done, once storing has caught up with it. */
async function firstCycle(): Promise<Schemas["Cycle"]> {
  using progress = openProgress("Reading samples for the first cycle");
  for (let second = 0; second < 300; second++) {
    const { items: [newest] } = await answerOf(client.GET("/etl/cycles"));
    const { rows } = await answerOf(client.GET("/storage/status"));
    if (newest?.state === "failed") throw new Error(`The cycle failed: ${newest.reason}`);
    if (newest?.state === "done" && rows.forecast >= newest.published.forecast) return newest;
    if (newest !== undefined && newest.progress.total > 0) {
      const { stage, done, total } = newest.progress;
      progress.update(done, total, stage === "turns" ? "methods chosen in full" : "series forecast");
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Error("No cycle was done within five minutes");
}
