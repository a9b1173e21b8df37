import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { createRoute, z } from "@hono/zod-openapi";
import type { Dependency } from "../../../services/shared/ports/health.ts";
import { createServiceApp } from "../../../services/shared/runtime/http/http.ts";
import { createMetrics } from "../../../services/shared/runtime/metrics.ts";
import type { StartedService } from "../../../services/shared/runtime/run.ts";
import { mountServices } from "../../../services/standalone/mount_services.ts";

const up: Dependency = { ping: () => Promise.resolve() };
const down: Dependency = { ping: () => Promise.reject(new Error("no broker")) };

/** A service with one route whose answer has a component called `Thing` of its own shape. */
function service(name: string, field: string, dependency = up): StartedService {
  const dependencies = { kafka: dependency };
  const app = createServiceApp({
    service: name,
    title: name,
    description: name,
    dependencies,
    metrics: createMetrics(),
  });
  const Thing = z.object({ [field]: z.string() }).meta({ id: "Thing" });
  const route = createRoute({
    method: "get",
    path: "/things",
    operationId: "readThing",
    responses: { 200: { description: "It", content: { "application/json": { schema: Thing } } } },
  });
  app.openapi(route, (c) => c.json({ [field]: name }, 200));
  return { app, dependencies, done: Promise.resolve() };
}

async function mountApp(services: Readonly<Record<string, StartedService>>): Promise<StartedService["app"]> {
  const { app } = await mountServices(services, {
    metrics: createMetrics(),
    signal: new AbortController().signal,
    needsToken: false,
  });
  return app;
}

async function mount(services: Readonly<Record<string, StartedService>>) {
  const app = await mountApp(services);
  return async (path: string, init?: RequestInit) =>
    await app.fetch(new Request(`http://localhost${path}`, init));
}

Deno.test("mountServices() hands requests to the service under their prefix", async () => {
  const request = await mount({ "/etl": service("etl", "a"), "/sla": service("sla", "b") });
  deepStrictEqual(await (await request("/etl/things")).json(), { a: "etl" });
  deepStrictEqual(await (await request("/sla/things")).json(), { b: "sla" });
  strictEqual((await request("/etl/docs")).status, 200);
  const document = await (await request("/etl/openapi.json")).json();
  strictEqual(document.info.title, "etl");
  deepStrictEqual(document.servers, [{ url: "/etl" }]);
  for (const path of ["/etl/none", "/none", "/etl", "/etlx/things"]) {
    const response = await request(path);
    strictEqual(response.status, 404, path);
    strictEqual(response.headers.get("content-type"), "application/problem+json");
    strictEqual((await response.json()).instance, path === "/etl" ? "/etl/" : path);
  }
});

Deno.test("mountServices() answers 405 to methods that can be received but not made", async () => {
  const app = await mountApp({ "/etl": service("etl", "a") });
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) => app.fetch(request),
  );
  const connection = await Deno.connect({ port: server.addr.port });
  await connection.write(
    new TextEncoder().encode("TRACE /etl/things HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"),
  );
  match(await new Response(connection.readable).text(), /^HTTP\/1.1 405 /);
});

Deno.test("mountServices() is as ready as the worst service, and says whose dependency fails", async () => {
  const request = await mount({ "/etl": service("etl", "a", down), "/sla": service("sla", "b") });
  const response = await request("/readyz");
  strictEqual(response.status, 503);
  const { dependencies } = await response.json();
  strictEqual(dependencies["etl.kafka"].reason, "no broker");
  strictEqual(dependencies["sla.kafka"].status, "ok");
  strictEqual((await request("/sla/readyz")).status, 200);
  strictEqual((await request("/livez")).status, 200);
});

Deno.test("mountServices() has one document of all services, names told apart", async () => {
  const request = await mount({ "/etl": service("etl", "a"), "/sla": service("sla", "b") });
  const document = await (await request("/openapi.json")).json();
  deepStrictEqual(
    Object.keys(document.paths).sort(),
    ["/etl/things", "/livez", "/metrics", "/readyz", "/sla/things"],
  );
  strictEqual(document.paths["/etl/things"].get.operationId, "etl_readThing");
  const reference = (path: string) =>
    document.paths[path].get.responses[200].content["application/json"].schema.$ref;
  strictEqual(reference("/etl/things"), "#/components/schemas/Thing");
  strictEqual(reference("/sla/things"), "#/components/schemas/sla_Thing");
  ok(document.components.schemas.sla_Thing.properties.b);
  match(await (await request("/docs")).text(), /<title>Pronoia<\/title>/);
});
