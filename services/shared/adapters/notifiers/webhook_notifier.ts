import { createHmac } from "node:crypto";
import type { AlertNotifier } from "../../ports/alert_notifier.ts";
import { postJson } from "./post_json.ts";

/** Where to post. */
export interface WebhookOptions {
  readonly url: string;
  /** Signs bodies: `X-Pronoia-Signature: sha256=` and the hexadecimal HMAC. */
  readonly secret?: string;
  readonly timeoutMs?: number;
}

/**
 * Posts each alert change as JSON of its own, in order. `id` (also the header `Idempotency-Key`) is the same when one
 * is posted again because the answer to the first was lost.
 */
export function createWebhookNotifier(options: WebhookOptions): AlertNotifier {
  const { url, secret, timeoutMs = 10_000 } = options;
  return {
    channel: "webhook",
    repeatMs: null,
    batchMax: 1,
    async send(messages, signal) {
      for (const { id, alert } of messages) {
        const body = { version: 1, id, status: alert.endsAtMs === null ? "firing" : "resolved", alert };
        const headers: Record<string, string> = { "idempotency-key": encodeURIComponent(id) };
        if (secret !== undefined) {
          const signature = createHmac("sha256", secret).update(JSON.stringify(body)).digest("hex");
          headers["x-pronoia-signature"] = `sha256=${signature}`;
        }
        await postJson(url, body, { timeoutMs, signal, headers });
      }
    },
  };
}
