import { type ServerProcess, startProcess, untilReady } from "./_process.ts";

/** A real server in a temporary folder, which goes with it. */
export interface RestartableServer extends AsyncDisposable {
  /** Starts it again after {@linkcode stop}, same port, same data. */
  start(): Promise<void>;
  /** Ends it; `SIGKILL` is a crash. */
  stop(signal?: Deno.Signal): Promise<void>;
  /** Stops it where it is, so that it accepts and does not answer. */
  freeze(): Promise<void>;
  /** Lets it go on after {@linkcode freeze}. */
  thaw(): void;
}

/** How a server is started, and known to be there. */
export interface ServerParts {
  /** For people, when it does not start. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** What it keeps its data in. */
  readonly folder: string;
  readonly isReady: (process: ServerProcess) => Promise<boolean>;
}

/** Starts a server; resolves when it is ready. */
export async function openRestartable(parts: ServerParts): Promise<RestartableServer> {
  const { name, command, args, folder, isReady } = parts;
  let process: ServerProcess | undefined;
  const server: RestartableServer = {
    async start() {
      const started = startProcess(command, args);
      process = started;
      await untilReady(name, () => isReady(started), { log: started.log });
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
      await Deno.remove(folder, { recursive: true });
    },
  };
  await server.start();
  return server;
}
