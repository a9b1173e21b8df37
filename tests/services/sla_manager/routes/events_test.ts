import { ok, strictEqual } from "node:assert/strict";
import { openSlaManager, START_MS } from "../../../support/sla_manager.ts";

Deno.test("GET /slas/events/stream tells what happens, and from the last event known on", async () => {
  await using manager = openSlaManager();
  let value = 1;
  manager.source.series.set("m", [{
    labels: { __name__: "m" },
    valueAt: (timeMs) => timeMs > START_MS ? value : 1,
  }]);
  await manager.json("POST", "/slas", { name: "a", expression: "m", max: 5 });
  const follow = async (headers: Record<string, string>) => {
    const response = await manager.app.request("/slas/events/stream", { headers });
    strictEqual(response.headers.get("content-type"), "text/event-stream");
    return response.body!.pipeThrough(new TextDecoderStream()).getReader();
  };
  const live = await follow({});
  strictEqual((await live.read()).value, ": still here\n\n");
  value = 9;
  await manager.run(60_000);
  let told = "";
  while (!told.includes("event:")) told = (await live.read()).value!;
  ok(told.startsWith("event: state\n") && told.includes('"to":"violated"') && told.includes("id: 2"), told);
  const resumed = await follow({ "last-event-id": "0" });
  let text = "";
  while (!text.includes("id: 2")) text += (await resumed.read()).value;
  ok(text.includes("id: 1"));
  manager.stop();
  while (!(await live.read()).done);
  while (!(await resumed.read()).done);
});
