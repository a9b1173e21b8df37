import { startProcess, type TestProcess } from "./process.ts";
import { taskArguments } from "./task_arguments.ts";
import { until } from "./until.ts";

/** The whole of Pronoia in a process of its own, on the demo source and a store of its own. */
export interface RunningStandalone extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string;
  readonly process: TestProcess;
}

/** Starts it on a free port; its first cycle may still be running. */
export async function openStandalone(
  env: Readonly<Record<string, string>> = {},
): Promise<RunningStandalone> {
  const opened = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir({ prefix: "pronoia-standalone-" });
  opened.defer(() => Deno.remove(folder, { recursive: true }));
  const process = opened.use(
    startProcess(taskArguments("start", folder), {
      HOST: "127.0.0.1",
      PORT: "0",
      SQLITE_PATH: `${folder}/pronoia.sqlite`,
      // What a test finds is what it made itself.
      DEMO_SLAS: "false",
      LOG_FORMAT: "json",
      ...env,
    }),
  );
  const [, url] = await process.line(/listening on (http:\/\/[^\s"]+)/);
  return { url, process, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

/** Starts one that has its first cycle stored and begins no other by itself. */
export async function openFilledStandalone(
  env: Readonly<Record<string, string>> = {},
): Promise<RunningStandalone> {
  const standalone = await openStandalone({ ETL_INTERVAL: "4d", ...env });
  await until(() => isCycleStored(standalone.url), "the first cycle");
  return standalone;
}

async function isCycleStored(url: string): Promise<boolean> {
  const { items: [newest] } = await (await fetch(`${url}/etl/cycles`)).json();
  const { lagTotal } = await (await fetch(`${url}/storage/status`)).json();
  return newest?.state === "done" && lagTotal === 0;
}
