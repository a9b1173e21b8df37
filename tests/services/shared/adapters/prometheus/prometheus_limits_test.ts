import { rejects, strictEqual } from "node:assert/strict";
import { openPrometheusSource } from "../../../../../services/shared/adapters/prometheus/prometheus_source.ts";
import { systemClock } from "../../../../../services/shared/runtime/clock.ts";
import { openPrometheus } from "../../../../servers/prometheus.ts";
import { serverTest } from "../../../../servers/server_tests.ts";
import { TO_MS } from "./_with_source.ts";

const SERIES = 40;

function* history(): Generator<string> {
  for (let k = 0; k < SERIES; k++) yield `x{k="${k}"} 1 ${TO_MS / 1_000 - 60}\n`;
  yield "# EOF\n";
}

serverTest(
  { starts: ["prometheus"] },
  "openPrometheusSource() tells who asks for more series than an answer holds that the question is at fault",
  async () => {
    await using server = await openPrometheus({ history: history() });
    const range = { fromMs: TO_MS - 3_600_000, toMs: TO_MS };
    const expression = `x @ ${TO_MS / 1_000 - 60}`;
    await using wide = openPrometheusSource({ url: server.url, clock: systemClock });
    strictEqual((await wide.inspect(expression)).series.length, SERIES);

    await using narrow = openPrometheusSource({ url: server.url, clock: systemClock, bodyBytesMax: 1_000 });
    const tooLarge = { name: "DomainError", code: "invalid", message: /at most 1000 bytes/ };
    await rejects(narrow.inspect(expression), tooLarge);
    await rejects(narrow.discover({ selectors: ["x"], ...range }), tooLarge);
  },
);
