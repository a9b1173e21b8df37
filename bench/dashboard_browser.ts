/**
 * The dashboard measured in Chromium, against what it promises: `deno task bench:dashboard`.
 *
 * Starts the whole of Pronoia on the demo. Needs Chromium, whose path `TEST_CHROMIUM_URL` may name.
 */
import { type Browser, chromium, type Page } from "playwright-core";
import { prepareChromium } from "../tests/servers/chromium.ts";
import { openStandalone } from "../tests/support/standalone.ts";
import { until } from "../tests/support/until.ts";

const LOADS = 7;
const ROWS = 10_000;
const PAGE_ROWS = 1_000;
const SEARCHES = ["seconds", 'job="db"', "metric_42", 'host-1 job="api"', "no such series", ""];

/** One line of the result. */
interface Figure {
  readonly what: string;
  readonly values: readonly number[];
  readonly unit: "ms" | "KB" | "frames";
  readonly aim: number;
}

/** Time to interactive: the rows are there, and the last long task that began before is over. */
const WATCH_LOAD = `
  globalThis.longTasks = [];
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((e) => e.startTime + e.duration)))
    .observe({ type: "longtask", buffered: true });
  new MutationObserver((_, observer) => {
    if (document.querySelector(".virtual-row a") === null) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => globalThis.shownMs = performance.now()));
  }).observe(document, { childList: true, subtree: true });
  globalThis.draws = [];
  new PerformanceObserver((list) => draws.push(...list.getEntries().filter((e) => e.name === "chart drawn")
    .map((e) => [e.detail.points, e.duration]))).observe({ type: "measure" });
`;

await using standalone = await openStandalone();
const { url } = standalone;
await untilFirstCycle();
await using browser = await openBrowser();

const loads = await measureLoads(browser);
const draws = await measureDraws(browser);
const list = await measureList(browser);
const figures: Figure[] = [
  { what: "first load, cold cache, until interactive", values: loads.readyMs, unit: "ms", aim: 1_000 },
  { what: "first load, page and scripts, compressed", values: loads.ownKb, unit: "KB", aim: 150 },
  { what: "a chart of 1,440 points and its forecast is drawn", values: draws, unit: "ms", aim: 50 },
  { what: `${ROWS} rows are searched and shown`, values: list.searchMs, unit: "ms", aim: 100 },
  { what: `${ROWS} rows scrolled: frames above 50 ms`, values: [list.slowFrames], unit: "frames", aim: 0 },
  { what: `${ROWS} rows scrolled: a frame`, values: list.framesMs, unit: "ms", aim: 50 },
];
console.log("what | median | worst | aim | runs");
for (const { what, values, unit, aim } of figures) {
  const sorted = [...values].sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1];
  const worst = sorted.at(-1)!;
  const met = median <= aim ? "met" : "MISSED";
  console.log(
    `${what} | ${round(median)} ${unit} | ${
      round(worst)
    } ${unit} | ≤ ${aim} ${unit}: ${met} | ${values.length}`,
  );
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

async function untilFirstCycle(): Promise<void> {
  await until(async () => {
    const { items } = await (await fetch(`${url}/etl/cycles?limit=1`)).json();
    const { items: series } = await (await fetch(`${url}/retrieval/metadata?limit=100&view=summary`)).json();
    return items[0]?.state === "done" && series.length > 15;
  }, "the first cycle");
}

async function openBrowser(): Promise<Browser & AsyncDisposable> {
  const executablePath = Deno.env.get("TEST_CHROMIUM_URL") ?? await prepareChromium();
  const opened = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  return Object.assign(opened, { [Symbol.asyncDispose]: () => opened.close() });
}

/** A page in a context of its own: nothing is cached. */
async function openPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(WATCH_LOAD);
  return page;
}

