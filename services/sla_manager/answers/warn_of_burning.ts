import { type BudgetInputs, spentRates } from "../budget/budget_figures.ts";
import { countedSeries, type SlaEntry } from "../held/sla_entry.ts";
import { BURN_RULES, burning, burns } from "../alerts/burn_alerts.ts";

/**
 * What to warn of where what is accounted so far calls for a burn alert that has not begun: while the past is still
 * read in, and of an SLA that is tried. Of several rules the most severe one is told that has not begun, also beside
 * one that has: receivers hear of each. O(series · hours).
 */
export function warnOfBurning(entry: SlaEntry): readonly string[] {
  const { target, noData } = entry.sla;
  if (target === null) return [];
  const counted = countedSeries(entry);
  // While the state is unknown no alert begins.
  const judged = counted.filter(({ progress: { state } }) => state !== null && state !== "unknown")
    .map(({ progress: { account, alerts }, totals }) => {
      const budget: BudgetInputs = { account, totals, target, noData };
      return { budget, alerts, rates: spentRates(budget) };
    });
  for (const rule of BURN_RULES) {
    const found = judged.filter(({ alerts, rates }) => alerts[rule.name] === undefined && burns(rule, rates));
    if (found.length === 0) continue;
    const [worst] = found.sort((a, b) => b.rates[rule.long]! - a.rates[rule.long]!);
    const of = counted.length === 1 ? "" : ` of ${found.length} of the ${counted.length} series`;
    const which = BURN_RULES.some(({ name }) => worst.alerts[name] !== undefined) ? "Another" : "A";
    return [`${which} burn alert (${rule.severity})${of} begins at once: ${burning(rule, worst.budget)}.`];
  }
  return [];
}
