import { ok, strictEqual } from "node:assert/strict";
import { systemClock } from "../../../services/shared/runtime/clock.ts";
import { createMetrics } from "../../../services/shared/runtime/metrics.ts";
import { StandaloneConfig } from "../../../services/standalone/config.ts";
import { startStandalone } from "../../../services/standalone/start.ts";
import { openPrometheus } from "../../servers/prometheus.ts";
import { serverTest } from "../../servers/server_tests.ts";
import { until } from "../../support/until.ts";

const STEP = 15_000;
const HOUR = 3_600_000;
/** Between the end of the history and the test's questions. */
const LATE_MAX_MS = 240_000;

/** A day of a series, up to now. */
function history(endMs: number): string {
  const lines = Array.from({ length: 24 * HOUR / STEP }, (_, k) => {
    const timeMs = endMs - (24 * HOUR / STEP - k) * STEP;
    return `load{job="skew"} ${10 + Math.sin(k / 40)} ${timeMs / 1_000}`;
  });
  return ["# TYPE load gauge", ...lines, "# EOF", ""].join("\n");
}

for (const [name, skewMs] of [["an hour ahead of", HOUR], ["an hour behind", -HOUR]] as const) {
  serverTest(
    { starts: ["prometheus"] },
    `startStandalone() on a machine whose clock is ${name} Prometheus' answers by Prometheus' time`,
    async () => {
      const endMs = Math.floor(Date.now() / STEP) * STEP;
      await using server = await openPrometheus({ history: history(endMs) });
      const folder = await Deno.makeTempDir();
      const resources = new AsyncDisposableStack();
      const stop = new AbortController();
      const { app, done } = await startStandalone(
        StandaloneConfig.parse({
          PROMETHEUS_URL: server.url,
          SQLITE_PATH: `${folder}/skew.sqlite`,
          ETL_SELECTORS: '{job="skew"}',
          ETL_INTERVAL: "2s",
          SLA_INTERVAL: "2s",
        }),
        {
          clock: { ...systemClock, nowMs: () => Date.now() + skewMs },
          metrics: createMetrics(),
          signal: stop.signal,
          use: (resource) => resources.use(resource),
        },
      );
      const ask = async (path: string, body?: object) => {
        const headers = { "content-type": "application/json" };
        const init = body === undefined ? {} : { method: "POST", headers, body: JSON.stringify(body) };
        return await (await app.fetch(new Request(`http://skew${path}`, init))).json();
      };
      const isNow = (timeMs: number, what: string) =>
        ok(Math.abs(timeMs - endMs) <= LATE_MAX_MS, `${what} is ${(timeMs - endMs) / 1_000} s away`);
      try {
        const sla = await ask("/sla/slas", { name: "load", expression: "load", min: 5, max: 15 });
        await until(async () => (await ask("/retrieval/forecasts")).items?.length === 1, "a forecast");
        const [{ originMs, producedAtMs, series }] = (await ask("/retrieval/forecasts")).items;
        isNow(originMs, "the forecast");
        isNow(producedAtMs, "its making");
        for (const statistics of (await ask(`/retrieval/series/${series.id}/statistics`)).items) {
          isNow(statistics.toMs, `the window of ${statistics.window}`);
          ok(statistics.count > 200, `${statistics.window} holds ${statistics.count}`);
        }
        const samples = await ask(`/retrieval/series/${series.id}/samples?window=10m`);
        isNow(samples.toMs, "the samples");
        ok(samples.values.filter((value: number | null) => value !== null).length > 20);
        strictEqual((await ask(`/retrieval/series/${series.id}/forecasts`)).items.length > 0, true);
        isNow(
          (await ask(`/retrieval/series/${series.id}/forecast?horizon=1h`)).originMs,
          "the one on demand",
        );

        await until(
          async () => (await ask(`/sla/slas/${sla.id}/prediction`)).state === "fresh",
          "a prediction",
        );
        const status = await ask(`/sla/slas/${sla.id}/status`);
        strictEqual(status.state, "ok");
        isNow(status.observedAtMs, "the observation");
        ok(status.ageMs >= 0 && status.ageMs <= LATE_MAX_MS, `it is ${status.ageMs} ms old`);
        const violations = await ask(`/sla/slas/${sla.id}/violations?window=1h`);
        isNow(violations.toMs, "the violations");
        ok(violations.missing < LATE_MAX_MS / STEP, `${violations.missing} missing`);
        strictEqual((await app.fetch(new Request("http://skew/readyz"))).status, 200);
      } finally {
        stop.abort();
        await done;
        await resources.disposeAsync();
        await Deno.remove(folder, { recursive: true });
      }
    },
  );
}
