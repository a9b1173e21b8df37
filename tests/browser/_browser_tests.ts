import { deepStrictEqual } from "node:assert/strict";
import { serverTest } from "../servers/server_tests.ts";
import { untilAnalysed } from "./_services.ts";
import { openViewing, type Viewing } from "./_viewing.ts";

/** What is different for one test. */
export interface BrowserTestOptions {
  /** Settings of Pronoia, beyond those that `openStandalone()` gives it. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether it begins once every series is analysed. @default true */
  readonly analysed?: boolean;
}

/**
 * Registers a test that looks at Pronoia on its demo data with a browser. Whatever it looks at, nothing may go wrong
 * in the page but what its view expects.
 */
export function browserTest(
  name: string,
  run: (viewing: Viewing) => Promise<void>,
  { env = {}, analysed = true }: BrowserTestOptions = {},
): void {
  serverTest({ uses: ["chromium"] }, name, async () => {
    await using viewing = await openViewing(env);
    if (analysed) await untilAnalysed(viewing.url);
    await run(viewing);
    deepStrictEqual(viewing.complaints, []);
  }, {
    // The browser keeps pipes of its own open until it is closed at the end of each test.
    sanitizeOps: false,
    sanitizeResources: false,
  });
}
