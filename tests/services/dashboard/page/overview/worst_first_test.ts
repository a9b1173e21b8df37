import { deepStrictEqual } from "node:assert/strict";
import type { SlaBudget, SlaPrediction, SlaStatus } from "../../../../../services/dashboard/page/api/slas.ts";
import { worstFirst } from "../../../../../services/dashboard/page/overview/worst_first.ts";

const status = (slaId: string, state: SlaStatus["state"]) => ({ slaId, state }) as SlaStatus;
const predictions = (said: Record<string, number | null>) =>
  new Map(Object.entries(said).map(([id, probability]) => [id, { probability } as SlaPrediction]));
const budgets = (left: Record<string, number | null>) =>
  new Map(Object.entries(left).map(([id, remaining]) => [id, { remaining } as SlaBudget]));
const ids = (statuses: readonly SlaStatus[]) => statuses.map(({ slaId }) => slaId).join(" ");

Deno.test("worstFirst() goes by state, then by probability, then by what is left of the budget", () => {
  const statuses = [
    status("full", "ok"),
    status("spent", "ok"),
    status("likely", "ok"),
    status("near", "at_risk"),
    status("silent", "unknown"),
    status("broken", "violated"),
  ];
  const ranked = worstFirst(statuses, {
    predictions: predictions({ full: 0, spent: 0.02, likely: 0.4, near: 0.9, silent: null, broken: 1 }),
    budgets: budgets({ full: 1, spent: -2, near: null }),
  });
  deepStrictEqual(ids(ranked), "broken silent near likely spent full");
});

Deno.test("worstFirst() keeps the order of what is alike", () => {
  const statuses = ["a", "b", "c"].map((id) => status(id, "ok"));
  const outlook = { predictions: predictions({ a: 0.01, b: 0.04, c: 0.02 }), budgets: budgets({}) };
  deepStrictEqual(ids(worstFirst(statuses, outlook)), "a b c");
});
