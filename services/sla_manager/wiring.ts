import { createAlertmanagerNotifier } from "../shared/adapters/alertmanager_notifier.ts";
import { openSqlConnection, type StoreConfig } from "../shared/adapters/open_store.ts";
import { openSqlSlaStore } from "../shared/adapters/sql_sla_store.ts";
import { createWebhookNotifier } from "../shared/adapters/webhook_notifier.ts";
import type { AlertNotifier } from "../shared/ports/alert_notifier.ts";
import { readSettings, type SlaVariables } from "./config.ts";
import type { SlaManagerParts } from "./start.ts";

/** The parts that follow from the configuration. */
export type WiredParts = Pick<
  SlaManagerParts,
  "store" | "settings" | "notifiers" | "drafts" | "gaugesMax" | "eventsRetentionMs"
>;

/** Opens what the SLA manager needs of its own: store, notifiers, file. Connects to nothing yet. */
export async function openSlaManagerParts(
  config: SlaVariables,
  store: StoreConfig,
  context: { use<Resource extends AsyncDisposable | Disposable>(resource: Resource): Resource },
): Promise<WiredParts> {
  const { ALERTMANAGER_URL, WEBHOOK_URL, WEBHOOK_SECRET, SLA_FILE } = config;
  const notifiers: AlertNotifier[] = [];
  if (ALERTMANAGER_URL !== undefined) notifiers.push(createAlertmanagerNotifier({ url: ALERTMANAGER_URL }));
  if (WEBHOOK_URL !== undefined) notifiers.push(createWebhookNotifier({ url: WEBHOOK_URL, secret: WEBHOOK_SECRET }));
  return {
    store: context.use(openSqlSlaStore(await openSqlConnection(store))),
    settings: readSettings(config, notifiers.map(({ channel }) => channel)),
    notifiers,
    drafts: SLA_FILE,
    gaugesMax: config.SLA_GAUGES_MAX,
    eventsRetentionMs: config.SLA_EVENTS_RETENTION,
  };
}
