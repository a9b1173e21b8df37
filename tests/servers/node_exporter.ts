import { requireProgram } from "./_install.ts";
import { answers, freePort, startProcess, untilReady } from "./_process.ts";

/** A real node-exporter. */
export interface NodeExporter extends AsyncDisposable {
  /** `host:port` to scrape. */
  readonly target: string;
}

/** Brings the program. */
export async function prepareNodeExporter(): Promise<string> {
  return await requireProgram("prometheus-node-exporter", "prometheus-node-exporter");
}

/** Starts a node-exporter of its own. */
export async function openNodeExporter(): Promise<NodeExporter> {
  const command = await prepareNodeExporter();
  const target = `127.0.0.1:${freePort()}`;
  const process = startProcess(command, [`--web.listen-address=${target}`]);
  await untilReady("node-exporter", () => answers(`http://${target}/metrics`), { log: process.log });
  return { target, [Symbol.asyncDispose]: () => process.end() };
}
