import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import {
  openPrometheusSource,
  type PrometheusSourceOptions,
} from "../../../../../services/shared/adapters/prometheus/prometheus_source.ts";
import { exactSelector } from "../../../../../services/shared/domain/selector.ts";
import type { Clock } from "../../../../../services/shared/ports/clock.ts";
import {
  failure,
  matrix,
  openStubPrometheus,
  type StubAnswer,
  type StubPrometheus,
  success,
} from "../../../../support/stub_prometheus.ts";

const TO_MS = 1_760_000_040_000;
const QUERY = { expression: "up", fromMs: TO_MS - 600_000, toMs: TO_MS, stepMs: 60_000 };
const UP = { metric: { __name__: "up" }, values: [[TO_MS / 1_000 - 60, "1"]] };

/** Time passes only by sleeping: retries take none. A request's own timeout never comes unless it is asked for. */
function createClock(options: { readonly timesOut?: boolean } = {}): Clock & { readonly slept: number[] } {
  const slept: number[] = [];
  let nowMs = 0;
  return {
    slept,
    nowMs: () => nowMs,
    sleep(durationMs, signal) {
      if (durationMs === 15_000 && !options.timesOut) {
        return new Promise((resolve) => signal?.addEventListener("abort", () => resolve(), { once: true }));
      }
      slept.push(durationMs);
      nowMs += durationMs;
      return Promise.resolve();
    },
  };
}

async function withSource<Result>(
  answer: StubAnswer,
  work: (
    world: {
      source: ReturnType<typeof openPrometheusSource>;
      stub: StubPrometheus;
      clock: ReturnType<typeof createClock>;
    },
  ) => Promise<Result>,
  options: Partial<PrometheusSourceOptions> & { readonly timesOut?: boolean } = {},
): Promise<Result> {
  await using stub = openStubPrometheus(answer);
  const clock = createClock(options);
  await using source = openPrometheusSource({ url: stub.url, clock, random: () => 0.5, ...options });
  return await work({ source, stub, clock });
}

for (const status of [429, 502, 503, 504]) {
  Deno.test(`openPrometheusSource() tries again after ${status} and then answers`, () =>
    withSource(
      ({ before }) => before < 2 ? new Response("busy", { status }) : matrix([UP]),
      async ({ source, stub, clock }) => {
        strictEqual((await source.read(QUERY)).series.length, 1);
        strictEqual(stub.requests.length, 3);
        deepStrictEqual(clock.slept, [200, 400]);
      },
    ));
}

for (const status of [400, 401, 403, 404, 422, 500]) {
  Deno.test(`openPrometheusSource() does not try again after ${status}`, () =>
    withSource(() => new Response("no", { status }), async ({ source, stub }) => {
      await rejects(source.read(QUERY), { name: "DomainError", code: "unavailable" });
      strictEqual(stub.requests.length, 1);
    }));
}

Deno.test("openPrometheusSource() gives up after four attempts, the status in the reason", () =>
  withSource(() => new Response("", { status: 503 }), async ({ source, stub }) => {
    await rejects(source.read(QUERY), { code: "unavailable", message: /answered 503/ });
    strictEqual(stub.requests.length, 4);
  }));

Deno.test("openPrometheusSource() waits as long as Retry-After asks, within its deadline", async () => {
  await withSource(
    ({ before }) =>
      before === 0 ? new Response("", { status: 429, headers: { "retry-after": "7" } }) : matrix([UP]),
    async ({ source, clock }) => {
      await source.read(QUERY);
      deepStrictEqual(clock.slept, [7_000]);
    },
  );
  await withSource(
    () => new Response("", { status: 429, headers: { "retry-after": "120" } }),
    async ({ source, stub }) => {
      await rejects(source.read(QUERY), { code: "unavailable" });
      strictEqual(stub.requests.length, 1);
    },
  );
});

const WHOLE = JSON.stringify({ status: "success", data: { resultType: "matrix", result: [UP] } });
const json = { "content-type": "application/json" };

for (
  const [name, answer] of Object.entries<StubAnswer>({
    "truncated JSON": () => new Response(WHOLE.slice(0, -10), { headers: json }),
    "HTML": () => new Response("<html>Please log in</html>", { headers: { "content-type": "text/html" } }),
    "an empty body": () => new Response("", { headers: json }),
    "a cut gzip": async () => {
      const stream = new Blob([WHOLE.repeat(50)]).stream().pipeThrough(new CompressionStream("gzip"));
      const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
      return new Response(bytes.slice(0, bytes.length / 2), {
        headers: { ...json, "content-encoding": "gzip" },
      });
    },
    "JSON of something else": () => Response.json({ hello: "world" }),
    "status error in a 200": () => failure(200, "internal", "block is damaged"),
    "success without data": () => Response.json({ status: "success" }),
    "a scalar": () => success({ resultType: "scalar", result: [1, "2"] }),
    "samples that are numbers": () => matrix([{ metric: {}, values: [[1, 2]] }]),
    "samples that are words": () => matrix([{ metric: {}, values: [[1, "many"]] }]),
    "a redirect": () => new Response("", { status: 302, headers: { location: "/login" } }),
  })
) {
  Deno.test(`openPrometheusSource() takes ${name} for a failed fetch, never for no data`, () =>
    withSource(answer, async ({ source, stub }) => {
      await rejects(source.read(QUERY), { name: "DomainError", code: "unavailable" });
      ok(stub.requests.length <= 4);
    }));
}

