import { startProcess, type TestProcess } from "../../support/process.ts";
import { taskArguments } from "../../support/task_arguments.ts";

/** A free port, and its data in that folder. */
export function environmentOf(folder: string): Record<string, string> {
  return { PORT: "0", HOST: "127.0.0.1", LOG_FORMAT: "json", SQLITE_PATH: `${folder}/pronoia.sqlite` };
}

/** Starts the task on the demo source. */
export function startStandalone(folder: string, env: Readonly<Record<string, string>> = {}): TestProcess {
  return startProcess(taskArguments("start", folder), { ...environmentOf(folder), ...env });
}

/** Where it listens, once it does. */
export async function addressOf(process: TestProcess): Promise<string> {
  return (await process.line(/"url":"([^"]+)"/))[1];
}

/** Works in a folder that is gone afterwards. */
export async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "pronoia-standalone-" });
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** 0 where nobody listens. */
export async function statusOf(url: string): Promise<number> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}
