/**
 * Follows an SLA until it is broken:
 * `deno run --allow-net --allow-read --allow-write --ignore-env examples/sla_watch.ts`.
 *
 * - `--url http://localhost:8080` talks to a running Pronoia; without it a demo starts in this process, with an SLA
 *   about a process that leaks memory
 * - `--name …` follows the SLA of this name, by default the one likeliest to break
 * - `--minutes 10` gives up after so long
 */
import { ok } from "node:assert/strict";
import { parseArgs } from "node:util";
import { answerOf } from "../client/mod.ts";
import { DIGITS_READ, formatApart, formatProbability } from "../services/shared/domain/units/quantity.ts";
import { unitOfExpression } from "../services/shared/domain/units/unit.ts";
import { clockTime } from "./_clock_time.ts";
import { readNumber } from "./_numbers.ts";
import { openService, type Service } from "./_service.ts";

const { values: options } = parseArgs({
  args: Deno.args,
  options: {
    url: { type: "string" },
    token: { type: "string" },
    name: { type: "string" },
    minutes: { type: "string", default: "10" },
  },
});

const minutes = readNumber("minutes", options.minutes, 0) ?? 10;

type Client = Service["client"];

if (import.meta.main) {
  await using service = await openService(options);
  console.log(`Talking to ${service.name}.`);
  const id = options.url === undefined
    ? await promiseLittleMemory(service.client)
    : await find(service.client);
  await watch(service.client, id);
}

/** A bound so close above what a leaking process uses that it is reached within minutes. */
async function promiseLittleMemory(client: Client): Promise<string> {
  const expression = "process_resident_memory_bytes";
  const { status } = await answerOf(
    client.POST("/sla/slas/preview", { body: { expression } }),
  );
  const body = { name: "little memory", expression, max: (status.value ?? 0) + 15e6 };
  return (await answerOf(client.POST("/sla/slas", { body }))).id;
}

async function find(client: Client): Promise<string> {
  const { items } = await answerOf(
    client.GET("/sla/slas/predictions", { params: { query: { limit: 1_000 } } }),
  );
  const [likeliest] = items.filter(({ name }) => options.name === undefined || name === options.name)
    .sort((a, b) => (b.probability ?? -1) - (a.probability ?? -1));
  if (likeliest !== undefined) return likeliest.slaId;
  throw new RangeError(
    options.name === undefined
      ? "There is no SLA to follow: examples/sla_set.ts --keep makes some"
      : `There is no SLA named "${options.name}": there are ${
        items.map(({ name }) => `"${name}"`).join(", ") || "none"
      }`,
  );
}

async function watch(client: Client, id: string): Promise<void> {
  const params = { path: { id } };
  const { name, expression } = await answerOf(client.GET("/sla/slas/{id}", { params }));
  console.log(`Following "${name}" until it is broken, ${minutes} minutes at most.`);
  const unit = unitOfExpression(expression);
  const untilMs = Date.now() + minutes * 60_000;
  let last = "";
  while (Date.now() < untilMs) {
    const status = await answerOf(client.GET("/sla/slas/{id}/status", { params }));
    const { probability, originMs, timeToBreachMs, reason } = await answerOf(
      client.GET("/sla/slas/{id}/prediction", { params }),
    );
    ok(probability === null || probability >= 0 && probability <= 1);
    const chance = probability === null ? reason : `${formatProbability(probability)} in 10 min`;
    const median = timeToBreachMs.p50;
    const when = originMs === null || median === null ? "" : `, median at ${clockTime(originMs + median)}`;
    const figures = [status.value, status.min, status.max];
    const [value, min, max] = formatApart(figures, unit, { digits: DIGITS_READ });
    const bounds = status.min === null
      ? `at most ${max}`
      : status.max === null
      ? `at least ${min}`
      : `${min} … ${max}`;
    const line = `${status.state}, ${value} of ${bounds}; ${chance}${when}`;
    if (line !== last) console.log(`${clockTime(Date.now())}  ${line}`);
    last = line;
    if (status.state === "violated") {
      console.log(`It is broken: ${status.reason}.`);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  }
  console.log(`It held for ${minutes} minutes.`);
}
