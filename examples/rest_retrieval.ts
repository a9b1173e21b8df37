/**
 * Prints everything that is known of one series:
 * `deno run --allow-net --allow-read --allow-write --ignore-env examples/rest_retrieval.ts [NAME]`
 *
 * `--url http://localhost:8080` asks a running Pronoia; without it a demo starts.
 */
import { ok } from "node:assert/strict";
import { parseArgs } from "node:util";
import { answerOf } from "../client/mod.ts";
import { shortMethod } from "../services/shared/domain/units/method_words.ts";
import { DIGITS_READ, formatApart, formatDifference } from "../services/shared/domain/units/quantity.ts";
import { unitOf } from "../services/shared/domain/units/unit.ts";
import { openService } from "./_service.ts";
import { untilSome } from "./_until.ts";
import { wrap } from "./_wrap.ts";

const { values: options, positionals: [name] } = parseArgs({
  args: Deno.args,
  options: { url: { type: "string" }, token: { type: "string" } },
  allowPositionals: true,
});
await using service = await openService(options);
const { client } = service;
console.log(`Talking to ${service.name}.`);

await untilSome("series", async () => (await answerOf(client.GET("/retrieval/series"))).items);
const named = await answerOf(client.GET("/retrieval/series", { params: { query: { name, limit: 1 } } }));
if (named.items.length === 0) throw new RangeError(`There is no series named "${name}"`);
// The newest forecasts and metadata name their series: so there is something of each kind to show.
const query = { name, view: "summary" as const, limit: 1 };
const [{ series }] = await untilSome(
  "metadata",
  async () => (await answerOf(client.GET("/retrieval/metadata", { params: { query } }))).items,
);
await untilSome("forecasts", async () => {
  const { items } = await answerOf(
    client.GET("/retrieval/forecasts", { params: { query: { limit: 1_000 } } }),
  );
  return items.filter((forecast) => forecast.series.id === series.id);
});
const params = { path: { id: series.id } };
const unit = unitOf(series);
const write = (values: readonly (number | null)[]) =>
  formatApart(values, unit, { style: "short", digits: DIGITS_READ });
const unitWords = series.unit === null ? "" : ` in ${series.unit}`;
console.log(`\n${series.name}, a ${series.type}${unitWords}`);
for (const [label, value] of Object.entries(series.labels)) console.log(`  ${label}="${value}"`);

const { stationarity, autocorrelation, seasonality } = await answerOf(
  client.GET("/retrieval/series/{id}/metadata", { params }),
);
console.log();
for (const { explanation } of [autocorrelation, stationarity, seasonality]) {
  console.log(`  ${wrap(explanation, 4)}`);
}
console.log();
const statistics = await answerOf(client.GET("/retrieval/series/{id}/statistics", { params }));
for (const { window, min, max, mean, standardDeviation } of statistics.items) {
  const figures = write([min, mean, max]).join(" … ");
  console.log(
    `  last ${window.padEnd(4)} ${figures}, deviation ${formatDifference(standardDeviation, unit)}`,
  );
}
const { summary, method, confidence, horizonMs, stepMs, tooFew } = await answerOf(
  client.GET("/retrieval/series/{id}/forecast", { params: { ...params, query: { horizon: "1h" } } }),
);
console.log(`\n  ${wrap(`next ${horizonMs / 60_000} min, by ${shortMethod(method, stepMs)}:`, 4)}`);
if (tooFew !== undefined) console.log(`    unknown: ${tooFew}`);
for (const kind of tooFew === undefined ? ["min", "mean", "max"] as const : []) {
  const [value, lower, upper] = write([summary[kind].value, summary[kind].lower, summary[kind].upper]);
  console.log(`    ${kind.padEnd(5)}${value}, ${100 * confidence} % within ${lower} … ${upper}`);
}
const { graded, coverage } = await answerOf(client.GET("/retrieval/series/{id}/accuracy", { params }));
const within = coverage === null ? "–" : `${Math.round(100 * coverage)} %`;
console.log(`\n  of ${graded} forecast values whose time has come, ${within} lay within their interval`);
ok(summary.min.value <= summary.max.value, "the least is not above the greatest");
