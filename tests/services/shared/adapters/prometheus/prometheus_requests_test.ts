import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import {
  openPrometheusSource,
  type PrometheusSourceOptions,
} from "../../../../../services/shared/adapters/prometheus/prometheus_source.ts";
import { exactSelector } from "../../../../../services/shared/domain/selector.ts";
import { failure, matrix, openStubPrometheus, success } from "../../../../support/stub_prometheus.ts";
import { createClock, QUERY, TO_MS, UP, withSource } from "./_with_source.ts";

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
