import { ok, strictEqual } from "node:assert/strict";
import { hearServiceTime, serviceNowMs } from "../../../../services/dashboard/page/clock.ts";

const NOW_MS = Date.UTC(2026, 4, 17, 13, 37, 12, 345);

/** How far the page's now is from this machine's, ms. */
const aheadMs = () => serviceNowMs() - NOW_MS;

const dateIn = (ms: number) => new Date(NOW_MS + ms).toUTCString();

Deno.test("serviceNowMs() is the viewer's clock until it is known to be off, then the services'", () => {
  const { now } = Date;
  Date.now = () => NOW_MS;
  try {
    strictEqual(aheadMs(), 0);
    hearServiceTime(null);
    hearServiceTime("not a date");
    hearServiceTime(dateIn(0));
    strictEqual(aheadMs(), 0);
    hearServiceTime(dateIn(3_600_000));
    ok(Math.abs(aheadMs() - 3_600_000) <= 500);
    const before = aheadMs();
    hearServiceTime(dateIn(3_599_500));
    strictEqual(aheadMs(), before, "answers that agree do not make it jump");
    hearServiceTime(dateIn(0));
    strictEqual(aheadMs(), 0);
  } finally {
    Date.now = now;
  }
});
