import { accepts } from "./_process.ts";
import { openRestartable, type RestartableServer, type ServerParts } from "./_restartable.ts";

/** A real SQL server in a temporary folder; its root has no password. */
export interface SqlServer extends RestartableServer {
  /** `mysql://root@127.0.0.1:PORT/`: a test adds a database name of its own. */
  readonly url: string;
}

/** What differs between the engines: name, port, command line, folder to remove. */
export interface SqlServerParts extends Omit<ServerParts, "isReady"> {
  readonly port: number;
}

/** Starts the prepared engine. */
export async function startSqlServer({ port, ...parts }: SqlServerParts): Promise<SqlServer> {
  const server = await openRestartable({ ...parts, isReady: () => accepts(port) });
  return { ...server, url: `mysql://root@127.0.0.1:${port}/` };
}
