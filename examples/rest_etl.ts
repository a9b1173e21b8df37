/**
 * Runs a cycle of the ETL and prints what it did and how long each function took:
 * `deno run --allow-net --allow-read --allow-write --ignore-env examples/rest_etl.ts`
 *
 * `--url http://localhost:8080` asks a running Pronoia (`--token …` where writes need one); without it a demo starts.
 */
import { ok } from "node:assert/strict";
import { parseArgs } from "node:util";
import { answerOf, ApiError } from "../client/mod.ts";
import { openService } from "./_service.ts";
import { untilSome } from "./_until.ts";

const { values: options } = parseArgs({
  args: Deno.args,
  options: { url: { type: "string" }, token: { type: "string" } },
});
await using service = await openService(options);
const { client } = service;
console.log(`Talking to ${service.name}.`);

const id = await beginCycle();
const [cycle] = await untilSome("the cycle's end", async () => {
  const now = await answerOf(client.GET("/etl/cycles/{id}", { params: { path: { id } } }));
  return now.state === "running" ? [] : [now];
});
ok(cycle.state === "done", `the cycle must succeed: ${cycle.reason}`);
const { kept, found, published } = cycle;
console.log(`Cycle ${cycle.id} analysed ${kept} of ${found} series and published`);
console.log(
  `  ${published.metadata} × metadata, ${published.statistics} × statistics, ${published.forecast} × forecast`,
);
if (published.statistics + published.forecast === 0) {
  console.log("  as there is no newer sample than the cycle before saw: nothing is published twice");
}
const series = await answerOf(client.GET("/etl/cycles/{id}/series", { params: { path: { id: cycle.id } } }));
for (
  const { series: dropped, reason } of series.items.filter(({ state }) => state === "dropped").slice(0, 5)
) {
  console.log(`  dropped ${dropped.name}: ${reason}`);
}
console.log(`\n${"function".padEnd(30)}kind        calls    mean ms     p95 ms`);
const timings = await answerOf(client.GET("/etl/timings", { params: { query: { limit: 1_000 } } }));
for (const { name, kind, count, mean, p95 } of timings.items) {
  const figures = `${String(count).padStart(5)}${mean.toFixed(2).padStart(11)}${p95.toFixed(2).padStart(11)}`;
  console.log(`${name.padEnd(30)}${kind.padEnd(12)}${figures}`);
}
ok(kept > 0 && timings.items.some(({ kind }) => kind === "metadata"), "something was analysed and timed");

/** The id of a cycle that has just begun, or of the one that its own interval began before. */
async function beginCycle(): Promise<string> {
  try {
    const { id } = await answerOf(client.POST("/etl/cycles"));
    console.log(`Cycle ${id} has begun.`);
    return id;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 409) throw error;
    const { items: [{ id }] } = await answerOf(client.GET("/etl/cycles"));
    console.log(`Cycle ${id} is running already.`);
    return id;
  }
}
