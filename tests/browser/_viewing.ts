import { deepStrictEqual } from "node:assert/strict";
import axe from "axe-core/axe.min.js" with { type: "text" };
import { type Browser, chromium, type Page } from "playwright-core";
import { requireUrl } from "../servers/server_tests.ts";
import type { TestProcess } from "../support/process.ts";
import { openStandalone } from "../support/standalone.ts";
import { until } from "../support/until.ts";

/** What the slowest machine has not shown after so long never comes. */
const HANGS_MS = 120_000;

/** The whole of Pronoia in a process of its own, and a browser to look at it with. */
export interface Viewing extends AsyncDisposable {
  /** Where the dashboard is. */
  readonly url: string;
  readonly process: TestProcess;
  /** Opens a view; what goes wrong in the page is collected. */
  open(hash: string, options?: ViewOptions): Promise<View>;
}

/** How it is looked at. */
export interface ViewOptions {
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
  /** What the viewer's clock is ahead of the machine's, ms. */
  readonly clockAheadMs?: number;
  /** A phone, touched. @default false */
  readonly touch?: boolean;
}

/** A page and what went wrong in it. */
export interface View {
  readonly page: Page;
  /** Errors of the console and requests to other origins. */
  readonly complaints: readonly string[];
}

/** Starts Pronoia on the demo source and a browser. */
export async function openViewing(env: Readonly<Record<string, string>> = {}): Promise<Viewing> {
  const opened = new AsyncDisposableStack();
  const { url, process } = opened.use(await openStandalone(env));
  const browser = await chromium.launch({
    executablePath: requireUrl("chromium"),
    args: ["--no-sandbox"],
    timeout: HANGS_MS,
  });
  opened.defer(async () => {
    // The page goes on asking: what a test answers in a service's place may be under way.
    const pages = browser.contexts().flatMap((context) => context.pages());
    await Promise.all(pages.map((page) => page.unrouteAll({ behavior: "ignoreErrors" })));
    await browser.close();
  });
  return {
    url,
    process,
    open: (hash, options) => openView(browser, { url, hash, options }),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

async function openView(
  browser: Browser,
  { url, hash, options = {} }: {
    readonly url: string;
    readonly hash: string;
    readonly options?: ViewOptions;
  },
): Promise<View> {
  const { width = 1280, colorScheme = "light", clockAheadMs = 0, touch = false } = options;
  const page = await browser.newPage({
    viewport: { width, height: 900 },
    colorScheme,
    reducedMotion: "reduce",
    hasTouch: touch,
    isMobile: touch,
  });
  page.setDefaultTimeout(HANGS_MS);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  page.on("request", (request) => {
    const foreign = !request.url().startsWith(url) && !request.url().startsWith("data:");
    if (foreign) complaints.push(`left the origin: ${request.url()}`);
  });
  if (clockAheadMs !== 0) {
    await page.addInitScript(
      `const RealDate = Date;
      globalThis.Date = class extends RealDate {
        constructor(...given) { given.length === 0 ? super(RealDate.now() + ${clockAheadMs}) : super(...given); }
        static now() { return RealDate.now() + ${clockAheadMs}; }
      };`,
    );
  }
  await page.goto(`${url}/${hash}`);
  return { page, complaints };
}

/** Asserts that axe finds nothing against WCAG 2.1 AA and its own best practices. */
export async function assertAccessible(page: Page): Promise<void> {
  await page.evaluate(axe);
  const found: string[] = await page.evaluate(`axe.run().then(({ violations }) => violations.flatMap(
    ({ id, nodes }) => nodes.map((node) => id + ": " + node.target.join(" ") + " " + node.failureSummary)
  ))`);
  deepStrictEqual(found, []);
}

/** Whether the page can be scrolled sideways, which at any width it must not. */
export async function isWiderThanView(page: Page): Promise<boolean> {
  return await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
}

/** Waits until a JSON answer of Pronoia satisfies. */
export async function untilAnswer<Body>(url: string, satisfied: (body: Body) => boolean): Promise<Body> {
  let body: Body | undefined;
  await until(async () => {
    const response = await fetch(url);
    body = await response.json() as Body;
    return response.ok && satisfied(body);
  }, `a satisfying answer of ${url}`);
  return body!;
}
