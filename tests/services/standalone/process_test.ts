import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { startProcess, type TestProcess } from "../../support/process.ts";
import { taskArguments } from "../../support/task_arguments.ts";
import { until } from "../../support/until.ts";

function environmentOf(folder: string): Record<string, string> {
  return { PORT: "0", HOST: "127.0.0.1", LOG_FORMAT: "json", SQLITE_PATH: `${folder}/pronoia.sqlite` };
}

function startStandalone(folder: string, env: Readonly<Record<string, string>> = {}): TestProcess {
  return startProcess(taskArguments("start", folder), { ...environmentOf(folder), ...env });
}

async function addressOf(process: TestProcess): Promise<string> {
  return (await process.line(/"url":"([^"]+)"/))[1];
}

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "pronoia-standalone-" });
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** 0 where nobody listens. */
async function statusOf(url: string): Promise<number> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}

function hasAddress(address: string): boolean {
  return Deno.networkInterfaces().some((each) => `[${each.address}]` === address || each.address === address);
}

async function count(url: string, path: string): Promise<number> {
  const response = await fetch(`${url}${path}`);
  const body = await response.json();
  return response.ok ? body.items.length : 0;
}

Deno.test("start has series with metadata, statistics and forecasts, keeps them, and ends with 0", () =>
  withFolder(async (folder) => {
    {
      await using process = startStandalone(folder);
      const url = await addressOf(process);
      for (
        const path of [
          "/retrieval/series",
          "/retrieval/metadata",
          "/retrieval/statistics",
          "/retrieval/forecasts",
        ]
      ) {
        await until(async () => await count(url, path) > 10);
      }
      for (
        const path of ["/readyz", "/etl/timings", "/storage/status", "/sla/slas", "/openapi.json", "/docs"]
      ) {
        const response = await fetch(`${url}${path}`);
        strictEqual(response.status, 200, path);
        await response.body?.cancel();
      }
      process.kill("SIGTERM");
      strictEqual(await process.exit(), 0);
      for (const line of process.output().trim().split("\n")) ok(JSON.parse(line).msg);
      match(process.output(), /"msg":"demo data: no PROMETHEUS_URL"/);
      strictEqual(process.errors(), `Pronoia is at ${url}\n`);
    }
    await using again = startStandalone(folder, { ETL_SELECTORS: "no_such_metric" });
    const url = await addressOf(again);
    await until(async () => await count(url, "/retrieval/forecasts") > 10, "what was kept");
    again.kill("SIGINT");
    strictEqual(await again.exit(), 0);
  }));

Deno.test("start warns of a misspelt variable under the task's own permissions", () =>
  withFolder(async (folder) => {
    await using process = startStandalone(folder, { ETL_INTERVALL: "10s", FOREIGN: "x" });
    await process.line(/"level":"warning".*ETL_INTERVALL is not known: did you mean ETL_INTERVAL\?/);
    ok(!process.output().includes("FOREIGN"));
  }));

Deno.test("start names a misspelt variable along with what is wrong, as it may be the reason", () =>
  withFolder(async (folder) => {
    await using process = startStandalone(folder, { ETL_INTERVAL: "soon", SLA_HORIZN: "1h" });
    strictEqual(await process.exit(), 2);
    match(
      process.errors(),
      /^ {2}ETL_INTERVAL: .*\n {2}SLA_HORIZN is not known: did you mean SLA_HORIZON\?$/m,
    );
  }));

Deno.test("start and its answers name the Prometheus that is away, and nothing else of its address", () =>
  withFolder(async (folder) => {
    using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = taken.addr;
    taken.close();
    const PROMETHEUS_URL = `http://me:hunter2@127.0.0.1:${port}/prefix?key=hunter3`;
    await using process = startStandalone(folder, { PROMETHEUS_URL });
    const url = await addressOf(process);
    const origin = `http://127.0.0.1:${port}`;
    await process.line(new RegExp(`"msg":"source: ${origin}"`));
    await until(async () => (await (await fetch(`${url}/readyz`)).text()).includes(origin), "the reason");
    const refused = await fetch(`${url}/sla/slas/preview`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: "a", expression: "up", max: 1 }),
    });
    strictEqual(refused.status, 503);
    const { detail } = await refused.json();
    match(detail, new RegExp(`^Cannot ask Prometheus at ${origin} for `));
    await process.line(/answered 503 to POST \/sla\/slas\/preview: Cannot ask Prometheus at /);
    ok(!/hunter|prefix/.test(process.output() + process.errors() + detail), process.output());
  }));

Deno.test("start says at once that it can't keep its data, and ends with 2", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    await using process = startStandalone(folder, { SQLITE_PATH: `${folder}/file/pronoia.sqlite` });
    strictEqual(await process.exit(), 2);
    match(process.errors(), /^ {2}SQLITE_PATH: must name a file that can be written: found /m);
  }));

Deno.test("start listens on both loopback addresses and on no other, unless HOST says so, with a warning", () =>
  withFolder(async (folder) => {
    {
      await using process = startStandalone(folder, { HOST: "" });
      const { host, port } = new URL(await addressOf(process));
      strictEqual(host, `localhost:${port}`);
      for (const address of ["127.0.0.1", "[::1]"]) {
        strictEqual(
          await statusOf(`http://${address}:${port}/livez`),
          hasAddress(address) ? 200 : 0,
          address,
        );
      }
      for (const { family, address } of Deno.networkInterfaces()) {
        if (family !== "IPv4" || address.startsWith("127.")) continue;
        strictEqual(await statusOf(`http://${address}:${port}/livez`), 0, address);
      }
      ok(!process.output().includes("API_TOKENS"));
    }
    await using process = startStandalone(folder, { HOST: "0.0.0.0" });
    await process.line(/"level":"warning".*everybody who reaches 0\.0\.0\.0 may make and delete SLAs/);
  }));

