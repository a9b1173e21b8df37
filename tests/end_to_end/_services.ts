import { startProcess, type TestProcess } from "../support/process.ts";
import { taskArguments } from "../support/task_arguments.ts";

/** The four services. */
export const SERVICES = ["etl", "data_storage", "data_retrieval", "sla_manager"] as const;
export type ServiceName = typeof SERVICES[number];

/** A running service. */
export interface RunningService {
  readonly process: TestProcess;
  readonly url: string;
}

/** Starts one as its task of deno.json does, permissions and all, and waits until it listens. */
export async function startService(
  name: ServiceName,
  environment: Readonly<Record<string, string>>,
): Promise<RunningService> {
  const process = startProcess(taskArguments(name), {
    HOST: "127.0.0.1",
    PORT: "0",
    LOG_FORMAT: "json",
    ...environment,
  });
  return { process, url: (await process.line(/"url":"([^"]+)"/))[1] };
}

/** Reads a JSON answer, whatever its status. */
export async function readJson<Body>(url: string, init?: RequestInit): Promise<Body> {
  return await (await fetch(url, init)).json();
}

/** Whether a service says that it and all it depends on are well. */
export async function isReady({ url }: RunningService): Promise<boolean> {
  const response = await fetch(`${url}/readyz`);
  await response.body?.cancel();
  return response.ok;
}
