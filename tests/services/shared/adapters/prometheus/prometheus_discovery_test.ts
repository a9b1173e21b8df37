import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import type { MetricsSource } from "../../../../../services/shared/ports/metrics_source.ts";
import { matrix, success } from "../../../../support/stub_prometheus.ts";
import { QUERY, TO_MS, withSource } from "./_with_source.ts";

Deno.test("openPrometheusSource() notices that a scrape interval has changed", () => {
  let intervalSeconds = 15;
  return withSource(
    ({ path, form }) => {
      if (path.endsWith("/series")) return success([{ __name__: "up", job: "a" }]);
      const look = /\[(\d+)ms\]/.exec(form.get("query") ?? "");
      if (look === null || !path.endsWith("/query")) return undefined;
      const end = Number(form.get("time"));
      const count = Math.floor(Number(look[1]) / 1_000 / intervalSeconds);
      const values = Array.from({ length: count }, (_, k) => [end - (count - k) * intervalSeconds, "1"]);
      return matrix([{ metric: { __name__: "up", job: "a" }, values }]);
    },
    async ({ source, clock }) => {
      strictEqual((await discover(source, "up")).series[0].stepMs, 15_000);
      intervalSeconds = 30;
      await clock.sleep(11 * 60_000);
      strictEqual((await discover(source, "up")).series[0].stepMs, 30_000);
    },
  );
});

Deno.test("openPrometheusSource() tells types as carried, by declaration, by name, and not by a name its movement refutes", () =>
  withSource(
    ({ path, form }) => {
      const names = ["up", "jobs_total", "processes_count", "size_bytes", "latency_seconds_sum", "mixed"];
      if (path.endsWith("/series")) {
        const carried = [
          { __name__: "http.duration", __type__: "counter", __unit__: "seconds" },
          { __name__: "size_sum", __type__: "histogram", __unit__: "bytes" },
          { __name__: "size_count", __type__: "histogram", __unit__: "bytes" },
          { __name__: "size", __type__: "histogram", __unit__: "bytes" },
          { __name__: "latency", __type__: "summary", quantile: "0.5" },
          { __name__: "depth", __type__: "no such type" },
        ];
        return success([...names.map((__name__) => ({ __name__ })), ...carried]);
      }
      if (path.endsWith("/metadata")) {
        return success({
          up: [{ type: "gauge", help: "", unit: "" }],
          latency_seconds: [{ type: "histogram", help: "", unit: "" }],
          mixed: [{ type: "gauge", help: "", unit: "" }, { type: "counter", help: "", unit: "" }],
        });
      }
      const query = form.get("query") ?? "";
      if (query.includes("resets(")) {
        const value = query.includes("processes_count") ? "0.4" : "0.001";
        return success({ resultType: "vector", result: [{ metric: {}, value: [1, value] }] });
      }
      return undefined;
    },
    async ({ source }) => {
      const { series } = await discover(source, "{__name__=~'.+'}");
      deepStrictEqual(series.map(({ labels, type, unit }) => [labels.__name__, type, unit]), [
        ["up", "gauge", null],
        ["jobs_total", "counter", null],
        ["processes_count", "gauge", null],
        ["size_bytes", "unknown", "bytes"],
        ["latency_seconds_sum", "counter", "seconds"],
        ["mixed", "unknown", null],
        ["http.duration", "counter", "seconds"],
        ["size_sum", "counter", "bytes"],
        ["size_count", "counter", null],
        ["size", "histogram", "bytes"],
        ["latency", "summary", null],
        ["depth", "unknown", null],
      ]);
    },
  ));

Deno.test("openPrometheusSource() hears soon of a type that is declared after the first look, and then seldom asks", () => {
  let isDeclared = false;
  return withSource(
    ({ path }) => {
      if (path.endsWith("/series")) return success([{ __name__: "load" }, { __name__: "job:recorded" }]);
      if (path.endsWith("/metadata")) return success(isDeclared ? { load: [{ type: "gauge" }] } : {});
      return undefined;
    },
    async ({ source, stub, clock }) => {
      const asked = () => stub.requests.filter(({ path }) => path.endsWith("/metadata")).length;
      deepStrictEqual(await typesOf(source), ["unknown", "unknown"]);
      isDeclared = true;
      await clock.sleep(20_000);
      deepStrictEqual(await typesOf(source), ["gauge", "unknown"]);
      // What nobody declares is given up.
      await clock.sleep(6 * 60_000);
      await typesOf(source);
      const before = asked();
      await clock.sleep(20_000);
      await typesOf(source);
      strictEqual(asked(), before);
    },
  );
});

Deno.test("openPrometheusSource() keeps a type that a restarted Prometheus has no metadata of yet", () => {
  let metadata: object = { load: [{ type: "gauge" }], jobs_total: [{ type: "counter" }] };
  return withSource(
    ({ path, form }) => {
      if (path.endsWith("/series")) return success([{ __name__: "load" }, { __name__: "jobs_total" }]);
      if (path.endsWith("/metadata")) return success(metadata);
      return (form.get("query") ?? "").includes("resets(")
        ? success({ resultType: "vector", result: [{ metric: {}, value: [1, "0.4"] }] })
        : undefined;
    },
    async ({ source, clock }) => {
      deepStrictEqual(await typesOf(source), ["gauge", "counter"]);
      metadata = { up: [{ type: "gauge" }] };
      await clock.sleep(6 * 60_000);
      deepStrictEqual(await typesOf(source), ["gauge", "counter"]);
      metadata = { load: [{ type: "gauge" }, { type: "counter" }], jobs_total: [{ type: "gauge" }] };
      await clock.sleep(6 * 60_000);
      deepStrictEqual(await typesOf(source), ["unknown", "gauge"], "what is declared anew counts");
    },
  );
});

