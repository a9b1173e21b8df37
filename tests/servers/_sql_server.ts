import { accepts, type ServerProcess, startProcess, untilReady } from "./_process.ts";

/** A real SQL server in a temporary folder; its root has no password. */
export interface SqlServer extends AsyncDisposable {
  /** `mysql://root@127.0.0.1:PORT/`: a test adds a database name of its own. */
  readonly url: string;
  /** Starts it again after {@linkcode stop}, same port, same data. */
  start(): Promise<void>;
  /** Ends it; `SIGKILL` is a crash. */
  stop(signal?: Deno.Signal): Promise<void>;
  /** Stops it where it is, so that it accepts and does not answer. */
  freeze(): Promise<void>;
  /** Lets it go on after {@linkcode freeze}. */
  thaw(): void;
}

/** What differs between the engines: name, port, command line, folder to remove. */
export interface SqlServerParts {
  readonly name: string;
  readonly port: number;
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
}

/** Starts the prepared engine. */
export async function startSqlServer(parts: SqlServerParts): Promise<SqlServer> {
  let process: ServerProcess | undefined;
  const server: SqlServer = {
    url: `mysql://root@127.0.0.1:${parts.port}/`,
    async start() {
      const started = startProcess(parts.command, parts.args);
      process = started;
      await untilReady(parts.name, () => accepts(parts.port), { log: started.log });
    },
    async stop(signal) {
      await process?.end(signal);
      process = undefined;
    },
    async freeze() {
      await process?.freeze();
    },
    thaw() {
      process?.thaw();
    },
    async [Symbol.asyncDispose]() {
      await server.stop("SIGKILL");
      await Deno.remove(parts.folder, { recursive: true });
    },
  };
  await server.start();
  return server;
}
