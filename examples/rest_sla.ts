/**
 * Creates an SLA, prints all that is known of it, and deletes it again:
 * `deno run --allow-net --allow-read --allow-write --ignore-env examples/rest_sla.ts`
 *
 * `--url http://localhost:8080` asks a running Pronoia (`--token …` where writes need one); without it a demo starts.
 * `--expression EXPRESSION` promises something about another one.
 */
import { deepStrictEqual, ok } from "node:assert/strict";
import { parseArgs } from "node:util";
import { answerOf } from "../client/mod.ts";
import { formatPeriod } from "../services/shared/domain/units/duration_text.ts";
import { formatApart, formatProbability, formatQuantity } from "../services/shared/domain/units/quantity.ts";
import { unitOfExpression } from "../services/shared/domain/units/unit.ts";
import { openService } from "./_service.ts";
import { tidied } from "./_tidy.ts";
import { untilSome } from "./_until.ts";

const { values: options } = parseArgs({
  args: Deno.args,
  options: {
    url: { type: "string" },
    token: { type: "string" },
    // Every Prometheus has it, and so has the demo.
    expression: { type: "string", default: "up" },
  },
});
await using service = await openService(options);
const { client } = service;
console.log(`Talking to ${service.name}.`);

const draft = { name: `example ${Date.now()}`, expression: options.expression, target: 0.99 };
const preview = await answerOf(client.POST("/sla/slas/preview", { body: draft }));
const { min = null, max = null, derivedFrom } = preview.sla;
ok(derivedFrom !== null, "without bounds they come from samples");
const [lowest, highest] = formatApart([min, max], unitOfExpression(options.expression));
const known = formatPeriod(derivedFrom.toMs - derivedFrom.fromMs);
console.log(`Bounds from the last ${known}: ${lowest} … ${highest}.`);
const { count, missing } = preview.violations;
const times = count === 1 ? "once" : `${count} times`;
console.log(`In the last 12 h they would have been broken ${times}; ${missing} samples are missing.`);

const { id } = await answerOf(client.POST("/sla/slas", { body: draft }));
const params = { path: { id } };
{
  await using _deleted = tidied(() => client.DELETE("/sla/slas/{id}", { params }));
  const [status] = await untilSome("its evaluation", async () => {
    const now = await answerOf(client.GET("/sla/slas/{id}/status", { params }));
    return now.evaluatedAtMs === null ? [] : [now];
  });
  console.log(`Now ${status.state}: ${status.reason}`);
  for (const window of ["1h", "3h", "12h"]) {
    const query = { window };
    const past = await answerOf(client.GET("/sla/slas/{id}/violations", { params: { ...params, query } }));
    console.log(
      `Last ${window.padEnd(4)}${past.count === 1 ? "1 violation" : `${past.count} violations`}, ${
        formatQuantity((past.violatedMs ?? 0) / 1_000, { base: "seconds" })
      } in all`,
    );
  }
  const next = await answerOf(client.GET("/sla/slas/{id}/prediction", { params }));
  const chance = next.probability === null ? `unknown: ${next.reason}` : formatProbability(next.probability);
  console.log(`Next ${next.horizonMs / 60_000} min: probability of a violation ${chance}`);
  const budget = await answerOf(client.GET("/sla/slas/{id}/budget", { params }));
  const left = budget.remaining === null
    ? budget.reason
    : budget.remaining < 0
    ? `spent ${formatQuantity(1 - budget.remaining)} times over`
    : `${Math.round(100 * budget.remaining)} % left`;
  console.log(`Budget of ${budget.window}: ${left}`);
  ok(status.min !== null && status.max !== null && status.min <= status.max, "both bounds were found");
}
const { items } = await answerOf(client.GET("/sla/slas", { params: { query: { limit: 1_000 } } }));
deepStrictEqual(items.filter((sla) => sla.id === id), []);
console.log("Deleted again.");
