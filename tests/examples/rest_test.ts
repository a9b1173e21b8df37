import { match } from "node:assert/strict";
import { openPrometheus } from "../servers/prometheus.ts";
import { serverTest } from "../servers/server_tests.ts";
import { openStandalone } from "../support/standalone.ts";
import { runExample } from "./_run_example.ts";

const NETWORK = ["--allow-net", "--allow-read", "--allow-write"];

const EXAMPLES: Readonly<Record<string, RegExp>> = {
  rest_etl:
    /^Cycle (\d+) (?:has begun|is running already)\.\nCycle \1 analysed [1-9]\d* of \d+ series[^]*^\S+ +metadata +[1-9]/m,
  rest_storage: /^ {2}series +[1-9]\d* rows$[^]*^Dead letters: 0/m,
  rest_retrieval: /stationary|unit-root|constant|inconclusive[^]*last 12h[^]*next 60 min/,
  rest_sla: /^Now \w+: .+$[^]*^Next 10 min: probability[^]*^Deleted again\.$/m,
};

Deno.test("examples/rest_*.ts talk to a running Pronoia", async (t) => {
  await using standalone = await openStandalone();
  for (const [example, expected] of Object.entries(EXAMPLES)) {
    await t.step(example, async () => {
      const args = ["--url", standalone.url];
      match(await runExample(example, { permissions: [...NETWORK, "--ignore-env"], args }), expected);
    });
  }
});

Deno.test("examples/rest_storage.ts starts a demo of its own where no URL is given", async () => {
  const text = await runExample("rest_storage", { permissions: [...NETWORK, "--ignore-env"] });
  match(text, EXAMPLES.rest_storage);
});

serverTest({ starts: ["prometheus"] }, "examples/end_to_end.ts reads a Prometheus of its own", async () => {
  const nowMs = Date.now();
  const lines = ["# TYPE requests_in_flight gauge"];
  for (let t = 1_440; t > 0; t--) {
    const timeMs = nowMs - t * 60_000;
    lines.push(`requests_in_flight ${10 + 5 * Math.sin(2 * Math.PI * t / 60)} ${timeMs / 1_000}`);
  }
  await using prometheus = await openPrometheus({ history: [...lines, "# EOF", ""].join("\n") });
  const text = await runExample("end_to_end", {
    permissions: [...NETWORK, "--ignore-env", "--allow-env=PROMETHEUS_URL"],
    env: { PROMETHEUS_URL: prometheus.url },
  });
  match(text, /[1-9]\d* series found, [1-9]\d* analysed/);
  match(text, /requests_in_flight/);
  match(text, /with probability/);
});
