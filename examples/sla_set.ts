/**
 * Promises something about five metrics and prints how that stands:
 * `deno run --allow-net --allow-read --allow-write --ignore-env examples/sla_set.ts`.
 *
 * - `--url http://localhost:8080` talks to a running Pronoia; without it a demo starts in this process
 * - `--list` prints the metrics there are, and ends
 * - `--pick a,b,c` takes these; `--random 5 --seed 1` takes some; otherwise the first five that are not at risk from
 *   the start. But for those picked, constant series and points in time are left out, and those named as counters
 *   that Prometheus does not know for such: bounds say nothing of them
 * - `--min 1`, `--max 2` for all of them; without, both come from its samples of the last 30 minutes
 * - `--out FILE` writes the SLAs for `SLA_FILE` and creates none
 * - `--keep` leaves the SLAs there; otherwise they are deleted at the end
 * - `--token …` where writes need one
 */
import { ok } from "node:assert/strict";
import { parseArgs } from "node:util";
import { answerOf } from "../client/mod.ts";
import { formatPeriod } from "../services/shared/domain/units/duration_text.ts";
import { shortMethod } from "../services/shared/domain/units/method_words.ts";
import {
  DIGITS_READ,
  formatApart,
  formatProbability,
  formatQuantity,
} from "../services/shared/domain/units/quantity.ts";
import { exactSelector } from "../services/shared/domain/selector.ts";
import { unitOfExpression } from "../services/shared/domain/units/unit.ts";
import { clockTime } from "./_clock_time.ts";
import { readNumber } from "./_numbers.ts";
import { openProgress } from "./_progress.ts";
import { openService, type Service } from "./_service.ts";
import { tidied } from "./_tidy.ts";
import { untilSome } from "./_until.ts";

type Client = Service["client"];

interface Metric {
  readonly name: string;
  readonly expression: string;
  /** Whether bounds would say something of it. */
  readonly isPromising: boolean;
}

/** A name that only counters should have; without a type nobody knows that these grow for ever. */
const COUNTER_NAME = /_(?:total|count|sum|bucket|created)$/;

/** Most metrics tried for the five: each is forecast once. */
const TRIED_MAX = 40;

const { values: options } = parseArgs({
  args: Deno.args,
  options: {
    url: { type: "string" },
    token: { type: "string" },
    list: { type: "boolean" },
    pick: { type: "string" },
    random: { type: "string" },
    seed: { type: "string", default: "1" },
    min: { type: "string" },
    max: { type: "string" },
    out: { type: "string" },
    keep: { type: "boolean" },
  },
});

const bounds = { min: readNumber("min", options.min), max: readNumber("max", options.max) };
const randomCount = readNumber("random", options.random, 1);
let seed = readNumber("seed", options.seed, 1) ?? 1;

if (import.meta.main) {
  await using service = await openService(options);
  console.log(`Talking to ${service.name}.`);
  const metrics = await listMetrics(service.client);
  ok(metrics.length > 0, "there must be metrics to promise something about");
  if (options.list) { for (const { name } of metrics) console.log(`  ${name}`); }
  else await promise(service.client, await choose(service.client, metrics));
}

async function promise(client: Client, chosen: readonly Metric[]): Promise<void> {
  const drafts = chosen.map(draftOf);
  if (options.out !== undefined) {
    await Deno.writeTextFile(options.out, JSON.stringify(drafts, null, 2));
    console.log(
      `${drafts.length} SLAs are in ${options.out}: start the SLA manager with SLA_FILE=${options.out}`,
    );
    return;
  }
  const slas: Promise<{ readonly id: string }>[] = [];
  let isOver = false;
  await using _deleted = tidied(async () => {
    isOver = true;
    if (options.keep) return;
    // Also one that is just being made.
    const made = (await Promise.allSettled(slas)).flatMap((sla) =>
      sla.status === "fulfilled" ? sla.value : []
    );
    for (const { id } of made) await client.DELETE("/sla/slas/{id}", { params: { path: { id } } });
    if (made.length > 0) console.log(`\n${made.length} SLAs deleted again; --keep leaves them there.`);
  });
  {
    using progress = openProgress("Creating SLAs");
    for (const [i, draft] of drafts.entries()) {
      if (isOver) return;
      progress.update(i, drafts.length, draft.name);
      slas.push(answerOf(client.POST("/sla/slas", { body: draft })));
      await slas[i];
    }
    progress.update(drafts.length, drafts.length, "SLAs created");
  }
  for (const sla of slas) await print(client, (await sla).id);
}

