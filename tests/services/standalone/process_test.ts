import { match, ok, strictEqual } from "node:assert/strict";
import { until } from "../../support/until.ts";
import { addressOf, startStandalone, statusOf, withFolder } from "./_process.ts";

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

Deno.test("the task of start may write to the folder of SQLITE_PATH, wherever that is", async () => {
  for (const [path, folder] of [["", "./data"], ["/var/lib/pronoia/it.sqlite", "/var/lib/pronoia"]]) {
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-env=SQLITE_PATH", "services/standalone/data_folder.ts"],
      env: { SQLITE_PATH: path },
    }).output();
    strictEqual(new TextDecoder().decode(stdout).trim(), folder);
  }
});
