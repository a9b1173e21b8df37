import { type Browser, chromium, type Page } from "playwright-core";
import { requireUrl } from "../servers/server_tests.ts";
import type { TestProcess } from "../support/process.ts";
import { openStandalone } from "../support/standalone.ts";
import type { Answer } from "./_answers.ts";

/** What the slowest machine has not shown after so long never comes. */
const HANGS_MS = 120_000;

/** The whole of Pronoia in a process of its own, and a browser to look at it with. */
export interface Viewing extends AsyncDisposable {
  /** Where the dashboard is. */
  readonly url: string;
  readonly process: TestProcess;
  /** Opens a page in a view of its own. */
  open(hash: string, options?: ViewOptions): Promise<Page>;
  /** What went wrong in its pages: errors of the console and requests to other origins, but what was expected. */
  readonly complaints: readonly string[];
}

/** How it is looked at. */
export interface ViewOptions {
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
  /** What the viewer's clock is ahead of the machine's, ms. */
  readonly clockAheadMs?: number;
  /** A phone, touched. @default false */
  readonly touch?: boolean;
  /** What is answered in place of the services. */
  readonly answers?: readonly Answer[];
  /** Complaints of the console that belong to what is shown, such as on a request that is refused. */
  readonly expected?: RegExp;
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
  const complaints: string[] = [];
  return {
    url,
    process,
    complaints,
    open: async (hash, options = {}) => {
      const page = await openPage(browser, options);
      collectComplaints(page, { url, complaints, expected: options.expected });
      for (const { path, give } of options.answers ?? []) await page.route(path, give);
      await page.goto(`${url}/${hash}`);
      return page;
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

async function openPage(browser: Browser, options: ViewOptions): Promise<Page> {
  const { width = 1280, colorScheme = "light", clockAheadMs = 0, touch = false } = options;
  const page = await browser.newPage({
    viewport: { width, height: 900 },
    colorScheme,
    reducedMotion: "reduce",
    hasTouch: touch,
    isMobile: touch,
  });
  page.setDefaultTimeout(HANGS_MS);
  if (clockAheadMs !== 0) {
    await page.addInitScript(
      `const RealDate = Date;
      globalThis.Date = class extends RealDate {
        constructor(...given) { given.length === 0 ? super(RealDate.now() + ${clockAheadMs}) : super(...given); }
        static now() { return RealDate.now() + ${clockAheadMs}; }
      };`,
    );
  }
  return page;
}

function collectComplaints(
  page: Page,
  { url, complaints, expected }: {
    readonly url: string;
    readonly complaints: string[];
    readonly expected?: RegExp;
  },
): void {
  const complain = (text: string) => complaints.push(`${page.url()}: ${text}`);
  page.on("console", (message) => {
    if (message.type() !== "error" || expected?.test(message.text())) return;
    complain(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => complain(`uncaught: ${error.message}`));
  page.on("request", (request) => {
    const foreign = !request.url().startsWith(url) && !request.url().startsWith("data:");
    if (foreign) complain(`left the origin: ${request.url()}`);
  });
}
