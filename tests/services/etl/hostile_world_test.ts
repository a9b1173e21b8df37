import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { EtlConfig } from "../../../services/etl/config.ts";
import { openSource } from "../../../services/shared/adapters/open_source.ts";
import { systemClock } from "../../../services/shared/runtime/clock.ts";
import { openPrometheus } from "../../servers/prometheus.ts";
import { serverTest } from "../../servers/server_tests.ts";
import { askPrometheus } from "../../support/ask_prometheus.ts";
import { openEtl } from "../../support/etl.ts";
import { until } from "../../support/until.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const HISTORY = 13 * HOUR;
const LONG = "x".repeat(10_000);
const HOSTILE = 'C:\\dir\\"x"\nünï 🧀 {a="b"}\\';

/** A metric of the hostile world: the value at an age before the end, `undefined` for no sample. */
interface Shape {
  readonly labels?: Readonly<Record<string, string>>;
  readonly type?: string;
  readonly stepMs?: number;
  readonly value: (ageMs: number, k: number) => number | undefined;
}

const SHAPES: Readonly<Record<string, Shape>> = {
  "http.server.requests_total": {
    type: "counter",
    labels: { "http.status_code": "200", "url path": HOSTILE },
    // Two a second; it restarts three and a half hours ago.
    value: (ageMs, k) => ageMs > 3.5 * HOUR ? 1e6 + 120 * k : 120 * (k - 570),
  },
  "säure grad 🧪": { type: "gauge", labels: { ort: "Köln" }, value: (_, k) => k % 60 },
  long_label: { labels: { text: LONG }, value: (ageMs, k) => ageMs > 2 * HOUR ? undefined : k % 5 },
  odd_values: {
    value: (_, k) => k % 10 === 3 ? NaN : k % 10 === 6 ? Infinity : k % 10 === 7 ? -Infinity : 1,
  },
  only_nan: { value: () => NaN },
  enormous: { value: (_, k) => k % 2 === 0 ? 1.7e308 : -1.7e308 },
  tiny: { value: (_, k) => k % 2 === 0 ? 5e-324 : -0 },
  vanished: { value: (ageMs, k) => ageMs < 4 * HOUR ? undefined : k % 7 },
  returned: { value: (ageMs, k) => ageMs < 6 * HOUR && ageMs > 2 * HOUR ? undefined : k % 7 },
  changed_interval: {
    stepMs: MINUTE / 4,
    value: (ageMs, k) => ageMs < 3 * HOUR && k % 4 !== 0 ? undefined : 5,
  },
  just_born: { value: (ageMs) => ageMs > 2 * MINUTE ? undefined : 1 },
};

function exposition(endMs: number): string {
  const quote = (text: string) =>
    `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
  const lines = Object.entries(SHAPES).flatMap(
    ([name, { labels = {}, type = "gauge", stepMs = MINUTE, value }]) => {
      const pairs = Object.entries(labels).map(([label, text]) => `${quote(label)}=${quote(text)}`);
      const samples = Array.from({ length: HISTORY / stepMs }, (_, k) => {
        const ageMs = HISTORY - k * stepMs;
        const found = value(ageMs, k);
        const text = found === Infinity ? "+Inf" : String(found);
        return found === undefined
          ? []
          : [`{${[quote(name), ...pairs].join(",")}} ${Object.is(found, -0) ? "-0" : text} ${endMs - ageMs}`];
      });
      return [`# TYPE ${quote(name)} ${type}`, ...samples.flat()];
    },
  );
  return [...lines, ""].join("\n");
}