Deno.test("openPrometheusSource() gives Prometheus' own words for a wrong query", () =>
  withSource(() => failure(400, "bad_data", "1:4: parse error: no luck"), async ({ source, stub }) => {
    await rejects(source.inspect("up{"), { code: "invalid", message: /1:4: parse error: no luck/ });
    strictEqual(stub.requests.filter(({ form }) => form.get("query") !== "time()").length <= 1, true);
  }));

Deno.test("openPrometheusSource() rejects what refuses the connection, after retries", async () => {
  const stub = openStubPrometheus(() => undefined);
  await stub[Symbol.asyncDispose]();
  const clock = createClock();
  await using source = openPrometheusSource({ url: stub.url, clock, random: () => 0 });
  await rejects(source.read(QUERY), { code: "unavailable", message: /connection failed/ });
  strictEqual(clock.slept.length, 3);
  await rejects(source.ping(), { code: "unavailable" });
  strictEqual(clock.slept.length <= 4, true);
});

Deno.test("openPrometheusSource() gives up a request that takes too long", () =>
  withSource(
    ({ signal }) =>
      new Promise((resolve) => signal.addEventListener("abort", () => resolve(new Response("late")))),
    async ({ source }) => {
      await rejects(source.read(QUERY), { code: "unavailable", message: /no answer came within 15 s/ });
    },
    { timesOut: true },
  ));

Deno.test("openPrometheusSource() stops when it is told to", () =>
  withSource(
    ({ signal }) =>
      new Promise((resolve) => signal.addEventListener("abort", () => resolve(new Response("late")))),
    async ({ source, stub }) => {
      const stop = new AbortController();
      const read = source.read(QUERY, stop.signal);
      stop.abort(new Error("enough"));
      await rejects(read, /enough/);
      ok(stub.requests.length <= 1);
    },
  ));

Deno.test("openPrometheusSource() marks what is truncated or partial as incomplete, in the source's words", async () => {
  for (
    const [warnings, incomplete] of [
      [["results truncated due to limit"], true],
      [["store 10.0.0.1 is not available"], true],
      [["PromQL info: metric might not be a counter"], false],
      [undefined, false],
    ] as const
  ) {
    await withSource(() => matrix([UP], { warnings }), async ({ source }) => {
      const reading = await source.read(QUERY);
      deepStrictEqual([reading.warnings, reading.incomplete], [[...warnings ?? []], incomplete]);
    });
  }
});

Deno.test("openPrometheusSource() reads infinite samples as missing and leaves native histograms out, saying so", () =>
  withSource(
    () =>
      matrix([
        { metric: { __name__: "a" }, values: [[TO_MS / 1_000 - 120, "+Inf"], [TO_MS / 1_000 - 60, "2"]] },
        { metric: { __name__: "b" }, histograms: [[TO_MS / 1_000 - 60, { count: "1" }]] },
        { metric: { __name__: "c" }, values: [[TO_MS / 1_000 - 60, "NaN"]] },
      ]),
    async ({ source }) => {
      const { series, warnings } = await source.read(QUERY);
      deepStrictEqual(series.map(({ labels, values }) => [labels.__name__, [...values].slice(-2)]), [["a", [
        NaN,
        2,
      ]]]);
      deepStrictEqual(warnings, [
        "1 infinite samples are read as missing",
        "1 series of native histograms are left out",
      ]);
    },
  ));

Deno.test("openPrometheusSource() sends a form in the body, and falls back to GET for good where POST is forbidden", () =>
  withSource(
    ({ method }) => method === "POST" ? new Response("", { status: 405 }) : matrix([UP]),
    async ({ source, stub }) => {
      await source.read(QUERY);
      await source.read(QUERY);
      deepStrictEqual(stub.requests.map(({ method }) => method), ["POST", "GET", "GET"]);
      strictEqual(stub.requests[2].form.get("query"), "up[600000ms]");
    },
  ));

