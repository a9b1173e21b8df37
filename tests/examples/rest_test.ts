import { match, ok } from "node:assert/strict";
import { openPrometheus } from "../servers/prometheus.ts";
import { serverTest } from "../servers/server_tests.ts";
import { openFilledStandalone, openStandalone } from "../support/standalone.ts";
import { runExample } from "./_run_example.ts";

const NETWORK = ["--allow-net", "--allow-read", "--allow-write"];

const EXAMPLES: Readonly<Record<string, RegExp>> = {
  rest_etl:
    /^Cycle (\d+) (?:has begun|is running already)\.\nCycle \1 analysed [1-9]\d* of \d+ series[^]*^\S+ +metadata +[1-9]/m,
  rest_storage: /^ {2}series +[1-9]\d* rows$[^]*^Dead letters: 0/m,
  rest_retrieval: /^ {2}(?:Stationary|Unit-root|Constant|Inconclusive): [^]*last 12h[^]*next 60 min/m,
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

const REFUSALS: readonly (readonly [string, readonly string[], RegExp])[] = [
  ["rest_etl", ["--url", "http://127.0.0.1:1"], /can't be reached$/],
  ["rest_storage", ["--url", "nonsense"], /--url/],
  ["rest_retrieval", ["--port", "1"], /Unknown option '--port'/],
  ["sla_watch", ["--minutes", "some"], /--minutes .* number/],
  ["sla_set", ["--random", "0"], /--random .* number/],
  ["end_to_end", [], /Set PROMETHEUS_URL/],
];

for (const [example, args, expected] of REFUSALS) {
  Deno.test(`examples/${example}.ts ${args.join(" ")} is refused in a line`, async () => {
    const permissions = [...NETWORK, "--ignore-env"];
    const [words, ...more] = (await runExample(example, { permissions, args, expectedCode: 1 })).trim().split(
      "\n",
    ).reverse();
    match(words, expected);
    ok(more.every((line) => line === "" || line.startsWith("Talking to ")), more.join("\n"));
  });
}

Deno.test("examples/end_to_end.ts says why it can't begin", async () => {
  const text = await runExample("end_to_end", {
    permissions: [...NETWORK, "--ignore-env", "--allow-env=PROMETHEUS_URL"],
    env: { PROMETHEUS_URL: "http://127.0.0.1:1" },
    expectedCode: 1,
  });
  match(text, /^Cannot start as not every part is ready: Cannot ask Prometheus at http:\/\/127\.0\.0\.1:1 /m);
});

Deno.test("examples/rest_retrieval.ts says that there is no such series", async () => {
  await using standalone = await openFilledStandalone();
  const args = ["--url", standalone.url, "nobody_has_it"];
  const permissions = [...NETWORK, "--ignore-env"];
  const text = await runExample("rest_retrieval", { permissions, args, expectedCode: 1 });
  match(text, /^There is no series named "nobody_has_it"$/m);
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