Deno.test("openPrometheusSource() leaves out histogram buckets and _info series, and counts them", () =>
  withSource(
    ({ path }) =>
      path.endsWith("/series")
        ? success([
          { __name__: "x_bucket", le: "1" },
          { __name__: "x_bucket", le: "+Inf" },
          { __name__: "x_info", version: "1" },
          { __name__: "leaky_bucket" },
        ])
        : undefined,
    async ({ source }) => {
      const found = await discover(source, "{__name__=~'.+'}");
      deepStrictEqual(found.series.map(({ labels }) => labels.__name__), ["leaky_bucket"]);
      deepStrictEqual(found.leftOut.map(({ series }) => series), [2, 1]);
    },
  ));

for (
  const [result, pattern] of [
    [{ resultType: "scalar", result: [1, "2"] }, /found a scalar/],
    [{ resultType: "string", result: [1, "2"] }, /found a string/],
    [{ resultType: "matrix", result: [] }, /found a range vector/],
    [{ resultType: "vector", result: [{ metric: {}, histogram: [1, {}] }] }, /native histograms/],
  ] as const
) {
  Deno.test(`openPrometheusSource() inspect() rejects what yields ${pattern.source}`, () =>
    withSource(
      ({ form }) => form.get("query") === "time()" ? undefined : success(result),
      async ({ source }) => await rejects(source.inspect("whatever"), { code: "invalid", message: pattern }),
    ));
}

Deno.test("openPrometheusSource() inspect() leaves to who asks how many series are too many", () => {
  const result = Array.from({ length: 10_000 }, (_, i) => ({ metric: { i: `${i}` }, value: [1, "1"] }));
  return withSource(
    ({ form }) => form.get("query") === "time()" ? undefined : success({ resultType: "vector", result }),
    async ({ source }) => strictEqual((await source.inspect("whatever")).series.length, 10_000),
  );
});

Deno.test("openPrometheusSource() inspect() asks the targets of a Prometheus that has not scraped yet", () => {
  const activeTargets = ["5s", "30s", "15s"].map((scrapeInterval, n) => ({
    labels: { job: "node", instance: `${n}` },
    scrapeInterval,
  }));
  return withSource(
    ({ path }) => path.endsWith("/targets") ? success({ activeTargets }) : undefined,
    async ({ source }) => strictEqual((await source.inspect("none")).stepMs, 30_000),
  );
});

for (
  const [jobs, stepMs] of [
    [
      "scrape_configs:\n- job_name: a\n  scrape_interval: 20s\n- job_name: b\n  scrape_interval: 1m30s\n",
      90_000,
    ],
    ["", 15_000],
  ] as const
) {
  Deno.test(`openPrometheusSource() asks the configuration before there are targets, for ${stepMs} ms`, () => {
    const yaml = `global:\n  scrape_interval: 15s\n  scrape_timeout: 10s\n  evaluation_interval: 1m\n${jobs}`;
    return withSource(
      ({ path }) => {
        if (path.endsWith("/status/config")) return success({ yaml });
        if (path.endsWith("/targets")) return success({ activeTargets: [] });
        return path.endsWith("/series") ? success([{ __name__: "up", job: "a" }]) : undefined;
      },
      async ({ source }) => {
        strictEqual((await source.inspect("none")).stepMs, stepMs);
        strictEqual((await discover(source, "up")).series[0].stepMs, stepMs);
      },
    );
  });
}

for (const [isScraping, stepMs] of [[true, 5_000], [false, 60_000]] as const) {
  Deno.test(
    `openPrometheusSource() inspect() gives what yields nothing ${
      isScraping ? "the interval of all else" : "a minute where nothing is scraped"
    }`,
    () =>
      withSource(
        ({ form }) => {
          const query = form.get("query") ?? "";
          if (!isScraping || !query.includes("up")) return undefined;
          const values = [0, 5, 10, 15].map((second) => [TO_MS / 1_000 - 15 + second, "1"]);
          const metric = { __name__: "up", job: "node" };
          return query.includes("[")
            ? matrix([{ metric, values }])
            : success({ resultType: "vector", result: [{ metric, value: [TO_MS / 1_000, "1"] }] });
        },
        async ({ source }) => strictEqual((await source.inspect("none")).stepMs, stepMs),
      ),
  );
}

function discover(source: MetricsSource, selector: string): ReturnType<MetricsSource["discover"]> {
  return source.discover({ selectors: [selector], fromMs: QUERY.fromMs, toMs: QUERY.toMs });
}

async function typesOf(source: MetricsSource): Promise<readonly string[]> {
  return (await discover(source, "x")).series.map(({ type }) => type);
}