Deno.test("openPrometheusSource() asks for no more than 11,000 points at once, and joins the answers", () =>
  withSource(
    ({ form, path }) => {
      if (!path.endsWith("query_range")) return undefined;
      const [start, end, step] = ["start", "end", "step"].map((name) => Number(form.get(name)));
      if ((end - start) / step > 11_000) {
        return failure(400, "bad_data", "exceeded maximum resolution of 11,000 points");
      }
      const times = Array.from({ length: Math.round((end - start) / step) + 1 }, (_, k) => start + k * step);
      return matrix([{ metric: {}, values: times.map((time) => [time, String(time)]) }]);
    },
    async ({ source, stub }) => {
      const fromMs = TO_MS - 30_000 * 60_000;
      const { series } = await source.read({ ...QUERY, fromMs, expression: "up + 0" });
      deepStrictEqual(
        [...series[0].values],
        Array.from({ length: 30_000 }, (_, k) => fromMs / 1_000 + k * 60),
      );
      ok(stub.requests.filter(({ path }) => path.endsWith("query_range")).length >= 3);
    },
  ));

Deno.test("openPrometheusSource() halves a question that is too large, here or there", async () => {
  for (
    const tooLarge of [
      failure(422, "execution", "query processing would load too many samples into memory"),
      undefined,
    ]
  ) {
    await withSource(
      ({ form }) => {
        const stepsAsked = Number(/\[(\d+)ms\]/.exec(form.get("query") ?? "")?.[1]) / 60_000;
        if (stepsAsked > 3) {
          return tooLarge?.clone() ??
            success({ resultType: "matrix", result: [], padding: "x".repeat(5_000) });
        }
        return matrix([{ metric: {}, values: [[Number(form.get("time")) + 0.001 - 60, "1"]] }]);
      },
      async ({ source }) => {
        const { series } = await source.read(QUERY);
        ok(series[0].values.filter((value) => value === 1).length >= 3);
      },
      { bodyBytesMax: 4_000 },
    );
  }
});

Deno.test("openPrometheusSource() sends at most four requests at once", async () => {
  let [running, most] = [0, 0];
  const four = Promise.withResolvers<void>();
  await withSource(
    async () => {
      most = Math.max(most, ++running);
      if (running === 4) four.resolve();
      await four.promise;
      // A fifth would come meanwhile.
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
      return matrix([UP]);
    },
    async ({ source }) => {
      await Promise.all(
        Array.from({ length: 20 }, (_, i) => source.read({ ...QUERY, expression: `up{i="${i}"}` })),
      );
    },
  );
  strictEqual(most, 4);
});

Deno.test("openPrometheusSource() shows who it is, and reads a token file anew each time", async () => {
  const path = await Deno.makeTempFile();
  const authorization = async (options: Partial<PrometheusSourceOptions>) =>
    await withSource(() => undefined, async ({ source, stub }) => {
      await source.nowMs();
      await Deno.writeTextFile(path, "second\n");
      await source.nowMs();
      return stub.requests.map(({ headers }) => headers.get("authorization"));
    }, options);
  try {
    await Deno.writeTextFile(path, "first\n");
    deepStrictEqual(await authorization({ bearerTokenFile: path }), ["Bearer first", "Bearer second"]);
    deepStrictEqual(await authorization({ bearerToken: "abc" }), ["Bearer abc", "Bearer abc"]);
    const basic = `Basic ${btoa("me:p\xc3\xa4ss")}`;
    deepStrictEqual(await authorization({ username: "me", password: "päss" }), [basic, basic]);
  } finally {
    await Deno.remove(path);
  }
  await withSource(() => undefined, async ({ source, stub }) => {
    await source.nowMs();
    strictEqual(stub.requests[0].headers.get("x-scope-orgid"), "tenant");
  }, { headers: { "X-Scope-OrgID": "tenant" } });
});

Deno.test("openPrometheusSource() keeps a path prefix and takes credentials out of the address", async () => {
  await using stub = openStubPrometheus(() => undefined);
  const url = stub.url.replace("http://", "http://me:secret@") + "/prom/prefix";
  await using source = openPrometheusSource({ url, clock: createClock() });
  await source.nowMs();
  strictEqual(stub.requests[0].path, "/prom/prefix/api/v1/query");
  strictEqual(stub.requests[0].headers.get("authorization"), `Basic ${btoa("me:secret")}`);
});

