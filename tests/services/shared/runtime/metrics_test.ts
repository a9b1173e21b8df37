import { match, strictEqual } from "node:assert/strict";
import { createMetrics } from "../../../../services/shared/runtime/metrics.ts";

Deno.test("createMetrics() gives one metric for one name, whoever asks", async () => {
  const metrics = createMetrics();
  const options = { name: "things_total", help: "Things", labels: ["kind"] };
  metrics.counter(options).add(1, { kind: "a" });
  metrics.counter(options).add(2, { kind: "a" });
  const text = await metrics.expose();
  match(text, /^pronoia_things_total\{kind="a"\} 3$/m);
  strictEqual(text.match(/# TYPE pronoia_things_total/g)?.length, 1);
});

Deno.test("createMetrics() counts in buckets and sets gauges", async () => {
  const metrics = createMetrics();
  metrics.histogram({ name: "wait_seconds", help: "Wait", buckets: [1, 2] }).observe(1.5);
  metrics.gauge({ name: "level", help: "Level" }).set(-4);
  const text = await metrics.expose();
  match(text, /^pronoia_wait_seconds_bucket\{le="1"\} 0$/m);
  match(text, /^pronoia_wait_seconds_bucket\{le="2"\} 1$/m);
  match(text, /^pronoia_level -4$/m);
});