serverTest(
  { starts: ["prometheus3"] },
  "startEtl() over a Prometheus 3 full of hostile names, labels and values: each series by itself",
  async () => {
    const endMs = Math.floor(Date.now() / MINUTE) * MINUTE;
    const text = exposition(endMs);
    await using exporter = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      // What it said before Prometheus passes over.
      () =>
        new Response(text, {
          headers: { "content-type": "text/plain; version=1.0.0; escaping=allow-utf-8" },
        }),
    );
    await using server = await openPrometheus({
      version: 3,
      // A scrape may take as long, and this one is large.
      scrapeInterval: "5s",
      targets: { hostile: [`127.0.0.1:${exporter.addr.port}`] },
    });
    await until(async () => (await askPrometheus(server.url, "up == 1")).length === 1, "a scrape");
    const config = EtlConfig.parse({
      PROMETHEUS_URL: server.url,
      KAFKA_BROKERS: "unused:1",
      ETL_SELECTORS: '{job="hostile",__name__!~"scrape_.*|up"}',
      ETL_LOOKBACK: "12h",
      // So that the window ends where the history does, however long the start took.
      ETL_OFFSET: `${Date.now() - endMs}ms`,
    });
    await using etl = openEtl({ config, source: await openSource(config, { clock: systemClock }) });
    const cycle = await etl.untilCycles(1);
    strictEqual(cycle.state, "done");
    ok(cycle.warnings.includes("144 infinite samples are read as missing"), cycle.warnings.join());
    const { items } = (await etl.get(`/cycles/${cycle.id}/series?limit=1000`)).body;
    const told = new Map<string, string[]>(
      items.map((
        { series, reason, problems }: { series: { name: string }; reason?: string; problems: string[] },
      ) => [
        series.name,
        [...reason === undefined ? [] : [reason], ...problems],
      ]),
    );
    const problems: Record<string, RegExp> = {
      only_nan: /^There are no usable values in the window$/,
      vanished: /^No forecast: the last sample is (?:3h59m|4h)/,
      just_born: /^No forecast: at least 3 samples are needed, found 2$/,
      enormous: /^No forecast: these figures are out of range: summary\.mean\.value, /,
    };
    for (const [name, sentences] of told) match(sentences.join(" and "), problems[name] ?? /^$/);
    deepStrictEqual([...told.keys()].sort(), Object.keys(SHAPES).sort());

    const messages = (await etl.published()).map(({ message }) => message);
    const labelsOf = (name: string) => messages.find(({ series }) => series.name === name)!.series.labels;
    const instance = { instance: `127.0.0.1:${exporter.addr.port}`, job: "hostile" };
    deepStrictEqual(labelsOf("http.server.requests_total"), {
      ...instance,
      "http.status_code": "200",
      "url path": HOSTILE,
    });
    deepStrictEqual(labelsOf("säure grad 🧪"), { ...instance, ort: "Köln" });
    strictEqual(labelsOf("long_label").text, LONG);

    const figures = (name: string, window: string) => {
      const found = messages.find((message) =>
        message.kind === "statistics" && message.series.name === name && message.window === window
      );
      if (found?.kind !== "statistics") throw new Error(`No statistics of ${name}`);
      const { count, min, max, mean } = found;
      return [count, min, max, mean];
    };
    deepStrictEqual(figures("http.server.requests_total", "3h"), [180, 2, 2, 2]);
    // No fall where it restarted, whatever was counted in that minute.
    deepStrictEqual(figures("http.server.requests_total", "12h").slice(0, 3), [720, 0, 2]);
    deepStrictEqual(figures("säure grad 🧪", "1h"), [60, 0, 59, 29.5]);
    deepStrictEqual(figures("odd_values", "1h"), [42, 1, 1, 1]);
    deepStrictEqual(figures("vanished", "1h"), [0, null, null, null]);
    deepStrictEqual(figures("returned", "3h").slice(0, 3), [120, 0, 6]);
    deepStrictEqual(figures("enormous", "1h"), [60, -1.7e308, 1.7e308, 0]);
    deepStrictEqual(figures("tiny", "1h"), [60, 0, 5e-324, 0]);
    // The interval of now, whatever it was.
    deepStrictEqual(figures("changed_interval", "12h"), [720, 5, 5, 5]);
    const forecasts = messages.filter(({ kind }) => kind === "forecast").map(({ series }) => series.name);
    deepStrictEqual(
      [...new Set(forecasts)].sort(),
      Object.keys(SHAPES).filter((name) => told.get(name)!.length === 0).sort(),
    );
  },
);
