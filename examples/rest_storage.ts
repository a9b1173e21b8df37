/**
 * Prints where storing stands, and tries dead letters again:
 * `deno run --allow-net --allow-read --allow-write --ignore-env examples/rest_storage.ts`
 *
 * `--url http://localhost:8080` asks a running Pronoia (`--token …` where writes need one); without it a demo starts.
 */
import { ok } from "node:assert/strict";
import { parseArgs } from "node:util";
import { answerOf } from "../client/mod.ts";
import { openService } from "./_service.ts";
import { untilSome } from "./_until.ts";

const { values: options } = parseArgs({
  args: Deno.args,
  options: { url: { type: "string" }, token: { type: "string" } },
});
await using service = await openService(options);
const { client } = service;
console.log(`Talking to ${service.name}.`);

const [status] = await untilSome("stored results", async () => {
  const now = await answerOf(client.GET("/storage/status"));
  return now.rows.forecast > 0 ? [now] : [];
});
for (const [kind, rows] of Object.entries(status.rows)) console.log(`  ${kind.padEnd(12)}${rows} rows`);
console.log(`  ${"behind".padEnd(12)}${status.lagTotal} messages, over ${status.lag.length} partitions`);
const { items } = await answerOf(client.GET("/storage/dead-letters"));
for (const { reason, key } of items) console.log(`  dead letter of ${key}: ${reason}`);
const { replayed, rejected } = await answerOf(client.POST("/storage/dead-letters/replay"));
console.log(`Dead letters: ${status.deadLetters}; tried again: ${replayed} replayed, ${rejected} rejected.`);
ok(status.rows.series > 0, "forecasts are of series");