Deno.test("openPrometheusSource() quotes names and values of any UTF-8", () =>
  withSource(() => undefined, async ({ source, stub }) => {
    const labels = { __name__: "http.säuren", "http.status_code": "200", path: 'a"b\\c\nd', plain: "🧀" };
    await source.read({ ...QUERY, expression: exactSelector(labels) });
    strictEqual(
      stub.requests[0].form.get("query"),
      '{__name__="http.säuren","http.status_code"="200",path="a\\"b\\\\c\\nd",plain="🧀"}[600000ms]',
    );
  }));

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
      const selection = { selectors: ["up"], fromMs: QUERY.fromMs, toMs: QUERY.toMs };
      strictEqual((await source.discover(selection)).series[0].stepMs, 15_000);
      intervalSeconds = 30;
      await clock.sleep(11 * 60_000);
      strictEqual((await source.discover(selection)).series[0].stepMs, 30_000);
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
      if (query.startsWith("resets(")) {
        const value = query.includes("processes_count") ? "0.4" : "0.001";
        return success({ resultType: "vector", result: [{ metric: {}, value: [1, value] }] });
      }
      return undefined;
    },
    async ({ source }) => {
      const { series } = await source.discover({
        selectors: ["{__name__=~'.+'}"],
        fromMs: QUERY.fromMs,
        toMs: QUERY.toMs,
      });
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
      const typesOf = async () => {
        const { series } = await source.discover({
          selectors: ["x"],
          fromMs: QUERY.fromMs,
          toMs: QUERY.toMs,
        });
        return series.map(({ type }) => type);
      };
      const asked = () => stub.requests.filter(({ path }) => path.endsWith("/metadata")).length;
      deepStrictEqual(await typesOf(), ["unknown", "unknown"]);
      isDeclared = true;
      await clock.sleep(20_000);
      deepStrictEqual(await typesOf(), ["gauge", "unknown"]);
      // What nobody declares is given up.
      await clock.sleep(6 * 60_000);
      await typesOf();
      const before = asked();
      await clock.sleep(20_000);
      await typesOf();
      strictEqual(asked(), before);
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
      const found = await source.discover({
        selectors: ["{__name__=~'.+'}"],
        fromMs: QUERY.fromMs,
        toMs: QUERY.toMs,
      });
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
    [{
      resultType: "vector",
      result: Array.from({ length: 501 }, (_, i) => ({ metric: { i: `${i}` }, value: [1, "1"] })),
    }, /at most 500 series/],
  ] as const
) {
  Deno.test(`openPrometheusSource() inspect() rejects what yields ${pattern.source}`, () =>
    withSource(
      ({ form }) => form.get("query") === "time()" ? undefined : success(result),
      async ({ source }) => await rejects(source.inspect("whatever"), { code: "invalid", message: pattern }),
    ));
}

Deno.test("openPrometheusSource() gives up a body that stalls in the middle", async () => {
  const stalled = Promise.withResolvers<void>();
  await using stub = openStubPrometheus(() =>
    new Response(
      new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(new TextEncoder().encode(WHOLE.slice(0, 30))),
        // Asked for more: what there was is under way.
        pull: () => stalled.resolve(),
      }),
      { headers: json },
    )
  );
  const { sleep, ...clock } = createClock();
  const untilStalled = (durationMs: number, signal?: AbortSignal) =>
    durationMs === 15_000 ? stalled.promise : sleep(durationMs, signal);
  await using source = openPrometheusSource({ url: stub.url, clock: { ...clock, sleep: untilStalled } });
  await rejects(source.read(QUERY), { code: "unavailable", message: /no answer came within 15 s/ });
});

Deno.test("openPrometheusSource() reads 5,000 series with values of 10 kB, and one whose labels need escapes", () => {
  const long = "x".repeat(10_000);
  const hostile = { __name__: "up", path: 'C:\\"x"\nünï 🧀', text: long };
  const labels = [
    hostile,
    ...Array.from(
      { length: 5_000 },
      (_, i) => ({ __name__: "up", i: `${i}`, text: i % 10 === 0 ? long : "" }),
    ),
  ];
  return withSource(
    ({ form }) => {
      const query = form.get("query") ?? "";
      const asked = query.startsWith("{") ? [hostile] : labels;
      return matrix(asked.map((metric, i) => ({ metric, values: [[TO_MS / 1_000 - 60, `${i}`]] })));
    },
    async ({ source, stub }) => {
      const { series } = await source.read({ ...QUERY, fromMs: TO_MS - 60_000 });
      strictEqual(series.length, 5_001);
      ok(series.every(({ values }, i) => values[0] === i));
      await source.read({ ...QUERY, fromMs: TO_MS - 60_000, expression: exactSelector(hostile) });
      const { method, path, form } = stub.requests[1];
      // In the body, as no address could hold it; and raw like any selector.
      deepStrictEqual([method, path, form.get("query")!.length > 10_000], ["POST", "/api/v1/query", true]);
    },
  );
});

Deno.test("openPrometheusSource() reads a Retry-After that is a date by the server's own clock", () =>
  withSource(
    ({ before }) =>
      before > 0 ? matrix([UP]) : new Response("", {
        status: 503,
        headers: { date: "Tue, 01 Jan 2030 00:00:00 GMT", "retry-after": "Tue, 01 Jan 2030 00:00:09 GMT" },
      }),
    async ({ source, clock }) => {
      await source.read(QUERY);
      deepStrictEqual(clock.slept, [9_000]);
    },
  ));
