import { deepStrictEqual } from "node:assert/strict";
import { DomainError } from "../../../../../services/shared/domain/errors.ts";
import { createUnavailableLog } from "../../../../../services/shared/runtime/http/_unavailable_log.ts";
import { captureLog } from "../../../../support/capture_log.ts";
import { createTestApp } from "./_test_app.ts";

async function logged(work: () => void | Promise<void>): Promise<string[]> {
  using log = captureLog();
  await work();
  return log.lines;
}

Deno.test("createUnavailableLog() tells the first, then how many more, and the last, each reason apart", async () => {
  let nowMs = 1_000_000;
  const lines = await logged(() => {
    const log = createUnavailableLog(() => nowMs);
    for (let k = 0; k < 120; k++) {
      log.note({ method: "GET", path: `/a/${k}`, reason: "no broker" });
      if (k === 60) log.note({ method: "POST", path: "/b", reason: "no table" });
      nowMs += 500;
    }
    // It is back; whatever is asked next brings what was not told yet.
    log.flush();
    nowMs += 60_000;
    log.flush();
    log.note({ method: "GET", path: "/c", reason: "no broker" });
  });
  deepStrictEqual(lines, [
    "warning http: answered 503 to GET /a/0: no broker",
    "warning http: answered 503 59 times more, last to GET /a/59: no broker",
    "warning http: answered 503 to POST /b: no table",
    "warning http: answered 503 60 times more, last to GET /a/119: no broker",
    "warning http: answered 503 to GET /c: no broker",
  ]);
});

Deno.test("createServiceApp() logs a 503 once, with method and path and without its cause a second time", async () => {
  const cause = new Error("connection refused");
  const app = createTestApp({
    fail: new DomainError("unavailable", "Cannot ask as connection refused", { cause }),
  });
  const lines = await logged(async () => {
    for (let k = 0; k < 3; k++) await (await app.request("/items?limit=5")).body?.cancel();
  });
  deepStrictEqual(lines, ["warning http: answered 503 to GET /items: Cannot ask as connection refused"]);
});
