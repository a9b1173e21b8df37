import { strictEqual } from "node:assert/strict";
import type { KnownIds } from "./_requests.ts";

/** Stores an SLA, and reads what else has an id; by the path under which a service is. */
export async function makeKnownIds(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<KnownIds> {
  const created = await fetch(`${url}/sla/slas`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ name: "load", expression: "node_load1", max: 4 }),
  });
  strictEqual(created.status, 201);
  const { id } = await created.json();
  return {
    "/retrieval": await idsAt(`${url}/retrieval/series?limit=5`),
    "/etl": await idsAt(`${url}/etl/cycles?limit=2`),
    "/sla": [id],
  };
}

async function idsAt(url: string): Promise<string[]> {
  const { items } = await (await fetch(url)).json() as { items: { id: string }[] };
  return items.map(({ id }) => id);
}
