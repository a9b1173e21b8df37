import { requireProgram } from "./_install.ts";
import { answers, freePort } from "./_process.ts";
import { openRestartable, type RestartableServer } from "./_restartable.ts";

/** A real Alertmanager in a temporary folder, its receiver optionally a webhook. */
export interface AlertmanagerServer extends RestartableServer {
  /** For `ALERTMANAGER_URL`. */
  readonly url: string;
}

/** Brings the program. */
export async function prepareAlertmanager(): Promise<string> {
  return await requireProgram("prometheus-alertmanager", "prometheus-alertmanager");
}

/** Starts an Alertmanager of its own. */
export async function openAlertmanager(
  options: { readonly webhookUrl?: string } = {},
): Promise<AlertmanagerServer> {
  const command = await prepareAlertmanager();
  const folder = await Deno.makeTempDir({ prefix: "pronoia-alertmanager-" });
  const receiver = options.webhookUrl === undefined
    ? { name: "all" }
    : { name: "all", webhook_configs: [{ url: options.webhookUrl, send_resolved: true }] };
  // JSON is YAML; alerts go out at once, so that a test need not wait.
  const route = {
    receiver: "all",
    group_by: ["..."],
    group_wait: "0s",
    group_interval: "1s",
    repeat_interval: "24h",
  };
  await Deno.writeTextFile(`${folder}/alertmanager.yml`, JSON.stringify({ route, receivers: [receiver] }));
  const port = freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = await openRestartable({
    name: "Alertmanager",
    command,
    args: [
      `--config.file=${folder}/alertmanager.yml`,
      `--storage.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--cluster.listen-address=",
    ],
    folder,
    isReady: () => answers(`${url}/-/ready`),
  });
  return { ...server, url };
}
