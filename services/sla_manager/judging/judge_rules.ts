import type { NoDataPolicy, Sla } from "../../shared/domain/sla/sla.ts";
import type { BoundName } from "../../shared/domain/sla/sla_violations.ts";
import { readDuration } from "../../shared/domain/units/duration_text.ts";
import { type Unit, unitOfExpression } from "../../shared/domain/units/unit.ts";
import type { SlaSettings } from "../settings.ts";

/** What judging needs of a definition and of the configuration, durations in ms. */
export interface JudgeRules {
  readonly min: number | null;
  readonly max: number | null;
  readonly warnMin: number | null;
  readonly warnMax: number | null;
  readonly noData: NoDataPolicy;
  readonly stepMs: number;
  readonly toleranceMs: number;
  /** A newest sample of this age or older says nothing about now. */
  readonly staleAfterMs: number;
  /** How long nothing may call for attention before `at_risk` ends. */
  readonly riskForMs: number;
  /** A violation is probable from here on. */
  readonly riskThreshold: number;
  /** And no longer below here, so that a probability that swings around the threshold is one stretch. */
  readonly riskExit: number;
  /** Of the values, for words; the bounds are in the same. */
  readonly unit: Unit;
}

/** What the configuration adds to every SLA. */
export type JudgeSettings = Pick<SlaSettings, "staleAfterMs" | "riskForMs" | "riskThreshold">;

/** At risk ends below this share of the threshold at which it began. */
const RISK_EXIT_SHARE = 0.8;

/** Brings a definition and the settings together. A scrape may be late twice before its series counts as stale. */
export function judgeRules(sla: Sla, settings: JudgeSettings): JudgeRules {
  const stepMs = readDuration(sla.step);
  return {
    min: sla.min,
    max: sla.max,
    warnMin: sla.warnMin,
    warnMax: sla.warnMax,
    noData: sla.noData,
    stepMs,
    toleranceMs: readDuration(sla.tolerance),
    staleAfterMs: Math.max(settings.staleAfterMs, 3 * stepMs),
    riskForMs: settings.riskForMs,
    riskThreshold: settings.riskThreshold,
    riskExit: RISK_EXIT_SHARE * settings.riskThreshold,
    unit: unitOfExpression(sla.expression),
  };
}

/** The bound that a value breaks, `null` when it is within. The bounds themselves are within. */
export function brokenBound(
  value: number,
  rules: Pick<JudgeRules, "min" | "max">,
): BoundName | null {
  if (rules.max !== null && value > rules.max) return "max";
  return rules.min !== null && value < rules.min ? "min" : null;
}