Deno.test("start refuses the data of another process, in words, before it listens, and with 2", () =>
  withFolder(async (folder) => {
    await using first = startStandalone(folder);
    await addressOf(first);
    await using second = startStandalone(folder);
    strictEqual(await second.exit(), 2);
    match(second.errors(), /^ {2}SQLITE_PATH: must be of one process alone: another one works on /m);
    ok(second.errors().includes(`in the folder ${folder};`), second.errors());
    ok(!/^\s+at /m.test(second.errors()), second.errors());
    match(second.output(), /"msg":"another process works on [^ ]+: waiting 6 s for its end"/);
    ok(!/listening|Pronoia is at/.test(second.output() + second.errors()), second.output());
  }));

for (const [signal, code] of [["SIGTERM", 0], ["SIGKILL", 137]] as const) {
  Deno.test(`start waits for the process before it, which ends by ${signal}, and takes its data`, () =>
    withFolder(async (folder) => {
      await using first = startStandalone(folder);
      await addressOf(first);
      await using second = startStandalone(folder);
      await second.line(/another process works on/);
      first.kill(signal);
      strictEqual(await first.exit(), code);
      await until(() => second.errors().includes("Pronoia is at"), "the start after it");
      second.kill("SIGTERM");
      strictEqual(await second.exit(), 0);
    }));
}

Deno.test("start ends with 0 on SIGTERM while it waits for the process before it", () =>
  withFolder(async (folder) => {
    await using first = startStandalone(folder);
    await addressOf(first);
    await using second = startStandalone(folder);
    await second.line(/another process works on/);
    second.kill("SIGTERM");
    strictEqual(await second.exit(), 0);
    ok(!/"level":"(warning|error)"/.test(second.output()), second.output());
    match(second.output(), /"msg":"stopped"/);
  }));

Deno.test("the task of start may write to the folder of SQLITE_PATH, wherever that is", async () => {
  for (const [path, folder] of [["", "./data"], ["/var/lib/pronoia/it.sqlite", "/var/lib/pronoia"]]) {
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-env=SQLITE_PATH", "services/standalone/data_folder.ts"],
      env: { SQLITE_PATH: path },
    }).output();
    strictEqual(new TextDecoder().decode(stdout).trim(), folder);
  }
});

for (const [moment, pattern] of [["it listens", /listening/], ["a cycle is done", /cycle done/]] as const) {
  Deno.test(`start ends with 0 on SIGTERM as soon as ${moment}`, () =>
    withFolder(async (folder) => {
      await using process = startStandalone(folder);
      await process.line(pattern);
      process.kill("SIGTERM");
      strictEqual(await process.exit(), 0);
      match(process.output(), /"msg":"stopped"/);
    }));
}

/** Says when what the task loads first has run: before, Deno ends the process whatever the program says. */
const SAYS_PRELOADED = `--preload=data:text/javascript,console.log("preloaded")`;

Deno.test("start ends with 0 on SIGTERM at any moment of its start", () =>
  withFolder(async (folder) => {
    for (let turn = 0; turn < 5; turn++) {
      const args = taskArguments("start", folder).flatMap((argument) =>
        argument.startsWith("--preload=") ? [argument, SAYS_PRELOADED] : [argument]
      );
      await using process = startProcess(args, environmentOf(folder));
      await process.line(/^preloaded$/);
      // Each turn some later, from before the first of the modules is loaded on.
      const startMs = performance.now();
      await until(() => performance.now() - startMs >= turn * 150);
      process.kill("SIGTERM");
      strictEqual(await process.exit(), 0);
    }
  }));

/** Every variable that is wrong or missing, per task. */
const WRONG: Readonly<Record<string, { readonly env: Record<string, string>; readonly named: string[] }>> = {
  start: {
    env: {
      PORT: "http",
      MYSQL_URL: "localhost",
      KAFKA_BROKERS: "kafka",
      PROMETHEUS_URL: "prometheus:9090",
      ETL_INTERVAL: "often",
    },
    named: ["ETL_INTERVAL", "KAFKA_BROKERS", "MYSQL_URL", "PORT", "PROMETHEUS_URL"],
  },
  etl: { env: { ETL_WINDOWS: "1h,soon" }, named: ["ETL_WINDOWS", "KAFKA_BROKERS", "PROMETHEUS_URL"] },
  data_storage: {
    env: { STORAGE_RETENTION_FORECASTS: "0s" },
    named: ["KAFKA_BROKERS", "MYSQL_URL", "STORAGE_RETENTION_FORECASTS"],
  },
  data_retrieval: { env: { API_TOKENS: "nameless" }, named: ["API_TOKENS", "MYSQL_URL", "PROMETHEUS_URL"] },
  sla_manager: {
    env: { SLA_RISK_THRESHOLD: "2" },
    named: ["MYSQL_URL", "PROMETHEUS_URL", "SLA_RISK_THRESHOLD"],
  },
};

for (const [task, { env, named }] of Object.entries(WRONG)) {
  Deno.test(`${task} names every wrong variable at once, without a stack trace, and ends with 2`, async () => {
    await using process = startProcess(taskArguments(task), env);
    strictEqual(await process.exit(), 2);
    const errors = process.errors();
    const found = [...errors.matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name]) => name);
    deepStrictEqual(found.sort(), named);
    ok(!/^\s+at /m.test(errors) && !errors.includes("Error:"), errors);
    strictEqual(process.output(), "");
  });
}
