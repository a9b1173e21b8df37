import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { createSoleOwner } from "../../../services/shared/adapters/embedded/sole_owner.ts";
import { openMysqlConnection } from "../../../services/shared/adapters/mysql/mysql_connection.ts";
import { openSource } from "../../../services/shared/adapters/open_source.ts";
import { openSqlSlaStore } from "../../../services/shared/adapters/slas/sql_sla_store.ts";
import type { SlaViolations } from "../../../services/shared/domain/sla/sla_violations.ts";
import { systemClock } from "../../../services/shared/runtime/clock.ts";
import { createMetrics } from "../../../services/shared/runtime/metrics.ts";
import { DEFAULT_SETTINGS } from "../../../services/sla_manager/settings.ts";
import { startSlaManager } from "../../../services/sla_manager/start.ts";
import { openPrometheus, type PrometheusServer } from "../../servers/prometheus.ts";
import { requireUrl, serverTest } from "../../servers/server_tests.ts";
import { dropDatabasesMade, urlOf } from "../../support/sql_databases.ts";
import { until } from "../../support/until.ts";

const SECOND = 1_000;

const STEP = 15 * SECOND;

const HOUR = 3_600 * SECOND;

/** A seeded normal number per step: the sum of twelve uniform ones. */
function noise(seed: number, step: number): number {
  let sum = -6;
  let state = (seed * 2_654_435_761 + step * 40_503) >>> 0;
  for (let i = 0; i < 12; i++) {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 3_266_489_917) >>> 0;
    sum += state / 2 ** 32;
  }
  return sum;
}

/** Two hours of known series, scraped 3.2 s after each quarter minute, up to now. */
function history(nowMs: number): string {
  const scrapes = Array.from(
    { length: 2 * HOUR / STEP },
    (_, k) => Math.floor(nowMs / STEP) * STEP - (k + 1) * STEP + 3_200,
  )
    .reverse();
  const lines: string[] = [];
  const series = (selector: string, valueAt: (timeMs: number, k: number) => number) => {
    scrapes.forEach((timeMs, k) => {
      const value = valueAt(timeMs, k);
      if (!Number.isNaN(value)) lines.push(`${selector} ${value} ${timeMs / 1_000}`);
    });
  };
  // Out of [20, 80] here and there, with gaps of a minute now and then.
  series(`known_latency{path="/"}`, (_, k) => k % 61 < 4 ? NaN : 50 + 40 * Math.sin(k / 9) + noise(1, k));
  series(`known_latency{path="/slow"}`, (_, k) => 200 + noise(2, k));
  // 100 in five minutes.
  series(
    "known_ramp",
    (timeMs, k) => 100 - (nowMs + 300 * SECOND - timeMs) / (10 * SECOND) + 0.3 * noise(3, k),
  );
  series("known_noise", (_, k) => noise(4, k));
  series("known_vanished", (timeMs, k) => timeMs > nowMs - 1_200 * SECOND ? NaN : noise(5, k));
  return [...lines, "# EOF", ""].join("\n");
}

/** Violations found from Prometheus' raw samples, by hand: a sample stands for the step from it on. */
async function findByHand(
  prometheus: PrometheusServer,
  selector: string,
  bounds: { min: number; max: number },
  range: { fromMs: number; toMs: number },
): Promise<ByHand> {
  const seconds = Math.round((range.toMs - range.fromMs) / 1_000);
  const query = new URLSearchParams({ query: `${selector}[${seconds}s]`, time: String(range.toMs / 1_000) });
  const answer = await (await fetch(`${prometheus.url}/api/v1/query?${query}`)).json();
  const samples: { timeMs: number; value: number }[] = answer.data.result[0].values.map((
    [time, text]: [number, string],
  ) => ({ timeMs: time * 1_000, value: Number(text) }));
  const found: ByHand["found"] = [];
  for (const [i, { timeMs, value }] of samples.entries()) {
    const out = (v: number) => v > bounds.max ? "max" : v < bounds.min ? "min" : null;
    const bound = out(value);
    if (bound === null) continue;
    const before = samples[i - 1];
    const goes = before !== undefined && out(before.value) === bound && timeMs - before.timeMs < 1.5 * STEP;
    const last = found.at(-1);
    if (goes && last !== undefined) {
      last.toMs = timeMs + STEP;
      last.worst = bound === "max" ? Math.max(last.worst, value) : Math.min(last.worst, value);
    } else found.push({ fromMs: timeMs, toMs: timeMs + STEP, worst: value });
  }
  return { found, missing: seconds / (STEP / SECOND) - samples.length };
}

interface ByHand {
  readonly found: { fromMs: number; toMs: number; worst: number }[];
  /** Steps of the range without a sample. */
  readonly missing: number;
}