/** Every analysed series; a counter as its rate. */
async function listMetrics(client: Client): Promise<Metric[]> {
  const query = { window: "1h" as const, limit: 1_000 };
  const entries = await untilSome(
    "statistics",
    async () => (await answerOf(client.GET("/retrieval/statistics", { params: { query } }))).items,
  );
  return entries.map(({ series: { name, labels, type }, min, max }) => {
    const selector = exactSelector({ __name__: name, ...labels });
    const expression = type === "counter" ? `rate(${selector}[5m])` : selector;
    const isTime = unitOfExpression(expression).base?.startsWith("epoch") === true;
    return {
      name: `${name}${exactSelector(labels)}`,
      expression,
      isPromising: min !== max && !isTime && (type === "counter" || !COUNTER_NAME.test(name)),
    };
  });
}

async function choose(client: Client, metrics: readonly Metric[]): Promise<readonly Metric[]> {
  if (options.pick !== undefined) {
    return options.pick.split(",").map((wanted) => {
      const found = metrics.find(({ name }) => name === wanted || name.split("{")[0] === wanted.trim());
      return found ?? { name: wanted.trim(), expression: wanted.trim(), isPromising: true };
    });
  }
  const rest = metrics.filter(({ isPromising }) => isPromising);
  if (randomCount === null) return await chooseKept(client, rest);
  return Array.from({ length: Math.min(randomCount, rest.length) }, () => {
    // The minimal standard generator: the same seed picks the same metrics.
    seed = seed * 48_271 % 2_147_483_647;
    return rest.splice(seed % rest.length, 1)[0];
  });
}

/**
 * Five whose promise stands as it is made, as far as there are so many: a bound about to be crossed promises nothing.
 */
async function chooseKept(client: Client, metrics: readonly Metric[]): Promise<readonly Metric[]> {
  using progress = openProgress("Trying promises");
  const kept: Metric[] = [];
  const others: Metric[] = [];
  for (const metric of metrics.slice(0, TRIED_MAX)) {
    if (kept.length === 5) break;
    progress.update(kept.length, 5, metric.name);
    const { status } = await answerOf(client.POST("/sla/slas/preview", { body: draftOf(metric) }));
    (status.state === "ok" ? kept : others).push(metric);
  }
  return [...kept, ...others].slice(0, 5);
}

function draftOf({ name, expression }: Metric) {
  return { name, expression, ...bounds, target: 0.99 };
}

async function print(client: Client, id: string): Promise<void> {
  const params = { path: { id } };
  const status = await answerOf(client.GET("/sla/slas/{id}/status", { params }));
  const prediction = await answerOf(client.GET("/sla/slas/{id}/prediction", { params }));
  ok(prediction.probability === null || prediction.probability >= 0 && prediction.probability <= 1);
  console.log(`\n${status.name}`);
  const { expression, derivedFrom } = await answerOf(client.GET("/sla/slas/{id}", { params }));
  const [min, max] = formatApart([status.min, status.max, status.value], unitOfExpression(expression), {
    digits: DIGITS_READ,
  });
  console.log(
    `  promised  ${min} … ${max}${
      derivedFrom === null ? "" : ` (from the last ${formatPeriod(derivedFrom.toMs - derivedFrom.fromMs)})`
    }`,
  );
  console.log(`  now       ${status.state}: ${status.reason}`);
  for (const window of ["1h", "3h", "12h"]) {
    const { count, violatedMs, missing } = await answerOf(
      client.GET("/sla/slas/{id}/violations", { params: { ...params, query: { window } } }),
    );
    console.log(
      `  past ${window.padEnd(4)} ${count === 1 ? "1 violation" : `${count} violations`}, ${
        formatQuantity((violatedMs ?? 0) / 1_000, { base: "seconds" })
      }; ${missing === 1 ? "1 sample" : `${missing} samples`} missing`,
    );
  }
  const percent = prediction.probability === null
    ? prediction.reason
    : formatProbability(prediction.probability);
  const { originMs, timeToBreachMs: { p50: median } } = prediction;
  console.log(
    `  next 10m  ${percent}${
      originMs === null || median === null ? "" : `, median at ${clockTime(originMs + median)}`
    }${prediction.method === null ? "" : ` (${shortMethod(prediction.method, prediction.stepMs)})`}`,
  );
}
