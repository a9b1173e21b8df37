import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import type { DomainError } from "../../../../../services/shared/domain/errors.ts";
import { openPrometheusSource } from "../../../../../services/shared/adapters/prometheus/prometheus_source.ts";
import {
  failure,
  matrix,
  openStubPrometheus,
  type StubAnswer,
  success,
} from "../../../../support/stub_prometheus.ts";
import { createClock, QUERY, TO_MS, UP, withSource } from "./_with_source.ts";

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

for (
  const [name, status, errorType] of [
    ["Prometheus", 400, "bad_data"],
    ["VictoriaMetrics, which names errors by their status,", 422, "422"],
  ] as const
) {
  Deno.test(`openPrometheusSource() gives the words of ${name} for a wrong query`, () =>
    withSource(() => failure(status, errorType, "1:4: parse error: no luck"), async ({ source, stub }) => {
      await rejects(source.inspect("up{"), { code: "invalid", message: /1:4: parse error: no luck/ });
      strictEqual(stub.requests.filter(({ form }) => form.get("query") !== "time()").length <= 1, true);
    }));
}

Deno.test("openPrometheusSource() rejects what refuses the connection, after retries", async () => {
  const stub = openStubPrometheus(() => undefined);
  await stub[Symbol.asyncDispose]();
  const clock = createClock();
  await using source = openPrometheusSource({ url: stub.url, clock, random: () => 0 });
  await rejects(source.read(QUERY), (error: DomainError) => {
    match(
      error.message,
      /^Cannot ask Prometheus at http:\/\/127\.0\.0\.1:\d+ for api\/v1\/\w+ as it refuses connections$/,
    );
    deepStrictEqual([error.code, error.why], ["unavailable", "it refuses connections"]);
    // In full it is there for the log.
    match(String((error.cause as Error).cause), /Connection refused \(os error 111\)/);
    return true;
  });
  match(source.name ?? "", /^Prometheus at 127\.0\.0\.1:\d+$/);
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