serverTest(
  { uses: ["mariadb"], starts: ["prometheus"] },
  "the SLA manager over real Prometheus and MariaDB says what its samples say",
  async (t) => {
    const nowMs = Date.now();
    await using prometheus = await openPrometheus({ history: history(nowMs) });
    const stop = new AbortController();
    const source = await openSource({ PROMETHEUS_URL: prometheus.url }, { clock: systemClock });
    const url = urlOf(requireUrl("mariadb"), `sla_real_${crypto.randomUUID().slice(0, 8)}`);
    const store = openSqlSlaStore(openMysqlConnection({ url }));
    const manager = startSlaManager({
      shards: createSoleOwner(),
      source,
      store,
      clock: systemClock,
      metrics: createMetrics(),
      settings: { ...DEFAULT_SETTINGS, intervalMs: SECOND, readTimeoutMs: 3 * SECOND },
      signal: stop.signal,
    });
    const get = async (path: string) => await (await manager.app.request(path)).json();
    const create = async (body: object): Promise<string> => {
      const response = await manager.app.request("/slas", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      const answer = await response.json();
      strictEqual(response.status, 201, JSON.stringify(answer));
      return answer.id;
    };

    try {
      await t.step("violations equal those found by hand in the raw samples", async () => {
        const bounds = { min: 20, max: 80 };
        const id = await create({ name: "latency", expression: `known_latency{path="/"}`, ...bounds });
        const answer: SlaViolations = await get(`/slas/${id}/violations`);
        const { found: byHand, missing } = await findByHand(
          prometheus,
          `known_latency{path="/"}`,
          bounds,
          answer,
        );
        ok(byHand.length > 5, `${byHand.length} intervals`);
        strictEqual(answer.count, byHand.length);
        for (const [i, interval] of answer.intervals.entries()) {
          ok(Math.abs(interval.fromMs - byHand[i].fromMs) <= STEP, `from of ${i}`);
          ok(Math.abs(interval.toMs - byHand[i].toMs) <= STEP, `to of ${i}`);
          strictEqual(interval.worst, byHand[i].worst);
        }
        // Gaps, and what has gone by since the history ended; at either end a sample may be of the step outside.
        ok(
          missing >= 12 && Math.abs(answer.missing! - missing) <= 1,
          `${answer.missing} of ${missing} missing`,
        );
      });

      await t.step("a ramp that reaches its bound in five minutes", async () => {
        const id = await create({ name: "ramp", expression: "known_ramp", max: 100 });
        const { probability, timeToBreachMs, bound, state } = await get(`/slas/${id}/prediction`);
        deepStrictEqual([state, bound], ["fresh", "max"]);
        ok(probability >= 0.9, `probability ${probability}`);
        ok(Math.abs(timeToBreachMs.p50 - 300 * SECOND) <= 120 * SECOND, `median ${timeToBreachMs.p50}`);
        strictEqual((await get(`/slas/${id}/status`)).state, "at_risk");
      });

      await t.step("a bound eight standard deviations away", async () => {
        const id = await create({ name: "noise", expression: "known_noise", min: -8, max: 8 });
        const { probability } = await get(`/slas/${id}/prediction`);
        ok(probability <= 0.02, `probability ${probability}`);
        strictEqual((await get(`/slas/${id}/status`)).state, "ok");
      });

      await t.step("each label set apart, the worst first; PromQL; a series that vanished", async () => {
        const all = await create({ name: "all", expression: "known_latency", max: 150 });
        const { state, series } = await get(`/slas/${all}/status`);
        deepStrictEqual([state, series.length, series[0].labels.path], ["violated", 2, "/slow"]);
        const sum = await create({ name: "sum", expression: "sum(known_latency) > bool 0", min: 1 });
        strictEqual((await get(`/slas/${sum}/status`)).value, 1);
        const vanished = await create({ name: "vanished", expression: "known_vanished", max: 100 });
        strictEqual((await get(`/slas/${vanished}/status`)).state, "unknown");
        strictEqual((await get(`/slas/${vanished}/prediction`)).state, "unknown");
      });

      await t.step("what Prometheus refuses is refused in its words", async () => {
        for (
          const [expression, words] of [["sum(", /parse error/], ["1 + 1", /./], [`"text"`, /./], [
            "scalar(up)",
            /./,
          ]] as const
        ) {
          const response = await manager.app.request("/slas", {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ name: expression, expression, max: 1 }),
          });
          const answer = await response.json();
          strictEqual(response.status, 422, `${expression}: ${JSON.stringify(answer)}`);
          strictEqual(answer.errors[0].field, "expression");
          ok(words.test(answer.errors[0].message), answer.errors[0].message);
        }
      });

      await t.step("a stopped Prometheus makes everything unknown, and predictions expire", async () => {
        await prometheus.stop();
        await until(async () => {
          const { items } = await get("/slas/status");
          return items.length === 6 && items.every(({ state }: { state: string }) => state === "unknown");
        }, "states that are all unknown");
        const { items } = await get("/slas/predictions");
        for (const { state, probability } of items) {
          ok(state === "expired" || state === "unknown", state);
          strictEqual(probability, null);
        }
        // Samples read a moment ago may answer a moment longer.
        await until(
          async () => (await get("/slas/violations")).items[0].count === null,
          "violations of the past that can't be told",
        );
        strictEqual((await manager.app.request("/slas/status")).status, 200);
        await prometheus.start();
        // It has no new samples: nothing is known still, but for another reason.
        await until(async () => {
          const { items: [first] } = await get("/slas/status");
          return first.state === "unknown" && first.reason.startsWith("no sample since");
        }, "another question for its samples");
      });
    } finally {
      stop.abort();
      await manager.done;
      await store[Symbol.asyncDispose]();
      await source[Symbol.asyncDispose]();
      await dropDatabasesMade(requireUrl("mariadb"));
    }
  },
);
