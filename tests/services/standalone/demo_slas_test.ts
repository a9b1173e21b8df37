import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { createDemoSource, DEMO_STEP_MS } from "../../../services/shared/adapters/demo/demo_source.ts";
import { DEMO_SLAS } from "../../../services/standalone/demo_slas.ts";
import type { TestProcess } from "../../support/process.ts";
import { openStubPrometheus } from "../../support/stub_prometheus.ts";
import { until } from "../../support/until.ts";
import { addressOf, startStandalone, withFolder } from "./_process.ts";

const DAY = 86_400_000;
const NAMES = DEMO_SLAS.map(({ name }) => name).sort();

interface Item {
  readonly id: string;
  readonly name: string;
  readonly slaId: string;
  readonly state: string;
  readonly remaining: number | null;
  readonly timeToBreachMs: { readonly p50: number | null };
}

async function list(process: TestProcess, path: string): Promise<Item[]> {
  const response = await fetch(`${await addressOf(process)}/sla/${path}`);
  const body = await response.json();
  return response.ok ? body.items : [];
}

Deno.test("start shows a demo's SLAs at its first start: one kept, one foreseen with a time, one that spends", () =>
  withFolder(async (folder) => {
    await using first = startStandalone(folder);
    await until(async () => (await list(first, "slas")).length === NAMES.length, "the SLAs");
    const slas = await list(first, "slas");
    deepStrictEqual(slas.map(({ name }) => name).sort(), NAMES);
    const of = (name: string) => slas.find((sla) => sla.name === name)!.id;
    const find = async (path: string, name: string) =>
      (await list(first, path)).find(({ slaId }) => slaId === of(name));
    await until(
      async () => (await find("slas/status", "Session cache hits"))?.state === "ok",
      "the one kept",
    );
    await until(async () => {
      const { state } = await find("slas/status", "Report workers") ?? {};
      const { timeToBreachMs } = await find("slas/predictions", "Report workers") ?? {};
      return (state === "at_risk" || state === "violated") && typeof timeToBreachMs?.p50 === "number";
    }, "the one foreseen");
    await until(async () => {
      const { remaining } = await find("slas/budgets", "Order queue") ?? {};
      return typeof remaining === "number" && remaining > 0.1 && remaining < 0.4;
    }, "the one that spends");
    // Somebody may do with them as he likes: what is deleted stays away.
    const response = await fetch(`${await addressOf(first)}/sla/slas/${of("Order queue")}`, {
      method: "DELETE",
    });
    strictEqual(response.status, 204);
    first.kill("SIGTERM");
    strictEqual(await first.exit(), 0);
    await using second = startStandalone(folder);
    await second.line(/cycle done/);
    const left = NAMES.filter((name) => name !== "Order queue");
    deepStrictEqual((await list(second, "slas")).map(({ name }) => name).sort(), left);
  }));

Deno.test("start makes no SLA with a Prometheus of one's own, nor where DEMO_SLAS is false", () =>
  withFolder(async (folder) => {
    await using prometheus = openStubPrometheus(() => undefined);
    for (const [name, value] of [["PROMETHEUS_URL", prometheus.url], ["DEMO_SLAS", "false"]]) {
      const path = await Deno.makeTempDir({ dir: folder });
      await using process = startStandalone(path, { [name]: value, SLA_INTERVAL: "1s" });
      await process.line(/"msg":"(cycle done|cannot evaluate|.*cycle)/);
      deepStrictEqual(await list(process, "slas"), []);
    }
  }));

Deno.test("DEMO_SLAS leave the workers' and the queue's budget unspent at any time, and both are lately violated", async () => {
  for (let day = 0; day < 365; day += 60.7) {
    const nowMs = Math.floor((Date.UTC(2026, 6, 1) + day * DAY) / DEMO_STEP_MS) * DEMO_STEP_MS;
    await using source = createDemoSource({ clock: { nowMs: () => nowMs, sleep: () => Promise.resolve() } });
    for (const { name, expression, min, max, target } of DEMO_SLAS) {
      const query = { expression, fromMs: nowMs - 30 * DAY, toMs: nowMs, stepMs: DEMO_STEP_MS };
      const { series: [{ values }] } = await source.read(query);
      const isBad = (value: number) => value < (min ?? -Infinity) || value > (max ?? Infinity);
      const bad = values.filter(isBad).length;
      const remaining = 1 - bad / values.length / (1 - target!);
      ok(remaining > 0.1 && remaining <= 1, `${name}, day ${day}: ${remaining}`);
      const lately = [...values.slice(-4 * 120)].some(isBad);
      if (name === "Report workers" || name === "Order queue") ok(lately, `${name}, day ${day}`);
    }
  }
});
