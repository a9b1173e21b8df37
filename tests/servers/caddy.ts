import { requireProgram } from "./_install.ts";
import { accepts, freePort, startProcess, untilReady } from "./_process.ts";

/** A real Caddy with a configuration of ours. */
export interface CaddyServer extends AsyncDisposable {
  readonly url: string;
}

/** What it is started with. */
export interface CaddyOptions {
  /** Its configuration; `:8080` becomes a free port. */
  readonly caddyfile: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Brings the program. */
export async function prepareCaddy(): Promise<string> {
  return await requireProgram("caddy", "caddy");
}

/** Starts a Caddy of its own. */
export async function openCaddy({ caddyfile, env = {} }: CaddyOptions): Promise<CaddyServer> {
  const command = await prepareCaddy();
  const opened = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir({ prefix: "pronoia-caddy-" });
  opened.defer(() => Deno.remove(folder, { recursive: true }));
  const port = freePort();
  const config = `${folder}/Caddyfile`;
  await Deno.writeTextFile(config, caddyfile.replace(/^:8080 \{/m, `http://127.0.0.1:${port} {`));
  const variables = Object.entries({ ...env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder })
    .map(([name, value]) => `${name}=${value}`);
  const process = opened.use(
    startProcess("/usr/bin/env", [...variables, command, "run", "--adapter=caddyfile", `--config=${config}`]),
  );
  await untilReady("Caddy", () => accepts(port), { log: process.log });
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}
