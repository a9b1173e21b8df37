/**
 * data_retrieval alone over a given store, for the bench: `server.ts sqlite PATH` or `server.ts mysql URL`. At `/cpu`
 * it says how much processor time it took so far, in ms.
 */
import { cpuUsage } from "node:process";
import { RetrievalConfig } from "../../services/data_retrieval/config.ts";
import { startRetrieval } from "../../services/data_retrieval/start.ts";
import { createDemoSource } from "../../services/shared/adapters/demo/demo_source.ts";
import { openResultReader } from "../../services/shared/adapters/open_store.ts";
import { systemClock } from "../../services/shared/runtime/clock.ts";
import { createMetrics } from "../../services/shared/runtime/metrics.ts";

const [engine, place] = Deno.args;
const { app } = startRetrieval({
  config: RetrievalConfig.parse({ MYSQL_URL: "mysql://unused/unused", PROMETHEUS_URL: "http://unused" }),
  reader: await openResultReader(engine === "mysql" ? { mysqlUrl: place } : { sqlitePath: place }),
  source: createDemoSource({ clock: systemClock }),
  compute: () => Promise.reject(new Error("not part of this bench")),
  clock: systemClock,
  metrics: createMetrics(),
  signal: new AbortController().signal,
});
Deno.serve(
  { port: 0, hostname: "127.0.0.1", onListen: ({ port }) => console.log(`PORT ${port}`) },
  (request) => request.url.endsWith("/cpu") ? new Response(`${cpuMs()}`) : app.fetch(request),
);

function cpuMs(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1_000;
}
