import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { formatDuration } from "../../shared/domain/units/duration_text.ts";
import type { Sla } from "../../shared/domain/sla/sla.ts";
import { ALERT_LABELS } from "../../shared/domain/sla/sla_labels.ts";
import type { AlertKind, SlaAlert } from "../../shared/domain/sla/sla_event.ts";
import { DIGITS_READ, formatApart } from "../../shared/domain/units/quantity.ts";
import type { SeriesProgress } from "../../shared/domain/sla/sla_progress.ts";
import { unitOfExpression } from "../../shared/domain/units/unit.ts";
import { type BudgetInputs, spentRates } from "../budget/budget_figures.ts";
import type { StateChange } from "../judging/advance.ts";
import type { SlaSettings } from "../settings.ts";
import { BURN_RULES, burning, burns } from "./burn_alerts.ts";

/** When alerts are due, and what they carry. */
export type AlertSettings = Pick<SlaSettings, "riskForMs" | "horizonMs" | "externalUrl">;

/** Alerts that began or ended, in order. */
export interface AlertOutcome {
  /** Those that are active now, by name of what they tell. */
  readonly active: SeriesProgress["alerts"];
  readonly changed: readonly SlaAlert[];
  /** Those of them on burn rates, but for those that merely go on under another name or other labels. */
  readonly burnChanges: readonly SlaAlert[];
}

/**
 * Follows the changes of state of one label set and says which alerts begin and end.
 *
 * `violated` begins with the violation (its tolerance has passed already); `at_risk` after it lasted; both end when
 * the state is better, and stay as they are while it is unknown, for not knowing is no recovery.
 */
export function followAlerts(
  sla: Sla,
  progress: SeriesProgress,
  options: {
    readonly changes: readonly StateChange[];
    /** `null` without a target: no burn-rate alert; `undefined` while they are not known: as before. */
    readonly budget: BudgetInputs | null | undefined;
    readonly settings: AlertSettings;
    /** Whether the accounting starts anew: what burned before is no longer counted. */
    readonly isRedefined: boolean;
  },
): AlertOutcome {
  const { changes, budget, settings, isRedefined } = options;
  const { state, sinceMs, lastValue: value, reason, account } = progress;
  const active = { ...progress.alerts };
  const changed: SlaAlert[] = [];
  /** Those that ended with their name or labels alone, until what they tell of is over. */
  const renamed = new Map<string, SlaAlert>();
  const begin = (name: string, alert: () => SlaAlert): void => {
    if (active[name] !== undefined) return;
    active[name] = alert();
    changed.push(active[name]);
  };
  const end = (name: string, atMs: number): void => {
    renamed.delete(name);
    const alert = active[name];
    if (alert === undefined) return;
    delete active[name];
    changed.push({ ...alert, endsAtMs: Math.max(atMs, alert.startsAtMs) });
  };

  // An alert whose labels are no longer those of the definition can't be continued under its old identity.
  for (const [name, alert] of Object.entries(active)) {
    if (isIdentifiedBy(alert, { sla, progress })) continue;
    end(name, account.toMs);
    renamed.set(name, alert);
  }
  const about = { value, reason, settings };
  for (const change of changes) {
    if (change.to === "unknown") continue;
    if (change.to !== "violated") end("violated", change.atMs);
    if (change.to !== "at_risk") end("at_risk", change.atMs);
    if (change.to === "violated") {
      begin(
        "violated",
        () => createAlert(sla, progress, { ...VIOLATED, ...about, ...change, value: change.value ?? value }),
      );
    }
  }
  if (state === "violated") {
    begin("violated", () => createAlert(sla, progress, { ...VIOLATED, ...about, atMs: sinceMs }));
  }
  if (state === "at_risk" && account.toMs - sinceMs >= settings.riskForMs) {
    begin("at_risk", () => createAlert(sla, progress, { ...AT_RISK, ...about, atMs: sinceMs }));
  }
  const rates = budget && spentRates(budget);
  for (const rule of BURN_RULES) {
    const atMs = account.toMs;
    if (isRedefined) end(rule.name, atMs);
    if (!budget || !rates) {
      if (budget === null) end(rule.name, atMs);
    } else if (state !== "unknown") {
      const { name, severity } = rule;
      const about = () => ({ name, severity, kind: "burn_rate", reason: burning(rule, budget) }) as const;
      if (!burns(rule, rates)) end(name, atMs);
      else if (!renamed.has(name)) {
        begin(name, () => createAlert(sla, progress, { ...about(), value, settings, atMs }));
      }
    }
  }
  const burnChanges = changed.filter(({ kind, labels }) =>
    kind === "burn_rate" && !renamed.has(labels.burn_rate)
  );
  // Of the others nothing is known that would have ended them: they go on, as they would have under their old name.
  for (const [name, alert] of renamed) {
    const { kind, severity, startsAtMs: atMs } = alert;
    const told = { name, kind, severity, atMs, value, reason: alertReason(alert), settings };
    begin(name, () => createAlert(sla, progress, told));
  }
  return { active, changed, burnChanges };
}

