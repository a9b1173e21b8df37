import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { requireOrderlyEnd, startProcess } from "../../../support/process.ts";

const FIXTURE = new URL("./run_fixture.ts", import.meta.url).pathname;
const ENV = { MYSQL_URL: "mysql://u:hunter2@db/x", HOST: "127.0.0.1", LOG_FORMAT: "json" };

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  Deno.test(`runService() ends with 0 on ${signal}, answers what is under way, closes in reverse`, async () => {
    await using process = startProcess([FIXTURE], ENV);
    const url = (await process.line(/^URL (.*)$/))[1];
    strictEqual(await (await fetch(url)).text(), "hello");
    const slow = fetch(`${url}/slow`);
    await process.line(/^SLOW REQUEST$/);
    process.kill(signal);
    strictEqual(await (await slow).text(), "finished");
    strictEqual(await process.exit(), 0);
    const closed = process.output().split("\n").filter((line) => line.endsWith("CLOSED"));
    deepStrictEqual(closed, ["SECOND RESOURCE CLOSED", "FIRST RESOURCE CLOSED"]);
  });
}

Deno.test("runService() asks what it depends on though nobody looks", async () => {
  await using process = startProcess([FIXTURE], ENV);
  await process.line(/^DEPENDENCY ASKED$/);
  process.kill("SIGTERM");
  strictEqual(await process.exit(), 0);
});

Deno.test("runService() ends with 0 in time though the work hangs", async () => {
  await using process = startProcess([FIXTURE], { ...ENV, MODE: "hanging" });
  await process.line(/^URL/);
  await requireOrderlyEnd(process, "what hangs");
});

Deno.test("runService() ends with 0 though a failure is left behind while it stops", async () => {
  await using process = startProcess([FIXTURE], { ...ENV, MODE: "stray" });
  await process.line(/^URL/);
  process.kill("SIGTERM");
  strictEqual(await process.exit(), 0);
  match(process.output(), /"left behind".*"msg":"failed while stopping"/);
  match(process.output(), /^FIRST RESOURCE CLOSED$/m);
});

Deno.test("runService() ends with 1 when the work fails for good", async () => {
  await using process = startProcess([FIXTURE], { ...ENV, MODE: "failing" });
  strictEqual(await process.exit(), 1);
  match(process.output(), /broken for good/);
});

Deno.test("runService() names every wrong variable, ends with 2, shows no stack and no secret", async () => {
  const wrong = { ...ENV, MYSQL_URL: "http://u:hunter2@db", PORT: "x", LOG_LEVEL: "loud", MODE: "odd" };
  await using process = startProcess([FIXTURE], wrong);
  strictEqual(await process.exit(), 2);
  const errors = process.errors();
  for (const name of ["MYSQL_URL", "PORT", "LOG_LEVEL", "MODE"]) {
    match(errors, new RegExp(`^  ${name}: `, "m"));
  }
  ok(!/^\s+at /m.test(errors) && !errors.includes("hunter2"));
});

Deno.test("runService() says that its port is taken and ends with 2, having started nothing", async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  await using process = startProcess([FIXTURE], { ...ENV, PORT: String(taken.addr.port) });
  strictEqual(await process.exit(), 2);
  match(process.errors(), /Cannot start fixture as it must listen on 127\.0\.0\.1:\d+: another process/);
  ok(!/^\s+at /m.test(process.errors()));
  strictEqual(process.output(), "");
});
