import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { EtlConfig } from "../../../services/etl/config.ts";
import { openSource } from "../../../services/shared/adapters/open_source.ts";
import { systemClock } from "../../../services/shared/runtime/clock.ts";
import { openEtl } from "../../support/etl.ts";
import { matrix, openStubPrometheus, type StubRequest, success } from "../../support/stub_prometheus.ts";

const MINUTE = 60_000;
const START_MS = 1_760_000_040_000;

type Samples = readonly (readonly [number, string])[];

/** What the wire makes of an answer; `undefined` leaves it as it is. */
type Fault = (request: StubRequest, samples: Samples) => Response | undefined;

/** The etl over a Prometheus of two metrics, a sample a minute each, whose answers a test can spoil. */
async function openWorld() {
  const world: { nowMs: number; fault: Fault } = { nowMs: START_MS, fault: () => undefined };
  const stub = openStubPrometheus((request) => {
    const { path, form } = request;
    const query = form.get("query") ?? "";
    const [, name = "", lookMs = "0"] = /__name__=~?"([^"]*)"\}\[(\d+)ms\]$/.exec(query) ?? [];
    const samples = samplesUntil(Number(form.get("time")) * 1_000, Number(lookMs), world.nowMs);
    const spoilt = world.fault(request, samples);
    if (spoilt !== undefined) return spoilt;
    if (query === "time()") {
      return success({ resultType: "scalar", result: [world.nowMs / 1_000, `${world.nowMs / 1_000}`] });
    }
    if (path.endsWith("/series")) return success([{ __name__: "one" }, { __name__: "two" }]);
    return name === ""
      ? undefined
      : matrix(name.split("|").map((__name__) => ({ metric: { __name__ }, values: [...samples] })));
  });
  const config = EtlConfig.parse({
    PROMETHEUS_URL: stub.url,
    KAFKA_BROKERS: "unused:1",
    ETL_INTERVAL: "1h",
    ETL_LOOKBACK: "3h",
    ETL_WINDOWS: "1h",
    ETL_OFFSET: "0s",
  });
  const etl = openEtl({ config, source: await openSource(config, { clock: systemClock }) });
  let isFirst = true;
  return {
    stub,
    /** Runs one more cycle a minute later under a fault, and tells it with the statistics it published. */
    async cycle(fault: Fault = () => undefined) {
      const before = isFirst ? 0 : (await etl.published()).length;
      if (!isFirst) {
        world.nowMs += MINUTE;
        world.fault = fault;
      }
      const cycle = isFirst ? await etl.untilCycles(1) : await etl.runCycle();
      isFirst = false;
      const { items } = (await etl.get(`/cycles/${cycle.id}/series`)).body;
      const statistics = (await etl.published()).slice(before).flatMap(({ message }) =>
        message.kind === "statistics" ? [[message.series.name, message.count, message.min, message.max]] : []
      ).sort();
      return { cycle, items, statistics, minute: (world.nowMs - START_MS) / MINUTE, nowMs: world.nowMs };
    },
    async [Symbol.asyncDispose]() {
      await etl[Symbol.asyncDispose]();
      await stub[Symbol.asyncDispose]();
    },
  };
}

/** A sample at each whole minute, its value the minutes since the start. */
function samplesUntil(timeMs: number, lookMs: number, nowMs: number): Samples {
  const samples: [number, string][] = [];
  const lastMs = Math.floor(Math.min(timeMs, nowMs) / MINUTE) * MINUTE;
  for (let t = lastMs; t > timeMs - lookMs && t >= START_MS - 4 * 60 * MINUTE; t -= MINUTE) {
    samples.unshift([t / 1_000, `${(t - START_MS) / MINUTE}`]);
  }
  return samples;
}

/** What both metrics hold in the hour before. */
const hour = (minute: number) => ["one", "two"].map((name) => [name, 60, minute - 60, minute - 1]);
const isRead = ({ form }: StubRequest, name: string) =>
  form.get("query")?.startsWith(`{__name__="${name}"}[`) ?? false;

Deno.test("startEtl() takes no fault of an answer for data, and makes up for it in the next cycle", async (t) => {
  await using world = await openWorld();
  const first = await world.cycle();
  deepStrictEqual([first.cycle.state, first.statistics], ["done", hour(first.minute)]);

  await t.step("503 with a Retry-After beyond all patience: the cycle fails at once", async () => {
    const asked = world.stub.requests.length;
    const { cycle, statistics } = await world.cycle(() =>
      new Response("later", { status: 503, headers: { "retry-after": "3600" } })
    );
    deepStrictEqual([cycle.state, statistics], ["failed", []]);
    match(cycle.reason!, /it answered 503/);
    strictEqual(world.stub.requests.length - asked, 1);
  });

  await t.step("429 with a Retry-After of a second: it is waited for", async () => {
    let refused = 0;
    const { cycle, statistics, minute } = await world.cycle((request) =>
      isRead(request, "one") && refused++ === 0
        ? new Response("slowly", { status: 429, headers: { "retry-after": "1" } })
        : undefined
    );
    deepStrictEqual([cycle.state, statistics], ["done", hour(minute)]);
  });

  await t.step("truncated JSON of one metric: the other goes on, and the next cycle has both", async () => {
    const whole = JSON.stringify({ status: "success", data: { resultType: "matrix", result: [] } });
    const { cycle, statistics, items, minute } = await world.cycle((request) =>
      isRead(request, "one")
        ? new Response(whole.slice(0, -2), { headers: { "content-type": "application/json" } })
        : undefined
    );
    deepStrictEqual([cycle.state, cycle.kept, cycle.dropped, statistics], ["done", 1, 1, [hour(minute)[1]]]);
    const [{ reason }] = items.filter(({ state }: { state: string }) => state === "dropped");
    match(reason, /^Its samples could not be read: .*not whole JSON/);
    const next = await world.cycle();
    deepStrictEqual([next.cycle.state, next.statistics], ["done", hour(next.minute)]);
  });

  await t.step("a discovery of another shape: the cycle fails in a sentence", async () => {
    for (const data of [{ not: "a list" }, ["text"], [{ __name__: 1 }], null]) {
      const { cycle, statistics } = await world.cycle(({ path }) =>
        path.endsWith("/series") ? success(data) : undefined
      );
      deepStrictEqual([cycle.state, statistics], ["failed", []]);
      match(cycle.reason!, /^Cannot .* as the answer has not the shape of Prometheus' API$/);
    }
  });

  await t.step("samples twice, out of order and beyond the range: each once, in its place", async () => {
    const { cycle, statistics, minute } = await world.cycle((request, samples) => {
      if (!isRead(request, "one")) return undefined;
      const shuffled = [...samples, ...samples, [samples.at(-1)![0] + 86_400, "1e9"] as const].reverse();
      return matrix([{ metric: { __name__: "one" }, values: shuffled }]);
    });
    deepStrictEqual([cycle.state, statistics], ["done", hour(minute)]);
  });

  await t.step("a part of the answer: told as a warning, and read again", async () => {
    const { cycle } = await world.cycle((request) =>
      isRead(request, "one") ? matrix([], { warnings: ["store 10.0.0.1 is not available"] }) : undefined
    );
    strictEqual(cycle.state, "done");
    ok(cycle.warnings.includes("store 10.0.0.1 is not available"), cycle.warnings.join());
    ok(cycle.warnings.some((warning) => /"one".*incomplete/.test(warning)), cycle.warnings.join());
    const next = await world.cycle();
    deepStrictEqual([next.cycle.warnings, next.statistics], [[], hour(next.minute)]);
  });
});
