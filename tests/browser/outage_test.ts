import { ok, strictEqual } from "node:assert/strict";
import type { Schemas } from "../../client/mod.ts";
import { type Answer, changed, failing, pending } from "./_answers.ts";
import { browserTest } from "./_browser_tests.ts";
import { assertAccessible, isWiderThanView, waitForText } from "./_page.ts";
import { createSla, type List, untilBudgetIsCounted } from "./_services.ts";

const REASON = "Cannot ask Prometheus for api/v1/query as it refuses connections";
const JUDGED = "Prometheus at one:9090 can't be read since 2026-01-01 10:00:00 UTC: it refuses connections";

// The demo can't be lost: what the services answer is shown as if Prometheus were.
/** What the services say of their source while it is `down`, for a minute by now. */
function lostSource(down?: () => boolean): Answer {
  const failingSinceMs = Date.now() - 60_000;
  return failing(/\/(etl|retrieval|sla)\/readyz$/, () => {
    const lastOkAtMs = failingSinceMs - 5_000;
    const checkedAtMs = Date.now();
    const dependency = { status: "failing", reason: REASON, failingSinceMs, lastOkAtMs, checkedAtMs };
    return { status: "failing", dependencies: { metrics_source: dependency } };
  }, down);
}

browserTest(
  "a lost source is told once at the top of every page, and what was known stays",
  async ({ url, open }) => {
    const id = await createSla(url, { name: "Load", expression: "node_load1", max: 20, target: 0.99 });
    await untilBudgetIsCounted(url, id);
    let isDown = false;
    const page = await open("#/", {
      width: 390,
      colorScheme: "dark",
      expected: /503/,
      answers: [
        lostSource(() => isDown),
        failing(/\/sla\/slas\/[^/]+\/samples\?/, () => ({ detail: REASON }), () => isDown),
        // A lost source may keep a service waiting long.
        pending(/\/sla\/slas\/[^/]+\/violations\?/, () => isDown),
        changed<List<Schemas["SlaStatus"]>>(/\/sla\/slas\/status\?/, (answer) => {
          const [newest, ...others] = answer.items;
          const items = [{ ...newest, state: "unknown", reason: JUDGED }, ...others];
          return isDown ? { ...answer, items } : answer;
        }),
        changed<Schemas["SlaStatus"]>(/\/sla\/slas\/[^/]+\/status$/, (answer) => {
          const sinceMs = Date.now() - 30_000;
          const unknown = {
            state: "unknown",
            reason: JUDGED,
            sinceMs,
            sinceAtLeast: false,
            knownSinceMs: sinceMs,
          };
          return isDown ? { ...answer, ...unknown, evaluationAgeMs: 20_000 } : answer;
        }),
        // A first one that is under way brings nothing meanwhile, and is told again afterwards.
        changed<List<Schemas["Cycle"]>>(/\/etl\/cycles\?limit=1$/, (answer) => {
          const underWay = {
            ...answer.items[0],
            id: "1",
            state: "running",
            startedAtMs: Date.now() - 60_000,
            endedAtMs: null,
            progress: { stage: "figures", done: 3, total: 20 },
          };
          return { ...answer, items: [underWay], done: 0 };
        }),
      ],
    });
    await page.locator(".sparkline").waitFor();
    isDown = true;
    const banner = page.getByRole("alert");
    await banner.getByText(/^Prometheus can't be read since \d\d:\d\d:\d\d\.$/).waitFor();
    strictEqual(await page.locator(".outage").count(), 1, "what three services miss is told once");
    await waitForText(page, /^Prometheus at one:9090 can't be read since .*: it refuses connections$/);
    await waitForText(page, /^up to (\d+ (s|min) ago|just now)$/);
    strictEqual(await page.getByText(/Cannot ask Prometheus/).count(), 1);
    ok(await page.locator(".sparkline-stale .sparkline .history").isVisible());
    await assertAccessible(page);
    ok(!await isWiderThanView(page));
    for (const hash of [`#/sla/${id}`, "#/sla", "#/operations"]) {
      await page.goto(`${url}/${hash}`);
      await banner.first().getByText(/^Prometheus can't be read/).waitFor();
      if (hash !== `#/sla/${id}`) continue;
      await page.getByText(/^Cannot show the samples\. The reason is at the top\./).waitFor();
      await page.getByText("Cannot show the violations. The reason is at the top.").waitFor();
      await waitForText(page, /^since \d\d:\d\d:\d\d, the first time it was judged without the source$/);
      // It goes on being judged: what is old are its samples.
      await waitForText(page, /^20 s ago$/);
      await waitForText(page, /^As of .*: no samples have come since\.$/);
    }
    // The line at the top asks for the newest cycle as well.
    for (let k = 0; k < 2; k++) await page.waitForResponse(/\/etl\/cycles\?limit=1$/);
    const underWay = page.getByRole("region", { name: "Cycle under way" });
    strictEqual(await underWay.count(), 0, "no results are promised");
    const readiness = page.getByRole("region", { name: "Readiness" });
    await readiness.getByText("failing").first().waitFor();
    strictEqual(await readiness.getByText(/Cannot ask Prometheus/).count(), 0, "told above already");
    isDown = false;
    await page.locator(".outage").waitFor({ state: "detached" });
    await underWay.waitFor();
  },
);

browserTest(
  "each SLA of a lost source says that its samples can't be read, also while they are waited for",
  async ({ url, open }) => {
    const failed = await createSla(url, { name: "Load", expression: "node_load1", max: 20 });
    const waiting = await createSla(url, { name: "Hits", expression: "cache_hit_ratio", min: 0.1 });
    let isDown = true;
    const page = await open("#/", {
      width: 390,
      expected: /503/,
      answers: [
        lostSource(() => isDown),
        failing(new RegExp(`/sla/slas/${failed}/samples\\?`), () => ({ detail: REASON }), () => isDown),
        pending(new RegExp(`/sla/slas/${waiting}/samples\\?`)),
      ],
    });
    await page.getByRole("alert").first().waitFor();
    await page.getByText("no samples can be read").nth(1).waitFor();
    strictEqual(await page.locator(".sparkline-box:empty").count(), 0);
    // Long before its turn, which is each half minute.
    isDown = false;
    await page.getByText("reading samples …").waitFor();
    const back = page.locator(".sla-row", { hasText: "Load" }).locator(".sparkline .history");
    await back.waitFor({ timeout: 20_000 });
    isDown = true;
    await page.getByRole("alert").first().waitFor();
    await page.goto(`${url}/#/sla/${waiting}`);
    await page.getByText("Cannot show the samples. The reason is at the top.").waitFor();
  },
);

browserTest(
  "once the services are gone the page says what is stale, and since when",
  async ({ open, process }) => {
    const page = await open("#/operations", { expected: /net::ERR_/ });
    await waitForText(page, "chooseForecaster");
    process.kill("SIGKILL");
    await process.exit();
    await waitForText(page, /^Stale: /);
    await page.getByRole("alert").getByText(/^Pronoia does not answer since \d\d:\d\d:\d\d/).waitFor();
    await waitForText(page, "not answering");
  },
);
