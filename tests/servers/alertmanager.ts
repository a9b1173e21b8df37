import { requireProgram } from "./_install.ts";
import { answers, freePort, type ServerProcess, startProcess, untilReady } from "./_process.ts";

/** A real Alertmanager in a temporary folder, its receiver optionally a webhook. */
export interface AlertmanagerServer extends AsyncDisposable {
  /** For `ALERTMANAGER_URL`. */
  readonly url: string;
  /** Starts it again after {@linkcode stop}, same port, same data. */
  start(): Promise<void>;
  /** Ends it; `SIGKILL` is a crash. */
  stop(signal?: Deno.Signal): Promise<void>;
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
  let process: ServerProcess | undefined;
  const server: AlertmanagerServer = {
    url,
    async start() {
      const started = startProcess(command, [
        `--config.file=${folder}/alertmanager.yml`,
        `--storage.path=${folder}/data`,
        `--web.listen-address=127.0.0.1:${port}`,
        "--cluster.listen-address=",
      ]);
      process = started;
      await untilReady("Alertmanager", () => answers(`${url}/-/ready`), { log: started.log });
    },
    async stop(signal) {
      await process?.end(signal);
      process = undefined;
    },
    async [Symbol.asyncDispose]() {
      await server.stop("SIGKILL");
      await Deno.remove(folder, { recursive: true });
    },
  };
  await server.start();
  return server;
}
