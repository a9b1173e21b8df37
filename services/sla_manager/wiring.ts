import type { BreachProbabilityResult, ForecasterJson } from "@pronoia/analytics";
import { createAlertmanagerNotifier } from "../shared/adapters/notifiers/alertmanager_notifier.ts";
import { createWebhookNotifier } from "../shared/adapters/notifiers/webhook_notifier.ts";
import { openSqlConnection, type StoreConfig } from "../shared/adapters/open_store.ts";
import { openSqlSlaStore } from "../shared/adapters/slas/sql_sla_store.ts";
import type { AlertNotifier } from "../shared/ports/alert_notifier.ts";
import { openMathsPool } from "../shared/runtime/maths/maths_pool.ts";
import { readSettings, type SlaVariables } from "./config.ts";
import type { Maths, MathsJob, MathsOutcome } from "./prediction/maths.ts";
import type { SlaManagerParts } from "./start.ts";

/** The parts that follow from the configuration. */
export type WiredParts = Pick<
  SlaManagerParts,
  "store" | "settings" | "notifiers" | "maths" | "drafts" | "gaugesMax" | "eventsRetentionMs"
>;

/**
 * Does the heavy part in workers of its own, so that requests are answered meanwhile.
 *
 * Each job knows all it needs, so any worker will do; they start with the first job.
 */
export function openPooledMaths(): Maths & AsyncDisposable {
  const pool = openMathsPool<MathsJob, MathsOutcome>({
    openWorker: () => new Worker(import.meta.resolve("./worker.ts"), { type: "module" }),
    queueMax: 10_000,
  });
  let turn = 0;
  return {
    choose: async (values, options) =>
      await pool.run(`${turn++}`, { kind: "choose", values, options }) as ForecasterJson,
    breach: async (forecaster, options) =>
      await pool.run(`${turn++}`, { kind: "breach", forecaster, options }) as BreachProbabilityResult,
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}

/** Opens what the SLA manager needs of its own: store, notifiers, file. Connects to nothing yet. */
export async function openSlaManagerParts(
  config: SlaVariables,
  store: StoreConfig,
  context: { use<Resource extends AsyncDisposable | Disposable>(resource: Resource): Resource },
): Promise<WiredParts> {
  const { ALERTMANAGER_URL, WEBHOOK_URL, WEBHOOK_SECRET, SLA_FILE } = config;
  const notifiers: AlertNotifier[] = [];
  if (ALERTMANAGER_URL !== undefined) notifiers.push(createAlertmanagerNotifier({ url: ALERTMANAGER_URL }));
  if (WEBHOOK_URL !== undefined) {
    notifiers.push(createWebhookNotifier({ url: WEBHOOK_URL, secret: WEBHOOK_SECRET }));
  }
  return {
    store: context.use(openSqlSlaStore(await openSqlConnection(store))),
    settings: readSettings(config, notifiers.map(({ channel }) => channel)),
    notifiers,
    maths: context.use(openPooledMaths()),
    drafts: SLA_FILE,
    gaugesMax: config.SLA_GAUGES_MAX,
    eventsRetentionMs: config.SLA_EVENTS_RETENTION,
  };
}
