/**
 * How many reads a second data_retrieval answers, 32 connections: statistics of one series, and of a thousand in
 * turn.
 *
 * Run: deno task bench:retrieval [seconds]
 * Needs `wrk`; starts a MariaDB of its own, or takes `MYSQL_URL`.
 */
import { openResultWriter, type StoreConfig } from "../../services/shared/adapters/open_store.ts";
import { openMariadb } from "../../tests/servers/mariadb.ts";
import {
  forecastMessage,
  metadataMessage,
  seriesOf,
  statisticsMessage,
} from "../../tests/support/result_messages.ts";

const SERIES = 1000;
const CONNECTIONS = 32;
/** The database is a file or a server; the rest of the environment is not there for what it imports. */
const SERVER_PERMISSIONS = ["--allow-net", "--allow-read", "--allow-write", "--ignore-env"];
const seconds = Number(Deno.args[0] ?? 5);
const series = Array.from(
  { length: SERIES },
  (_, i) => seriesOf("http_requests_total", { job: "api", pod: `p-${i}` }),
);

const folder = await Deno.makeTempDir({ prefix: "pronoia-bench-" });
try {
  await bench("SQLite", "sqlite", `${folder}/bench.sqlite`);
  const given = Deno.env.get("MYSQL_URL");
  if (given !== undefined) await bench("MYSQL_URL", "mysql", given);
  else {
    await using server = await openMariadb();
    await bench("MariaDB", "mysql", new URL("/pronoia_bench", server.url).href);
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}

async function bench(name: string, engine: "sqlite" | "mysql", place: string): Promise<void> {
  await fill(engine === "mysql" ? { mysqlUrl: place } : { sqlitePath: place });
  const server = new Deno.Command(Deno.execPath(), {
    args: ["run", ...SERVER_PERMISSIONS, new URL("./server.ts", import.meta.url).pathname, engine, place],
    stdout: "piped",
  }).spawn();
  try {
    const reader = server.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const port = /PORT (\d+)/.exec((await reader.read()).value ?? "")?.[1];
    reader.cancel();
    const origin = `http://127.0.0.1:${port}`;
    const one = `${origin}/series/${series[0].id}/statistics?window=1h`;
    const load = (url: string, duration: number, script?: string) =>
      measure({ origin, url, duration, script });
    await load(one, 1);
    console.log(`${name}, statistics of one series: ${await load(one, seconds)}`);
    console.log(
      `${name}, statistics of ${SERIES} series in turn: ${await load(one, seconds, await inTurn())}`,
    );
    const forecast = `${origin}/series/${series[0].id}/forecast`;
    console.log(`${name}, forecast of one series: ${await load(forecast, seconds)}`);
  } finally {
    server.kill("SIGTERM");
    await server.status;
  }
}

async function fill(config: StoreConfig): Promise<void> {
  await using writer = await openResultWriter(config);
  for (let i = 0; i < SERIES; i += 100) {
    await writer.write(
      series.slice(i, i + 100).flatMap((series) => [
        ...["1h", "3h", "12h"].map((window) => statisticsMessage({ series, window })),
        metadataMessage({ series, values: Array.from({ length: 1000 }, (_, lag) => 1 / (lag + 1)) }),
        forecastMessage({ series, mean: Array.from({ length: 20 }, (_, k) => k / 7) }),
      ]),
    );
  }
}

interface Load {
  readonly origin: string;
  readonly url: string;
  readonly duration: number;
  readonly script?: string;
}

async function measure({ origin, url, duration, script }: Load): Promise<string> {
  const cpuBeforeMs = await cpuMs(origin);
  const { stdout } = await new Deno.Command("wrk", {
    args: ["-t1", `-c${CONNECTIONS}`, `-d${duration}s`, "--latency", ...(script ? ["-s", script] : []), url],
  }).output();
  const text = new TextDecoder().decode(stdout);
  const rate = /Requests\/sec:\s+([\d.]+)/.exec(text)?.[1];
  const p99 = /99%\s+(\S+)/.exec(text)?.[1];
  const failures = /Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? "no";
  const requests = Number(/(\d+) requests in/.exec(text)?.[1]);
  const cpuMicroseconds = Math.round((await cpuMs(origin) - cpuBeforeMs) * 1000 / requests);
  // On a machine with other work the processor time tells more than the rate.
  return `${rate} requests/s, p99 ${p99}, ${failures} failures, ${cpuMicroseconds} µs of processor each`;
}

/** Processor time of the server so far. */
async function cpuMs(origin: string): Promise<number> {
  return Number(await (await fetch(`${origin}/cpu`)).text());
}

async function inTurn(): Promise<string> {
  const path = `${folder}/in_turn.lua`;
  const ids = series.map(({ id }) => `"${id}"`).join(",");
  const script = `local ids = {${ids}}\nlocal i = 0\nrequest = function()\n  i = i % #ids + 1\n` +
    `  return wrk.format("GET", "/series/" .. ids[i] .. "/statistics?window=1h")\nend\n`;
  await Deno.writeTextFile(path, script);
  return path;
}
