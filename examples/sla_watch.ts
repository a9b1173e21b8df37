/**
 * Follows an SLA until it is broken: `deno run --allow-net --allow-read --allow-write --ignore-env examples/sla_watch.ts`.
 *
 * - `--url http://localhost:8080` talks to a running Pronoia; without it a demo starts in this process, with an SLA
 *   about a process that leaks memory
 * - `--name …` follows the SLA of this name, by default the one likeliest to break
 * - `--minutes 10` gives up after so long
 */
import { ok } from "node:assert/strict";
import { parseArgs } from "node:util";
import {
  DIGITS_READ,
  formatApart,
  formatProbability,
  formatQuantity,
} from "../services/shared/domain/units/quantity.ts";
import { unitOfExpression } from "../services/shared/domain/units/unit.ts";
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

if (import.meta.main) {
  await using service = await openService(options);
  console.log(`Talking to ${service.name}.`);
  const id = options.url === undefined ? await promiseLittleMemory(service) : await find(service);
  await watch(service, id);
}

/** A bound so close above what a leaking process uses that it is reached within minutes. */
async function promiseLittleMemory(service: Service): Promise<string> {
  const expression = "process_resident_memory_bytes";
  const { status } = await service.json("POST", "/sla/slas/preview", { name: "preview", expression });
  const max = status.value + 15e6;
  return (await service.json("POST", "/sla/slas", { name: "little memory", expression, max })).id;
}

async function find(service: Service): Promise<string> {
  const { items } = await service.json("GET", "/sla/slas/predictions?limit=1000");
  const named = items.filter(({ name }: { name: string }) =>
    options.name === undefined || name === options.name
  );
  ok(named.length > 0, "there must be an SLA to follow: examples/sla_set.ts makes some");
  named.sort((a: { probability: number }, b: { probability: number }) =>
    (b.probability ?? -1) - (a.probability ?? -1)
  );
  return named[0].slaId;
}

async function watch(service: Service, id: string): Promise<void> {
  const unit = unitOfExpression((await service.json("GET", `/sla/slas/${id}`)).expression);
  const untilMs = Date.now() + Number(options.minutes) * 60_000;
  let last = "";
  while (Date.now() < untilMs) {
    const status = await service.json("GET", `/sla/slas/${id}/status`);
    const { probability, timeToBreachMs, reason } = await service.json("GET", `/sla/slas/${id}/prediction`);
    ok(probability === null || probability >= 0 && probability <= 1);
    const chance = probability === null ? reason : `${formatProbability(probability)} in 10 min`;
    const median = timeToBreachMs.p50;
    const when = median === null ? "" : `, median in ${formatQuantity(median / 1_000, { base: "seconds" })}`;
    const figures = [status.value, status.min, status.max];
    const [value, min, max] = formatApart(figures, unit, { digits: DIGITS_READ });
    const bounds = status.min === null
      ? `at most ${max}`
      : status.max === null
      ? `at least ${min}`
      : `${min} … ${max}`;
    const line = `${status.name}: ${status.state}, ${value} of ${bounds}; ${chance}${when}`;
    if (line !== last) console.log(`${new Date().toISOString().slice(11, 19)}  ${line}`);
    last = line;
    if (status.state === "violated") {
      console.log(`It is broken: ${status.reason}.`);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  }
  console.log(`It held for ${options.minutes} minutes.`);
}
