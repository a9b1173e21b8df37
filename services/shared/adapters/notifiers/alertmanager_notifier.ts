import type { SlaAlert } from "../../domain/sla/sla_event.ts";
import type { AlertNotifier } from "../../ports/alert_notifier.ts";
import { postJson } from "./post_json.ts";

/** Where Alertmanager is. */
export interface AlertmanagerOptions {
  /** Its base, such as `http://alertmanager:9093`. */
  readonly url: string;
  readonly timeoutMs?: number;
}

/**
 * Alertmanager's API v2. It forgets an alert that is not told again within its `resolve_timeout` (5 min), so active
 * ones are repeated every minute; the end of one is told by `endsAt`.
 */
export function createAlertmanagerNotifier(options: AlertmanagerOptions): AlertNotifier {
  const { timeoutMs = 10_000 } = options;
  const url = `${options.url.replace(/\/+$/, "")}/api/v2/alerts`;
  return {
    channel: "alertmanager",
    repeatMs: 60_000,
    batchMax: 100,
    async send(messages, signal) {
      // The newest word on an alert makes those before it moot.
      const newest = new Map(messages.map(({ alert }) => [alert.key, alert]));
      await postJson(url, [...newest.values()].map(toAlertmanager), { timeoutMs, signal });
    },
  };
}

/** An alert as Alertmanager reads it. */
function toAlertmanager(alert: SlaAlert): Record<string, unknown> {
  const { labels, annotations, startsAtMs, endsAtMs } = alert;
  return {
    labels: toLegacyNames(labels),
    annotations: toLegacyNames(annotations),
    startsAt: new Date(startsAtMs).toISOString(),
    ...(endsAtMs === null ? {} : { endsAt: new Date(endsAtMs).toISOString() }),
    ...(annotations.status_url === undefined ? {} : { generatorURL: annotations.status_url }),
  };
}

/**
 * Label names that every version of Alertmanager takes: other characters become underscores, one that then is taken
 * gets one more. A single name beyond its rules would make it refuse the whole request. Empty values are absent ones.
 */
function toLegacyNames(labels: Readonly<Record<string, string>>): Record<string, string> {
  const legacy: Record<string, string> = {};
  const names = Object.keys(labels).sort((a, b) =>
    Number(isLegacy(b)) - Number(isLegacy(a)) || (a < b ? -1 : 1)
  );
  for (const name of names) {
    if (labels[name] === "") continue;
    let taken = name.replace(/[^a-zA-Z0-9_]/g, "_").replace(/^(?=[0-9])/, "_");
    while (Object.hasOwn(legacy, taken)) taken += "_";
    Object.defineProperty(legacy, taken, {
      value: labels[name],
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return legacy;
}

function isLegacy(name: string): boolean {
  return /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name);
}
