import { strictEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { openViewing, untilAnswer, type Viewing } from "./_viewing.ts";

// The browser keeps pipes of its own open until it is closed at the end of each test.
/** Of every test in a browser. */
export const LOOSE = { sanitizeOps: false, sanitizeResources: false };

/** A list as the services answer. */
export interface List<Item> {
  readonly items: readonly Item[];
}

/** What has an id and a name. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** A viewing whose first cycle is in. */
export async function openFilledViewing(env: Readonly<Record<string, string>> = {}): Promise<Viewing> {
  const viewing = await openViewing(env);
  await untilAnswer<List<unknown>>(
    `${viewing.url}/retrieval/forecasts?limit=1000`,
    ({ items }) => items.length > 15,
  );
  await untilAnswer<List<unknown>>(
    `${viewing.url}/retrieval/metadata?limit=1000&view=summary`,
    ({ items }) => items.length > 15,
  );
  // While one is running, none can be begun.
  await untilAnswer<List<{ readonly state: string }>>(
    `${viewing.url}/etl/cycles?limit=1`,
    ({ items: [newest] }) => newest?.state === "done",
  );
  return viewing;
}

/** Stores an SLA; its id. */
export async function createSla(viewing: Viewing, draft: Readonly<Record<string, unknown>>): Promise<string> {
  const response = await fetch(`${viewing.url}/sla/slas`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(draft),
  });
  strictEqual(response.status, 201);
  return (await response.json() as Named).id;
}

/** The id of the series of that name. */
export async function seriesId(viewing: Viewing, name: string): Promise<string> {
  const { items } = await untilAnswer<List<Named>>(`${viewing.url}/retrieval/series?limit=1000`, () => true);
  return items.find((series) => series.name === name)!.id;
}

/** Waits until the page shows a text. */
export async function waitForText(page: Page, text: string | RegExp): Promise<void> {
  await page.getByText(text).first().waitFor();
}
