import type { Sla } from "../../shared/domain/sla/sla.ts";
import type { JudgedDefinition, SlaProgress } from "../../shared/domain/sla/sla_progress.ts";

/** The part of a definition on which the state depends. */
export function judgedDefinition(sla: Sla): JudgedDefinition {
  const { kind, expression, min, max, warnMin, warnMax, tolerance, step, noData } = sla;
  return { kind, expression, min, max, warnMin, warnMax, tolerance, step, noData };
}

/** Equal for definitions that give every sample the same verdict. When it changes, accounting starts anew. */
export function judgeKey(sla: Sla): string {
  return JSON.stringify([sla.kind, sla.expression, sla.min, sla.max, sla.tolerance, sla.step]);
}

/** Equal for definitions that find the same state. When it changes, the state is looked at anew. */
export function verdictKey(sla: Sla): string {
  return JSON.stringify(judgedDefinition(sla));
}

/** Whether two definitions judge the same samples: what was learnt from them holds under both. */
export function yieldsSameSamples(
  a: Pick<JudgedDefinition, "expression" | "step">,
  b: Pick<JudgedDefinition, "expression" | "step">,
): boolean {
  return a.expression === b.expression && a.step === b.step;
}

/** By what an SLA was judged last, where that is not its definition as it is now; `null` where it is. */
export function judgedBefore({ judgeKey: key, judged }: SlaProgress, sla: Sla): JudgedDefinition | null {
  if (judged === null && key === judgeKey(sla)) return null;
  const before = judged ?? readKey(key, sla);
  return JSON.stringify(before) === verdictKey(sla) ? null : before;
}

/** What was stored before the whole definition was says as much. */
function readKey(key: string, sla: Sla): JudgedDefinition {
  const [kind, expression, min, max, tolerance, step] = JSON.parse(key);
  return { ...judgedDefinition(sla), kind, expression, min, max, tolerance, step };
}
