import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { EtlConfig } from "../../../services/etl/config.ts";
import { createCachedSource } from "../../../services/shared/adapters/cache/cached_source.ts";
import { createDemoSource } from "../../../services/shared/adapters/demo/demo_source.ts";
import type { ResultMessage } from "../../../services/shared/domain/results/messages.ts";
import type { MessageBus } from "../../../services/shared/ports/message_bus.ts";
import type { MetricsSource } from "../../../services/shared/ports/metrics_source.ts";
import type { ShardOwnership } from "../../../services/shared/ports/shard_ownership.ts";
import { openEtl } from "../../support/etl.ts";
import { FakeClock } from "../../support/fake_clock.ts";

/** When the test begins. */
export const NOW_MS = Date.UTC(2026, 4, 17, 13, 37, 12);
/** Every series of the demo. */
export const EVERYTHING = { ETL_SELECTORS: '{__name__=~".+"}' };
const A_FEW = {
  ETL_SELECTORS: "node_load1\nup\ncache_hit_ratio\nnode_cpu_seconds_total\n{__name__=~'.+_info'}",
};

/** What is other than usual. */
export interface WorldOptions {
  readonly variables?: Record<string, string>;
  readonly changeSource?: (source: MetricsSource) => MetricsSource;
  readonly changeBus?: (bus: MessageBus) => MessageBus;
  readonly shards?: ShardOwnership;
}

/** The etl over the demo, at a time that the test moves. */
export function openWorld(options: WorldOptions = {}) {
  const { variables = {}, changeSource = (it) => it, ...rest } = options;
  const clock = new FakeClock(NOW_MS);
  const demo = createDemoSource({ clock });
  const config = EtlConfig.parse({
    PROMETHEUS_URL: "http://unused",
    KAFKA_BROKERS: "unused:1",
    ...A_FEW,
    ...variables,
  });
  const etl = openEtl({ config, source: createCachedSource(changeSource(demo), { clock }), clock, ...rest });
  return {
    ...etl,
    demo,
    messages: async (): Promise<ResultMessage[]> =>
      (await etl.published()).map(({ raw: { key, headers }, message }) => {
        strictEqual(key, message.series.id);
        deepStrictEqual([headers.kind, headers.version], [message.kind, "1"]);
        ok(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/.test(headers.traceparent));
        return message;
      }),
  };
}

/** A bus that publishes otherwise. */
export function withPublish(bus: MessageBus, publish: MessageBus["publish"]): MessageBus {
  return new Proxy(bus, {
    get: (target, name) => {
      if (name === "publish") return publish;
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
