import { strictEqual } from "node:assert/strict";
import type { Schemas } from "../../client/mod.ts";
import { until } from "../support/until.ts";

/** A list as the services answer. */
export interface List<Item> {
  readonly items: readonly Item[];
}

/** Waits until a JSON answer of Pronoia satisfies. */
export async function untilAnswer<Body>(
  url: string,
  satisfied: (body: Body) => boolean = () => true,
): Promise<Body> {
  let body: Body | undefined;
  await until(async () => {
    const response = await fetch(url);
    body = await response.json() as Body;
    return response.ok && satisfied(body);
  }, `a satisfying answer of ${url}`);
  return body!;
}

/** Waits until the first cycle is done and what it found is stored. */
export async function untilAnalysed(url: string): Promise<void> {
  for (const found of ["forecasts?", "metadata?view=summary&"]) {
    await untilAnswer<List<unknown>>(
      `${url}/retrieval/${found}limit=1000`,
      ({ items }) => items.length > 15,
    );
  }
  // While one is running, none can be begun.
  await untilAnswer<List<Schemas["Cycle"]>>(
    `${url}/etl/cycles?limit=1`,
    ({ items: [newest] }) => newest?.state === "done",
  );
}

/** Stores an SLA; its id. */
export async function createSla(url: string, draft: Schemas["SlaDraft"]): Promise<string> {
  const response = await fetch(`${url}/sla/slas`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(draft),
  });
  strictEqual(response.status, 201);
  return (await response.json() as Schemas["Sla"]).id;
}

/** Waits until the past of an SLA is counted, as far back as its budget reaches; its budget. */
export function untilBudgetIsCounted(url: string, id: string): Promise<Schemas["SlaBudget"]> {
  return untilAnswer<Schemas["SlaBudget"]>(
    `${url}/sla/slas/${id}/budget`,
    ({ backfill, remaining }) => backfill === "done" && remaining !== null,
  );
}

/** The id of the series of that name. */
export async function seriesId(url: string, name: string): Promise<string> {
  const { items } = await untilAnswer<List<Schemas["Series"]>>(`${url}/retrieval/series?limit=1000`);
  return items.find((series) => series.name === name)!.id;
}