/** Ends every active alert, for an SLA or a series that goes. */
export function endAlerts(progress: SeriesProgress, atMs: number): readonly SlaAlert[] {
  return Object.values(progress.alerts).map((alert) => ({
    ...alert,
    endsAtMs: Math.max(atMs, alert.startsAtMs),
  }));
}

/**
 * One change, one message: its id is the same however often it is made. An edit and its undoing within one step begin
 * the same alert at the same time again, which is another change: the revision tells them apart.
 */
export function messageId(alert: SlaAlert, revision: number): string {
  return `${alert.key}:${revision}:${alert.startsAtMs}:${alert.endsAtMs === null ? "firing" : "resolved"}`;
}

/** Why an alert fires: its summary without the name of the SLA, where that stands beside it. */
export function alertReason({ labels, annotations }: SlaAlert): string {
  return annotations.summary.replace(summaryOf(labels.sla, ""), "");
}

function summaryOf(name: string, reason: string): string {
  return `SLA ${name}: ${reason}`;
}

const VIOLATED = { name: "violated", kind: "violated", severity: "page" } as const;
const AT_RISK = { name: "at_risk", kind: "at_risk", severity: "warning" } as const;

/** Whether an alert bears the name and labels that its SLA and series have now, which are part of what it is. */
function isIdentifiedBy(
  { labels }: SlaAlert,
  { sla, progress }: { readonly sla: Sla; readonly progress: Pick<SeriesProgress, "labels"> },
): boolean {
  return labels.sla === sla.name &&
    isDeepStrictEqual(withoutOwn(labels), withoutOwn({ ...progress.labels, ...sla.labels }));
}

function withoutOwn(labels: SlaAlert["labels"]): SlaAlert["labels"] {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !ALERT_LABELS.includes(name)));
}

const ALERT_NAMES: Readonly<Record<AlertKind, string>> = {
  violated: "PronoiaSlaViolated",
  at_risk: "PronoiaSlaAtRisk",
  burn_rate: "PronoiaSlaBurnRate",
};

function createAlert(
  sla: Sla,
  progress: SeriesProgress,
  about: {
    readonly name: string;
    readonly kind: AlertKind;
    readonly severity: SlaAlert["severity"];
    readonly atMs: number;
    readonly value: number | null;
    readonly reason: string;
    readonly settings: AlertSettings;
  },
): SlaAlert {
  const { name, kind, severity, atMs, value, reason, settings } = about;
  const { externalUrl } = settings;
  return {
    // The labels are part of the identity: under other ones it is another alert to whoever hears of it.
    key: createHash("sha256")
      .update(JSON.stringify([sla.id, progress.seriesId, name, sla.name, Object.entries(sla.labels).sort()]))
      .digest("hex").slice(0, 32),
    kind,
    severity,
    slaId: sla.id,
    seriesId: progress.seriesId,
    // The SLA's own words win over the series' labels, and what makes the alert one of ours over both.
    labels: {
      ...progress.labels,
      ...sla.labels,
      alertname: ALERT_NAMES[kind],
      sla: sla.name,
      sla_id: sla.id,
      series_id: progress.seriesId,
      severity,
      ...(kind === "at_risk" ? { horizon: formatDuration(settings.horizonMs) } : {}),
      ...(kind === "burn_rate" ? { burn_rate: name } : {}),
    },
    annotations: {
      summary: summaryOf(sla.name, reason),
      description: sla.description,
      expression: sla.expression,
      // As the reason writes it: told apart from the bounds.
      value: value === null
        ? "none"
        : formatApart([value, sla.min, sla.max], unitOfExpression(sla.expression), {
          digits: DIGITS_READ,
        })[0],
      ...(externalUrl === null ? {} : { status_url: `${externalUrl}/slas/${sla.id}/status` }),
    },
    startsAtMs: atMs,
    endsAtMs: null,
  };
}
