import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { openSlaManager } from "../../../support/sla_manager.ts";

Deno.test("every route is in the OpenAPI document", async () => {
  await using manager = openSlaManager();
  const { body } = await manager.json("GET", "/openapi.json");
  strictEqual(body.openapi, "3.1.0");
  const documented = Object.entries(body.paths as Record<string, object>)
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
    .filter((route) => route.includes("/slas"));
  const answered = manager.app.routes
    .filter(({ method, path }) => method !== "ALL" && path.startsWith("/slas"))
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
  ok(answered.length > 0);
  deepStrictEqual(documented.sort(), [...new Set(answered)].sort());
});