async function measureLoads(browser: Browser) {
  const readyMs: number[] = [];
  const ownKb: number[] = [];
  for (let load = 0; load < LOADS; load++) {
    const page = await openPage(browser);
    const client = await page.context().newCDPSession(page);
    await client.send("Network.enable");
    const addresses = new Map<string, string>();
    let bytes = 0;
    client.on(
      "Network.responseReceived",
      ({ requestId, response }) => addresses.set(requestId, response.url),
    );
    client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (/^\/(?:[\w.]+\.(?:js|css))?$/.test(new URL(addresses.get(requestId) ?? url).pathname)) {
        bytes += encodedDataLength;
      }
    });
    await page.goto(`${url}/`);
    await page.waitForFunction(() => "shownMs" in globalThis);
    await page.waitForLoadState("networkidle");
    readyMs.push(
      await page.evaluate<number>("Math.max(shownMs, ...longTasks.filter((end) => end < shownMs + 500))"),
    );
    ownKb.push(bytes / 1_000);
    await page.context().close();
  }
  return { readyMs, ownKb };
}

/** The first drawing of the chart and its drawing anew, once per range: half a day of the demo is 1,440 points. */
async function measureDraws(browser: Browser): Promise<number[]> {
  const { items } = await (await fetch(`${url}/retrieval/series?limit=100`)).json();
  const page = await openPage(browser);
  const durationsMs: number[] = [];
  for (const { id } of items.slice(0, LOADS)) {
    await page.goto(`${url}/#/series/${id}?range=12h`);
    await page.reload();
    await page.waitForFunction(() =>
      (globalThis as unknown as { draws: [number, number][] }).draws.some(([points]) => points > 1_440)
    );
    await page.waitForLoadState("networkidle");
    const drawn = await page.evaluate<[number, number][]>("draws");
    durationsMs.push(...drawn.filter(([points]) => points > 1_440 && points < 2_000).map(([, ms]) => ms));
  }
  await page.context().close();
  return durationsMs;
}

async function measureList(browser: Browser) {
  const page = await openPage(browser);
  await serveManySeries(page);
  await page.goto(`${url}/`);
  await page.getByText(`${ROWS} series`).waitFor();
  await page.waitForLoadState("networkidle");
  const searchMs = await page.evaluate<number[]>(`(async () => {
    const input = document.querySelector("input[type=search]");
    const took = [];
    for (const words of ${JSON.stringify(SEARCHES)}) {
      const start = performance.now();
      input.value = words;
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
      // A task after the next frame: the frame has been painted.
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      took.push(performance.now() - start);
    }
    return took;
  })()`);
  const framesMs = await page.evaluate<number[]>(`(async () => {
    const box = document.querySelector(".virtual");
    const frames = [];
    let last = await new Promise(requestAnimationFrame);
    for (let frame = 0; frame < 300; frame++) {
      box.scrollTop += box.scrollHeight / 300;
      const now = await new Promise(requestAnimationFrame);
      frames.push(now - last);
      last = now;
    }
    return frames;
  })()`);
  await page.context().close();
  return { searchMs, framesMs, slowFrames: framesMs.filter((frameMs) => frameMs > 50).length };
}

/** Ten thousand series in place of the demo's, page by page as the service would give them. */
async function serveManySeries(page: Page): Promise<void> {
  const series = Array.from({ length: ROWS }, (_, i) => ({
    id: i.toString(16).padStart(16, "0"),
    name: `metric_${i % 97}_seconds`,
    labels: { instance: `host-${i % 211}:9100`, job: i % 2 === 0 ? "api" : "db" },
    type: "gauge",
    unit: null,
  }));
  const answers: Readonly<Record<string, (one: typeof series[number]) => unknown>> = {
    series: (one) => one,
    metadata: (one) => ({
      series: one,
      stepMs: 15_000,
      autocorrelation: { verdict: "autocorrelated" },
      stationarity: { verdict: "stationary" },
      seasonality: { verdict: "seasonal", periods: [3_600_000] },
    }),
    statistics: (one) => ({ series: one, min: 0.1, max: 3.2, mean: 1.2, standardDeviation: 0.4 }),
  };
  for (const [list, toItem] of Object.entries(answers)) {
    await page.route(new RegExp(`/retrieval/${list}\\?`), (route) => {
      const from = Number(new URL(route.request().url()).searchParams.get("cursor") ?? 0);
      const next = from + PAGE_ROWS;
      return route.fulfill({
        json: { items: series.slice(from, next).map(toItem), nextCursor: next < ROWS ? `${next}` : null },
      });
    });
  }
}
