import { requireProgram } from "./_install.ts";
import { answers, freePort, run, type ServerProcess } from "./_process.ts";
import { openRestartable, type RestartableServer } from "./_restartable.ts";
import { fetchSidProgram } from "./_sid_program.ts";

/** A real Prometheus in a temporary folder. */
export interface PrometheusServer extends RestartableServer {
  /** For `PROMETHEUS_URL`. */
  readonly url: string;
}

/** What it holds and scrapes. */
export interface PrometheusOptions {
  /** History in OpenMetrics text (timestamps in seconds), whole or in pieces, loaded as blocks before the start. */
  readonly history?: string | Iterable<string>;
  /** `host:port` to scrape, per job name. */
  readonly targets?: Readonly<Record<string, readonly string[]>>;
  /** Scrape interval, as Prometheus writes it. @default "15s" */
  readonly scrapeInterval?: string;
  /** Which major version. @default 2 */
  readonly version?: 2 | 3;
  /** What is set for every job besides, such as `{ convert_classic_histograms_to_nhcb: true }`. */
  readonly job?: object;
  /** Its own `--web.config.file`, such as `{ tls_server_config: …, basic_auth_users: … }`. */
  readonly web?: { readonly tls_server_config?: object; readonly basic_auth_users?: object };
  /** Path it serves under, such as `/prometheus`. @default "" */
  readonly prefix?: string;
  /** Further arguments, such as `--enable-feature=native-histograms`. */
  readonly args?: readonly string[];
}

/** Brings the server's programs. */
export async function preparePrometheus(): Promise<string> {
  return await requireProgram("prometheus", "prometheus");
}

/** Brings a Prometheus 3, wherever Debian packages can be fetched. */
export async function preparePrometheus3(): Promise<string> {
  await preparePrometheus();
  return await fetchSidProgram("usr/bin/prometheus", "prometheus");
}

/** Starts a Prometheus of its own; about 1 s, and the time to load the history. */
export async function openPrometheus(options: PrometheusOptions = {}): Promise<PrometheusServer> {
  const command = options.version === 3 ? await preparePrometheus3() : await preparePrometheus();
  const folder = await Deno.makeTempDir({ prefix: "pronoia-prometheus-" });
  await Deno.writeTextFile(`${folder}/prometheus.yml`, configuration(options));
  if (options.history !== undefined) {
    await writePieces(`${folder}/history.txt`, options.history);
    await run("promtool", [
      "tsdb",
      "create-blocks-from",
      "openmetrics",
      `${folder}/history.txt`,
      `${folder}/data`,
    ]);
  }
  const port = freePort();
  const { web = {}, prefix = "" } = options;
  await Deno.writeTextFile(`${folder}/web.yml`, JSON.stringify(web));
  const url = `${web.tls_server_config === undefined ? "http" : "https"}://127.0.0.1:${port}${prefix}`;
  const server = await openRestartable({
    name: "Prometheus",
    command,
    args: [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/data`,
      // Blocks that overlap or are old stay as they are for the length of a test.
      "--storage.tsdb.retention.time=100y",
      `--web.listen-address=127.0.0.1:${port}`,
      `--web.config.file=${folder}/web.yml`,
      `--web.route-prefix=${prefix || "/"}`,
      "--web.enable-remote-write-receiver",
      ...options.args ?? [],
    ],
    folder,
    isReady: (process) => isReady(url, process),
  });
  return { ...server, url };
}

/** Piece by piece, so that a long history is never in memory as a whole. */
async function writePieces(path: string, text: string | Iterable<string>): Promise<void> {
  using file = await Deno.create(path);
  const encoder = new TextEncoder();
  for (const piece of typeof text === "string" ? [text] : text) {
    const bytes = encoder.encode(piece);
    for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
  }
}

/** One that asks for a certificate or password is taken at its word. */
async function isReady(url: string, { log }: ServerProcess): Promise<boolean> {
  return log().includes("Server is ready to receive web requests") || await answers(`${url}/-/ready`);
}

function configuration(options: PrometheusOptions): string {
  const jobs = Object.entries(options.targets ?? {}).map(([name, targets]) => ({
    job_name: name,
    static_configs: [{ targets }],
    ...options.job,
  }));
  // JSON is YAML.
  return JSON.stringify({
    global: { scrape_interval: options.scrapeInterval ?? "15s" },
    scrape_configs: jobs,
  });
}
