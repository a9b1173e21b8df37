import { ok, strictEqual } from "node:assert/strict";
import { hearServiceTime, serviceNowMs } from "../../../services/dashboard/page/clock.ts";

/** How far the page's now is from this machine's, to the second. */
function aheadMs(): number {
  return Math.round((serviceNowMs() - Date.now()) / 1_000) * 1_000;
}

const dateIn = (ms: number) => new Date(Date.now() + ms).toUTCString();

Deno.test("serviceNowMs() is the viewer's clock until it is known to be off, then the services'", () => {
  strictEqual(aheadMs(), 0);
  hearServiceTime(null);
  hearServiceTime("not a date");
  hearServiceTime(dateIn(0));
  strictEqual(aheadMs(), 0);
  hearServiceTime(dateIn(3_600_000));
  ok(Math.abs(aheadMs() - 3_600_000) <= 1_000);
  const before = serviceNowMs() - Date.now();
  hearServiceTime(dateIn(3_599_500));
  ok(Math.abs(serviceNowMs() - Date.now() - before) < 100, "answers that agree do not make it jump");
  hearServiceTime(dateIn(0));
  strictEqual(aheadMs(), 0);
});
